"""The clockwork: batches come before staff on the full hour, from inside a case store or from a process apart."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from backend.bootstrap import open_scheduler
from backend.config import BackendSettings, Place
from backend.contract import Receipt, StaffInbox
from backend.domain.batches import StaffBatch
from backend.logs import make_log
from backend.ports import StoreUnavailableError
from backend.scheduler import Schedule, keep_rounds
from tests.support.backend_server import Client, Server, served, settings
from tests.support.postgres import cluster, missing
from tests.support.reports import SetClock, circumstances, from_reporter, publication, submission
from tests.support.stores import fresh_database


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clockwork look often, and try again soon."""
    monkeypatch.setattr("backend.scheduler.clockwork._LOOK", 0.01)
    monkeypatch.setattr("backend.scheduler.clockwork._AGAIN", 0.01)


def by_the_hour(folder: Path, database_url: str | None = None, place: Place = Place.INSIDE) -> BackendSettings:
    """Settings as an organ would have them."""
    folder.mkdir(exist_ok=True)
    return settings(folder, database_url).model_copy(update={"staff_batch": StaffBatch.HOUR, "scheduler": place})


async def eventually(holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something holds."""
    until = asyncio.get_running_loop().time() + 10
    while not await holds():
        assert asyncio.get_running_loop().time() < until, "it did not come true in time"
        await asyncio.sleep(0.01)


class Desk:
    """A bot that hands over and a staff member who looks."""

    def __init__(self, server: Server) -> None:
        self.bot: Client = server.client("ministry intake")
        self.sato: Client = server.client("token of sato")

    async def reports(self) -> list[str]:
        """What a staff member has before them."""
        return [line.submission_id for line in (await self.sato.ask("GET", "/cases")).record(StaffInbox).cases]

    async def sees(self, *names: str) -> None:
        """Wait until the staff member has these reports before them."""

        async def so() -> bool:
            return await self.reports() == list(names)

        await eventually(so)


@asynccontextmanager
async def desk(chosen: BackendSettings, clock: SetClock) -> AsyncIterator[Desk]:
    """A case store with a roster."""
    async with served(chosen, clock) as server:
        await server.client("ministry publisher").ask("PUT", "/roster", publication())
        yield Desk(server)


@pytest.fixture
def clock() -> SetClock:
    """Half past the hour."""
    clock = SetClock()
    clock.move(minutes=30)
    return clock


async def test_a_report_comes_before_staff_when_the_clock_strikes(tmp_path: Path, clock: SetClock) -> None:
    """Not a minute earlier; one in danger does not wait."""
    async with desk(by_the_hour(tmp_path), clock) as there:
        await there.bot.ask("POST", "/submissions", submission())
        await there.bot.ask("POST", "/submissions", submission("danger", at_once=True))
        clock.move(minutes=29)
        assert await there.reports() == ["danger"]
        clock.move(minutes=1)

        async def both() -> bool:
            return sorted(await there.reports()) == ["danger", "first"]

        await eventually(both)


async def test_a_start_shows_nothing_before_its_hour(tmp_path: Path, clock: SetClock) -> None:
    """Restarting the case store tells staff nothing of what came a minute ago; the next full hour does."""
    chosen = by_the_hour(tmp_path)
    async with desk(chosen, clock) as there:
        number = (await there.bot.ask("POST", "/submissions", submission())).record(Receipt).case_number
        assert number
    async with desk(chosen, clock) as there:
        await asyncio.sleep(0.1)
        assert await there.reports() == []
        clock.move(hours=1)
        await there.sees("first")


@pytest.fixture
def server() -> Iterator[str]:
    """The address of a running server."""
    if missing():
        pytest.skip(missing())
    with cluster() as address:
        yield address


async def test_a_clock_apart_strikes_for_all_case_stores_on_a_database(
    server: str, tmp_path: Path, clock: SetClock
) -> None:
    """Stores that leave it to the scheduler show nothing by themselves; two schedulers show everything once."""
    chosen = by_the_hour(tmp_path, await fresh_database(server), Place.APART)
    async with desk(chosen, clock) as there:
        await there.bot.ask("POST", "/submissions", submission())
        await there.bot.ask("POST", "/inbox/letters", from_reporter())
        clock.move(hours=1)
        await asyncio.sleep(0.1)
        assert await there.reports() == []
        async with open_scheduler(chosen, clock), open_scheduler(chosen, clock):
            clock.move(hours=1)
            await there.sees("first")
        (line,) = (await there.sato.ask("GET", "/cases")).record(StaffInbox).cases
        assert line.letters == 1


class Troubled:
    """A store that is away, then broken, then well."""

    def __init__(self) -> None:
        self.faults: list[Exception] = [StoreUnavailableError(), LookupError("canary")]
        self.asked = asyncio.Event()

    async def read(self, *_: object) -> str:
        """Where the organ is."""
        return "Asia/Tokyo"

    async def write(self, *_: object, **__: object) -> int:
        """Nothing to do, once the trouble is over."""
        if self.faults:
            raise self.faults.pop(0)
        self.asked.set()
        return 0


async def test_a_round_that_fails_is_made_again_and_the_log_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """Neither a database that is away nor a mistake of ours stops the clock; what went wrong is named by kind."""
    store = Troubled()
    task = asyncio.create_task(keep_rounds(store, Schedule(["ministry"], lambda _: circumstances(), make_log())))  # type: ignore[arg-type]
    async with asyncio.timeout(10):
        await store.asked.wait()
    task.cancel()
    logged = capsys.readouterr().err
    assert "round_put_off" in logged
    assert "LookupError" in logged
    assert "canary" not in logged
