"""The play: days pass, reports come in, the desk does what is due, the clock does its own.

A clock that is moved by hand takes the place of the machine's; all else is the product as it runs, on a case store of
its own. Nobody sleeps and nobody waits: a year takes as long as the work in it.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from backend.bootstrap import Backend, open_backend
from backend.config import BackendSettings, Place
from backend.contract import InForce, RosterDocument
from backend.domain.batches import StaffBatch
from bot.anonymity.roster import verify_roster
from madoguchi.organ.card import OrganCard
from madoguchi.organ.demo import Demo, publish_demo
from madoguchi.organ.publishing import read_token
from madoguchi.serving import on_socket, served
from madoguchi.staff.client import DeskRefusedError, open_desk
from madoguchi.staff.keyfile import open_key
from madoguchi.wire import Wire, open_wire
from madoguchi.year.dice import Dice
from madoguchi.year.people import DeskMember, Executive, Reporter
from madoguchi.year.script import Act, Course, course

#: Days between two times that the clock's own work is done: once a day would only take longer.
_STRIKES_EVERY = 7
#: Days between two checks of an investigation by the executive.
_CHECKS_EVERY = 28
#: The desks of the demo organ with who sits there, and how many reports of a hundred go to the first.
_DESKS = (("naibu", "sato"), ("gaibu", "suzuki"))
_TO_THE_FIRST = 80
_ZONE = ZoneInfo("Asia/Tokyo")


class PlayedClock:
    """`backend.ports.Clock` that stands at noon of a day until it is moved."""

    def __init__(self, today: date) -> None:
        self.today = today

    def now(self) -> datetime:
        """Noon at the organ."""
        return datetime.combine(self.today, time(12), _ZONE).astimezone(UTC)


class Played(NamedTuple):
    """What came of it."""

    cases: int
    #: How often each command was carried out.
    acts: Counter[str]


class Stage(NamedTuple):
    """Where it is played, and by whom."""

    backend: Backend
    clock: PlayedClock
    bot: Wire
    desks: dict[str, DeskMember]
    executive: Executive


class _Running:
    """One case on its way."""

    def __init__(self, number: str, reporter: Reporter, course: Course, desk: str, received: date) -> None:
        self.number = number
        self.reporter = reporter
        self.course = course
        self.desk = desk
        self.received = received
        self.acts = list(course.acts)
        self.is_worried = course.worried_after is not None
        self.checked: date | None = None

    def due(self, today: date) -> Act | None:
        """What the desk does by today."""
        return self.acts[0] if self.acts and self.received + timedelta(days=self.acts[0].after) <= today else None


async def play(stage: Stage, cases: int, first: date, last: date) -> Played:
    """Play so many cases, which come in evenly from the first day on, until the last day is over."""
    dice = Dice("a year")
    days = (last - first).days
    arrivals = sorted(dice.between(0, days) for _ in range(cases))
    running: list[_Running] = []
    acts: Counter[str] = Counter()
    for place in range(days + 1):
        stage.clock.today = first + timedelta(days=place)
        if place % _STRIKES_EVERY == 0 or place == days:
            await stage.backend.strike()
        while arrivals and arrivals[0] <= place:
            arrivals.pop(0)
            running.append(await _begun(stage, dice))
        # All of a day at once: people do not wait for each other either.
        await asyncio.gather(*(_carried_on(stage, one, acts) for one in running))
        running = [one for one in running if one.acts or one.is_worried]
    return Played(cases, acts)


@asynccontextmanager
async def staged(settings: BackendSettings, demo: Demo, card: OrganCard, first: date) -> AsyncIterator[Stage]:
    """Open a case store whose clock stands at the first day, with everybody in their place."""
    clock = PlayedClock(first)
    settings = settings.model_copy(update={"scheduler": Place.APART, "staff_batch": StaffBatch.ONCE})
    socket = settings.backend_socket or Path("play.sock")
    address = f"unix:{socket}"
    async with AsyncExitStack() as open_now:
        backend = await open_now.enter_async_context(open_backend(settings, clock))
        await on_socket(await open_now.enter_async_context(served(backend.runner())), socket)
        await publish_demo(demo, card, address)
        bot = await open_now.enter_async_context(open_wire(address, read_token(demo.places.intake)))
        roster = verify_roster(
            (await bot.ask(RosterDocument, "GET", "/roster")).document, card.pins, card.threshold, 0, None, card.organ
        )
        policy = (await bot.ask(InForce, "GET", "/policy")).policy
        desks = {}
        for desk_id, who in _DESKS:
            key = open_key(demo.key(who), demo.passphrase(who).read_text().strip())
            desk = await open_now.enter_async_context(open_desk(address, key.credential))
            desks[desk_id] = DeskMember(key, desk, roster, policy)
            await desks[desk_id].sit_down()
        key = open_key(demo.key("tanaka"), demo.passphrase("tanaka").read_text().strip())
        executive = Executive(await open_now.enter_async_context(open_desk(address, key.credential)))
        yield Stage(backend, clock, bot, desks, executive)


async def _begun(stage: Stage, dice: Dice) -> _Running:
    drawn = course(dice)
    desk = _DESKS[0 if dice.falls(_TO_THE_FIRST) else 1][0]
    reporter = Reporter(stage.bot, stage.desks[desk].roster, drawn)
    number = await reporter.hand_over(desk, stage.clock.today)
    return _Running(number, reporter, drawn, desk, stage.clock.today)


async def _carried_on(stage: Stage, one: _Running, acts: Counter[str]) -> None:
    """Do what is due on a case today."""
    today, member = stage.clock.today, stage.desks[one.desk]
    worried = one.course.worried_after
    if one.is_worried and worried is not None and one.received + timedelta(days=worried) <= today:
        one.is_worried = False
        await one.reporter.complain()
        await member.act(one.number, one.course, Act(0, "answer-concern", {}), today)
        acts["answer-concern"] += 1
    while (act := one.due(today)) is not None:
        one.acts.pop(0)
        await member.act(one.number, one.course, act, today)
        acts[act.command] += 1
        one.checked = today if act.command == "investigate" else one.checked if act.command == "progress" else None
    if one.checked is not None and (today - one.checked).days >= _CHECKS_EVERY:
        one.checked = today
        await _checked(stage, one.number)
        acts["check"] += 1


async def _checked(stage: Stage, number: str) -> None:
    try:
        await stage.executive.check(number)
    except DeskRefusedError:
        # An external desk's case: of those the executive knows only that they are there.
        return
