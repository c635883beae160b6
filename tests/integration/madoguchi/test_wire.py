"""What answers at the case store's address is not always the case store."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import stamina
from aiohttp import web

from backend.contract import RosterDocument
from madoguchi.serving import on_socket, served, silent_runner
from madoguchi.staff.client import open_desk
from madoguchi.wire import open_wire
from madoguchi.words import NotDoneError


async def _elsewhere(_: web.Request) -> web.Response:
    raise web.HTTPFound("http://elsewhere.invalid/")


async def _page(_: web.Request) -> web.Response:
    return web.Response(text="<html>")


async def _busy(_: web.Request) -> web.Response:
    return web.json_response({"fault": "busy"}, status=503)


@pytest.fixture
async def address(tmp_path: Path) -> AsyncIterator[str]:
    """A server that is none of ours."""
    app = web.Application()
    app.router.add_get("/api/v1/roster", _elsewhere)
    app.router.add_get("/api/v1/cases", _page)
    app.router.add_post("/api/v1/cases/2026-7K3QF9/open", _busy)
    async with served(silent_runner(app)) as runner:
        await on_socket(runner, tmp_path / "strange.sock")
        yield f"unix:{tmp_path / 'strange.sock'}"


async def test_a_credential_follows_no_redirect(address: str) -> None:
    """It would go to whoever the address names."""
    async with open_desk(address, "secret") as desk:
        with pytest.raises(NotDoneError) as refused:
            await desk.roster()
    assert refused.value.key == "store.foreign"


async def test_a_page_is_no_answer(address: str) -> None:
    """One sentence, whatever it holds."""
    async with open_desk(address, "secret") as desk:
        with pytest.raises(NotDoneError) as refused:
            await desk.inbox()
    assert refused.value.key == "store.foreign"


async def test_a_busy_store_is_said_to_be_busy(address: str) -> None:
    """So that nobody takes it for a refusal."""
    async with open_desk(address, "secret") as desk:
        with stamina.set_testing(True, attempts=1), pytest.raises(NotDoneError) as refused:
            await desk.open("2026-7k3qf9")
    assert refused.value.key == "store.busy"


async def test_a_store_that_comes_back_is_not_given_up(tmp_path: Path) -> None:
    """It said that nothing was changed, so it is asked again, and the person hears the answer alone."""
    waits = iter((True, True, False))

    async def soon(request: web.Request) -> web.Response:
        if next(waits):
            return await _busy(request)
        return web.json_response({"serial": 1, "document": ""})

    app = web.Application()
    app.router.add_get("/api/v1/roster", soon)
    async with served(silent_runner(app)) as runner:
        await on_socket(runner, tmp_path / "store.sock")
        async with open_wire(f"unix:{tmp_path / 'store.sock'}", "secret") as wire:
            assert (await wire.ask(RosterDocument, "GET", "/roster")).serial == 1
