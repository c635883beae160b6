"""What an operator sees: readiness, figures, the description of the API; and what no log says."""

import asyncio
import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import msgspec
import pytest
from aiohttp import web
from openapi_spec_validator import OpenAPIV31SpecValidator

from backend.bootstrap import build, open_backend
from backend.config import SettingsFaultyError
from backend.contract import Fault, Lease, Receipt
from backend.domain.pushes import TRIES
from backend.ports import StoreUnavailableError
from backend.web.app import ROUTES
from tests.support.backend_server import Client, Server, served, settings
from tests.support.reports import SetClock, from_reporter, from_staff, publication, submission, told
from tests.support.secrecy import declare


@pytest.fixture
def anyone(server: Server) -> Client:
    """Someone without a credential."""
    return server.client(None)


async def test_a_store_that_can_take_a_report_is_ready(anyone: Client) -> None:
    """200, and no part is named."""
    answer = await anyone.ask_at("GET", "/healthz")
    assert (answer.status, answer.record(dict)) == (200, {"ready": True, "parts": {}})


def hide_tables(file: Path) -> None:
    """Let a database be one of another version."""
    with sqlite3.connect(file) as other:
        other.execute("ALTER TABLE cases RENAME TO cases_hidden")
        other.execute("UPDATE alembic_version SET version_num = 'other'")
    other.close()


async def test_a_store_whose_tables_are_gone_says_which_part_is_ill(
    anyone: Client, bot: Client, tmp_path: Path
) -> None:
    """503 that names the database, and reports are asked to come again instead of being lost."""
    # In a thread: the store, which has things to do at its start, must be able to finish a transaction meanwhile.
    await asyncio.to_thread(hide_tables, tmp_path / "var" / "cases.db")
    ill = await anyone.ask_at("GET", "/healthz")
    assert (ill.status, ill.record(dict)["parts"]) == (503, {"database": "not migrated"})
    busy = await bot.ask("POST", "/submissions", submission())
    assert (busy.status, busy.fault) == (503, Fault.BUSY)
    assert int(busy.headers["Retry-After"]) > 0


async def test_figures_count_reporters_acts_by_whole_days(server: Server, anyone: Client, bot: Client) -> None:
    """Nothing moves while the day lasts; the next day shows how many there were, and a repeat is no second report."""
    for _ in range(2):
        await bot.ask("POST", "/submissions", submission())
    await bot.ask("POST", "/inbox/letters", from_reporter())
    before = (await anyone.ask_at("GET", "/metrics")).body.decode()
    assert "madoguchi_reporter_acts_total{" not in before
    server.clock.move(days=1)
    after = (await anyone.ask_at("GET", "/metrics")).body.decode()
    assert 'madoguchi_reporter_acts_total{act="reports"} 1.0' in after
    assert 'madoguchi_reporter_acts_total{act="letters"} 1.0' in after


async def test_the_published_description_is_valid_and_complete(anyone: Client) -> None:
    """OpenAPI 3.1, with every route of the table and every status that routes answer with."""
    document = json.loads((await anyone.ask_at("GET", "/api/v1/openapi.json")).body)
    OpenAPIV31SpecValidator(document).validate()
    described = {(method.upper(), path) for path, item in document["paths"].items() for method in item}
    assert {(route.method, f"/api/v1{route.path}") for route in ROUTES} <= described
    assert {("GET", "/healthz"), ("GET", "/metrics"), ("GET", "/api/v1/openapi.json")} <= described
    assert "201" in document["paths"]["/api/v1/submissions"]["post"]["responses"]


async def test_every_route_of_the_application_is_described(anyone: Client, tmp_path: Path) -> None:
    """Nothing is served that the description leaves out."""
    document = json.loads((await anyone.ask_at("GET", "/api/v1/openapi.json")).body)
    (tmp_path / "second").mkdir()
    async with open_backend(settings(tmp_path / "second")) as backend:
        served = {
            (route.method, route.resource.canonical)
            for route in backend.app.router.routes()
            if route.resource is not None and route.method != "HEAD"
        }
    described = {(method.upper(), path) for path, item in document["paths"].items() for method in item}
    assert served == described


async def test_it_is_served_on_a_unix_socket_too(tmp_path: Path) -> None:
    """A bot on the same machine needs no port."""
    socket = tmp_path / "backend.sock"
    async with open_backend(settings(tmp_path)) as backend:
        runner = backend.runner()
        await runner.setup()
        await web.UnixSite(runner, str(socket)).start()
        async with (
            aiohttp.ClientSession(connector=aiohttp.UnixConnector(str(socket))) as http,
            http.get("http://backend/healthz") as answer,
        ):
            assert answer.status == 200
        await runner.cleanup()


