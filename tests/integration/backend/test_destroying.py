"""Destroying a case over HTTP, and with the power going behind every write of it."""

import asyncio
import multiprocessing
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import pytest

from backend import commands, reconciling
from backend.bootstrap import SystemChance
from backend.contract import (
    Decided,
    DestroyCase,
    Fault,
    HoldCase,
    Mailboxes,
    PreservedCases,
    Stage,
    TransferCase,
)
from backend.ports import CaseStore
from backend.storage.embedded import SqliteCaseStore
from backend.storage.erasure_places import SqliteErasureStore
from tests.support.backend_server import ORGANS, Client, Server, served, settings
from tests.support.crashing import Fuse, Fused
from tests.support.ended_cases import CANARY, MAILBOX, ORGAN, OVER_ON, full_case, organ_of
from tests.support.reports import TODAY, SetClock, circumstances
from tests.support.stores import erasure_beside, fresh_file, open_store

AT = circumstances(today=OVER_ON)


@pytest.fixture
async def ended(tmp_path: Path) -> str:
    """The number of a case whose preservation is over, in a store that is not served yet."""
    (tmp_path / "var").mkdir()
    store = await open_store(fresh_file(tmp_path / "var"))
    number = await full_case(store)
    await store.close()
    return number


@pytest.fixture
async def later(tmp_path: Path, ended: str) -> AsyncIterator[Server]:
    """That store, served years later."""
    assert ended
    clock = SetClock()
    clock.move(days=(OVER_ON - TODAY).days)
    async with served(settings(tmp_path), clock) as running:
        published = await running.client("ministry publisher").ask("PUT", "/roster", organ_of("sato", serial=7))
        assert published.status == 204
        yield running


async def lists(member: Client) -> list[str]:
    """The numbers of the cases that somebody must decide about."""
    answer = await member.ask("GET", "/preserved")
    assert answer.status == 200, answer
    return [line.case_number for line in answer.record(PreservedCases).cases]


async def test_an_overseer_destroys_a_case(later: Server, ended: str, tmp_path: Path) -> None:
    """Listed, held, released and destroyed; the bot is told which mailbox to forget; no byte of it is left."""
    tanaka, bot = later.client("token of tanaka"), later.client("ministry intake")
    assert await lists(tanaka) == [ended]
    assert (await tanaka.ask("POST", f"/cases/{ended}/hold", HoldCase(reason="litigation"))).status == 204
    refused = await tanaka.ask("POST", f"/cases/{ended}/destroy", DestroyCase(confirmed=ended))
    assert (refused.status, refused.fault) == (409, Fault.ON_HOLD)
    assert (await tanaka.ask("POST", f"/cases/{ended}/hold/release")).status == 204
    assert CANARY in all_bytes(tmp_path / "var")
    done = await tanaka.ask("POST", f"/cases/{ended}/destroy", DestroyCase(confirmed=ended))
    decided = done.record(Decided)
    assert (done.status, decided.case_number) == (200, ended)
    assert all_bytes(tmp_path / "var").count(CANARY) == all_bytes(tmp_path / "var").count(MAILBOX.encode())
    told = (await bot.ask("GET", "/mailboxes/destroyed")).record(Mailboxes)
    assert (await bot.ask("POST", "/mailboxes/forgotten", told)).status == 204
    assert CANARY not in all_bytes(tmp_path / "var")
    again = await tanaka.ask("POST", f"/cases/{ended}/destroy", DestroyCase(confirmed=ended))
    assert again.record(Decided) == decided


async def test_a_case_is_transferred_and_kept(later: Server, ended: str) -> None:
    """No receipt, since nothing was destroyed; it is no longer on the list."""
    tanaka = later.client("token of tanaka")
    sent = TransferCase(confirmed=ended, archive="national-archives", keep=True)
    assert (await tanaka.ask("POST", f"/cases/{ended}/transfer", sent)).record(Decided) == Decided(case_number=ended)
    assert await lists(tanaka) == []


