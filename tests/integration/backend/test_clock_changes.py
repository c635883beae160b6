"""Clocks that change: summer time, a step of the network's time, a wrong year, a month away. Each hour strikes once."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine

from backend.bootstrap import SystemClock
from backend.contract import Inbox, Locate, NoticeKind, Receipt, Submission
from backend.domain.batches import strikes_by
from backend.logs import make_log
from backend.ports import CaseStore, Circumstances, Clock
from backend.scheduler import Schedule, keep_rounds
from backend.scheduler.rounds import Round
from tests.support.backend_server import Client, served, settings
from tests.support.reports import CountedChance, locator, publication, submission

BRUSSELS, TOKYO, KOLKATA = "Europe/Brussels", "Asia/Tokyo", "Asia/Kolkata"
MINUTE = timedelta(minutes=1)


class Night:
    """A store of one organ, and a clock that shows the next of given moments at each look."""

    def __init__(self, zone: str, moments: Sequence[datetime], monkeypatch: pytest.MonkeyPatch) -> None:
        self._zone = zone
        self._left = list(moments)
        self._now = self._left[0]
        self._over = asyncio.Event()
        #: What an organ's clock showed when it struck.
        self.struck: list[str] = []
        monkeypatch.setattr("backend.scheduler.clockwork.ROUNDS", (Round(self._strike, at_start=False),))
        monkeypatch.setattr("backend.scheduler.clockwork._LOOK", 0)

    async def read(self, *_: object) -> str:
        """Where the organ is."""
        return self._zone

    def at(self, zone: str | None) -> Circumstances:
        """The next moment."""
        if zone is None and self._left:
            self._now = self._left.pop(0)
        elif zone is None:
            self._over.set()
        there = self._now.astimezone(ZoneInfo(zone or TOKYO))
        return Circumstances(now=int(self._now.timestamp()), today=there.date(), chance=CountedChance())

    async def _strike(self, _: CaseStore, organs: Sequence[str], at: Circumstances) -> int:
        assert organs == ("ministry",)
        shown = datetime.fromtimestamp(at.now, UTC).astimezone(ZoneInfo(self._zone))
        self.struck.append(f"{shown:%d %H:%M %Z}")
        return 0

    async def passes(self) -> list[str]:
        """Let the night pass; when it struck."""
        task = asyncio.create_task(keep_rounds(self, Schedule(["ministry"], self.at, make_log())))  # type: ignore[arg-type]
        async with asyncio.timeout(10):
            await self._over.wait()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        return self.struck


def minutes(first: str, count: int) -> list[datetime]:
    """Every minute from a moment on, in UTC."""
    begin = datetime.fromisoformat(first).replace(tzinfo=UTC)
    return [begin + MINUTE * number for number in range(count)]


async def test_an_hour_that_is_lived_twice_strikes_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """When summer time ends, nobody's letter is kept for two hours."""
    struck = await Night(BRUSSELS, minutes("2026-10-24T23:30", 181), monkeypatch).passes()
    assert struck == ["25 02:00 CEST", "25 02:00 CET", "25 03:00 CET"]


async def test_an_hour_that_is_left_out_is_no_hour_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    """When summer time begins, three follows two."""
    struck = await Night(BRUSSELS, minutes("2027-03-27T23:30", 121), monkeypatch).passes()
    assert struck == ["28 01:00 CET", "28 03:00 CEST"]


async def test_a_zone_that_is_half_an_hour_off_strikes_by_its_own_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever hour it is where the store stands."""
    struck = await Night(KOLKATA, minutes("2026-11-22T03:10", 90), monkeypatch).passes()
    assert struck == ["22 09:00 IST", "22 10:00 IST"]


async def test_a_clock_that_is_set_back_over_the_hour_strikes_when_it_comes_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And not at the moment at which it was set, which would show what came within that minute."""
    around = [*minutes("2026-11-22T03:59", 2), *minutes("2026-11-22T03:58", 4)]
    struck = await Night(TOKYO, around, monkeypatch).passes()
    assert struck == ["22 13:00 JST", "22 13:00 JST"]


async def test_a_clock_that_was_a_year_ahead_does_not_keep_staff_waiting_for_a_year(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Once it is right again, the next full hour strikes."""
    wrong = [*minutes("2026-11-22T03:30", 2), *minutes("2027-11-22T03:32", 2), *minutes("2026-11-22T03:34", 30)]
    struck = await Night(TOKYO, wrong, monkeypatch).passes()
    assert struck == ["22 12:32 JST", "22 13:00 JST"]


async def test_a_month_away_strikes_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that slept does not make up for seven hundred hours."""
    slept = [*minutes("2026-11-22T03:30", 2), *minutes("2026-12-22T03:31", 20)]
    struck = await Night(TOKYO, slept, monkeypatch).passes()
    assert struck == ["22 12:31 JST"]


@pytest.mark.parametrize("zone", [BRUSSELS, TOKYO, KOLKATA, "Australia/Lord_Howe", "America/St_Johns"])
def test_no_quarter_of_an_hour_holds_more_than_one_strike(zone: str) -> None:
    """Through a whole year of changes; where summer time is half an hour, the clock may fall behind by one."""
    begin = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
    numbers = [strikes_by(begin + 900 * quarter, zone) for quarter in range(4 * 24 * 366)]
    assert {after - before for before, after in pairwise(numbers)} <= {0, 1, -1}


class Person:
    """A bot that looks for a reporter."""

    def __init__(self, bot: Client) -> None:
        self._bot = bot

    async def hands_over(self, sent: Submission) -> date:
        """A report comes in; on which day at the organ."""
        return (await self._bot.ask("POST", "/submissions", sent)).record(Receipt).received_on

    async def kinds(self) -> list[NoticeKind]:
        """What the mechanism has told."""
        answer = await self._bot.ask("POST", "/inbox", Locate(locator=locator("first")))
        return [notice.kind for notice in answer.record(Inbox).notices]

    async def reads(self, kind: NoticeKind) -> None:
        """Look until something is told."""
        async with asyncio.timeout(20):
            while kind not in await self.kinds():
                pass


async def test_the_machines_own_clock_may_jump_a_month(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Back and forth over the days on which something is told: once told, it is told once."""
    monkeypatch.setattr("backend.scheduler.clockwork._LOOK", 0.01)
    clock: Clock = SystemClock()
    with time_machine.travel(datetime(2026, 12, 7, 15, 30, tzinfo=UTC), tick=True) as machine:
        async with served(settings(tmp_path), clock) as server:  # type: ignore[arg-type]
            await server.client("ministry publisher").ask("PUT", "/roster", publication())
            person = Person(server.client("ministry intake"))
            # Half past midnight in Tokyo: the organ's day, not the machine's.
            assert await person.hands_over(submission()) == date(2026, 12, 8)
            for jump in (31, -30, 30, -31, 40):
                machine.shift(timedelta(days=jump))
                if jump > 0:
                    await person.reads(NoticeKind.UNDECIDED)
                await asyncio.sleep(0.1)
            assert await person.kinds() == [NoticeKind.RECEIVED, NoticeKind.UNDECIDED]