async def test_faulty_credentials_stop_the_start(tmp_path: Path) -> None:
    """A store that would let nobody in, or anybody, does not start."""
    chosen = settings(tmp_path)
    chosen.credentials_file.write_text("{}")
    with pytest.raises(SettingsFaultyError):
        await build(chosen)


async def test_a_database_that_is_away_stops_the_start(tmp_path: Path) -> None:
    """Whoever starts the store learns at once that there is nothing to keep cases in."""
    nowhere = f"postgresql+asyncpg://nobody@/nothing?host={tmp_path}"
    with pytest.raises(StoreUnavailableError):
        await build(settings(tmp_path, nowhere))


class BrokenClock(SetClock):
    """A clock that breaks while the store is running."""

    def now(self) -> datetime:
        """Fail the way a mistake in the program would, with a message that quotes somebody."""
        if self.moment.year < 2000:
            raise LookupError("canary said by somebody")
        return self.moment


async def test_a_mistake_of_ours_is_logged_by_kind_and_place_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The client is asked to come again; the log names class and line, and neither message nor request."""
    clock = BrokenClock()
    async with served(settings(tmp_path), clock) as server:
        clock.moment = datetime(1999, 1, 1, tzinfo=UTC)
        answer = await server.client("ministry intake").ask("POST", "/submissions", submission("canary-report"))
    assert (answer.status, answer.fault) == (500, Fault.BUSY)
    said = capsys.readouterr().err
    (record,) = [one for line in said.splitlines() if (one := json.loads(line))["event"] == "request_failed"]
    assert record["kind"] == "LookupError"
    assert "canary" not in said


async def test_pushes_that_were_parked_are_an_alarm_with_a_number_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After the last try the operator learns that one push rests, and not whose."""
    async with served(settings(tmp_path)) as server:
        bot, sato = server.client("ministry intake"), server.client("token of sato")
        await server.client("ministry publisher").ask("PUT", "/roster", publication())
        number = (await bot.ask("POST", "/submissions", submission())).record(Receipt).case_number
        await bot.ask("POST", "/inbox/told", told("canary-mailbox"))
        await declare(sato, number)
        await sato.ask("POST", f"/cases/{number}/letters", from_staff())
        for _ in range(TRIES + 1):
            await bot.ask("POST", "/outbox/lease", Lease())
            server.clock.move(hours=3)
        figures = (await bot.ask_at("GET", "/metrics")).body.decode()
        assert "madoguchi_pushes_parked 1.0" in figures
    said = capsys.readouterr().err
    (record,) = [one for line in said.splitlines() if (one := json.loads(line))["event"] == "pushes_parked"]
    assert (record["count"], record["level"]) == (1, "error")
    assert "canary" not in said


async def test_what_was_forgotten_is_in_no_file_of_the_store(bot: Client, number: str, tmp_path: Path) -> None:
    """Once the bot is told that it is done, no byte of the mailbox is left, in the side files neither."""
    assert number
    for sent in (told("canary-mailbox"), told(None, card_version=2)):
        assert (await bot.ask("POST", "/inbox/told", sent)).status == 204
    assert b"canary-mailbox" not in everything_below(tmp_path / "var")


def everything_below(folder: Path) -> bytes:
    """All bytes of all files."""
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def test_a_store_with_the_systems_own_dice_draws_numbers(tmp_path: Path) -> None:
    """Without clock and dice of a test, those of the machine are used."""
    numbers = set()
    async with open_backend(settings(tmp_path)) as backend:
        runner = backend.runner()
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        async with aiohttp.ClientSession(f"http://127.0.0.1:{runner.addresses[0][1]}") as http:
            for name in ("first", "second"):
                body = msgspec.json.encode(submission(name))
                headers = {"Authorization": "Bearer ministry intake"}
                async with http.post("/api/v1/submissions", data=body, headers=headers) as answer:
                    numbers.add(msgspec.json.decode(await answer.read(), type=Receipt).case_number)
        await runner.cleanup()
    assert len(numbers) == 2


async def test_a_start_destroys_files_that_no_letter_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a crash left behind a week ago goes with the next start, and the log says how many files it was."""
    chosen = settings(tmp_path)
    async with served(chosen) as server:
        await server.client("ministry intake").ask("PUT", "/files/orphan", b"canary of an orphan")
    later = SetClock()
    later.move(days=8)
    async with served(chosen, later) as server:
        await server.client(None).ask_at("GET", "/healthz")
        await asyncio.sleep(0.2)
    records = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [one["count"] for one in records if one["event"] == "orphan_files_destroyed"] == [1]
    assert b"canary of an orphan" not in everything_below(tmp_path / "var")