async def test_nobody_else_destroys_anything(later: Server, ended: str) -> None:
    """Staff, deputy and strangers hear that there is no such case; bot and publisher have no business there."""
    for token, status in (("sato", 404), ("ito", 404)):
        member = later.client(f"token of {token}")
        assert await lists(member) == []
        assert (await member.ask("POST", f"/cases/{ended}/destroy", DestroyCase(confirmed=ended))).status == status
    for organ in ORGANS:
        for role in ("publisher", "intake"):
            other = later.client(f"{organ} {role}")
            assert (await other.ask("POST", f"/cases/{ended}/destroy", DestroyCase(confirmed=ended))).status == 403
    tanaka = later.client("token of tanaka")
    mistyped = await tanaka.ask("POST", f"/cases/{ended}/destroy", DestroyCase(confirmed="2026-000000"))
    assert (mistyped.status, mistyped.fault) == (400, Fault.UNREADABLE)
    assert (await tanaka.ask("GET", "/mailboxes/destroyed")).status == 403


class FusedErasureStore(SqliteErasureStore):
    """A store of keys with a point behind each destruction."""

    fuse: Fuse

    def destroy(self, *given: Any) -> Any:  # noqa: ANN401 - passed on as they are
        receipt = super().destroy(*given)
        self.fuse.point()
        return receipt


async def _destroy(folder: Path, number: str, crash_at: int) -> None:
    """Destroy a case as the route does, and die at a point."""
    address = fresh_file(folder)
    keys = await FusedErasureStore.open(erasure_beside(address), SystemChance())
    fuse = Fuse(crash_at)
    keys.fuse = fuse  # type: ignore[attr-defined]
    inner = await SqliteCaseStore.open(address, keys)
    store = cast("CaseStore", Fused(inner, fuse, frozenset({"write", "scrub"})))
    sent = DestroyCase(confirmed=number)
    await store.write(ORGAN, lambda work: commands.destroy_case(work, AT, "tanaka", number, sent), is_bulky=True)
    await store.scrub()
    await inner.close()


def destroy_until(folder: Path, number: str, crash_at: int) -> None:
    """What the process does that dies."""
    asyncio.run(_destroy(folder, number, crash_at))


def all_bytes(folder: Path) -> bytes:
    """Everything in the files of a folder."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def whole(folder: Path, number: str) -> tuple[bool, Stage]:
    """Start a store anew, let it put right what is wrong, and say whether somebody can open the case, and its stage."""
    store = await open_store(fresh_file(folder))
    await reconciling.replay(store, ORGANS, AT)
    assert await reconciling.count_keyless(store, ORGANS, AT) == 0
    await store.scrub()
    grants = await store.read(ORGAN, lambda work: work.grants.grants_of(number, "sato"))
    case = await store.read(ORGAN, lambda work: work.retention.case(number))
    receipt = await store.read(ORGAN, lambda work: work.retention.receipt(number))
    assert case is not None
    assert receipt is not None
    assert case.log_head == receipt.entry_hash
    await store.write(ORGAN, lambda work: work.retention.forgotten(work.retention.mailboxes()))
    await store.scrub()
    await store.close()
    return bool(grants), case.stage


async def test_the_power_goes_behind_each_write_and_the_case_is_destroyed_to_the_end(tmp_path: Path) -> None:
    """Behind the key, behind the rows, behind the scrubbing: at the next start nothing of it is left in any file."""
    store = await open_store(fresh_file(tmp_path))
    numbers = [await full_case(store)]
    await store.close()
    process = multiprocessing.get_context("forkserver")
    process.set_forkserver_preload(["tests.integration.backend.test_destroying"])
    died = []
    for crash_at in range(1, 5):
        folder = tmp_path / str(crash_at)
        folder.mkdir()
        for file in ("cases.db", "erasure.db"):
            (folder / file).write_bytes((tmp_path / file).read_bytes())
        running = process.Process(target=destroy_until, args=(folder, numbers[0], crash_at))
        running.start()
        await asyncio.to_thread(running.join)
        died.append(running.exitcode != 0)
        assert await whole(folder, numbers[0]) == (False, Stage.DESTROYED)
        assert CANARY not in all_bytes(folder)
    assert died == [True, True, True, False]
