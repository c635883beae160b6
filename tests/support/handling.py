"""A case as it is handled in a store, act by act, on days that a test names; and the rounds of those days."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from backend import commands, queries, telling
from backend.contract import (
    AnswerCheckIn,
    CaseLine,
    CheckInAnswer,
    Concern,
    Duty,
    FromReporter,
    Inbox,
    Letter,
    Locate,
    Move,
    NoticeKind,
    Obligation,
    StaffInbox,
    StandardNotice,
)
from backend.domain.case import Refused
from backend.ports import CaseStore, Circumstances
from backend.scheduler.rounds import ROUNDS
from tests.support.reports import CountedChance, from_reporter, from_staff, locator, move, publication, submission, told
from tests.support.secrecy import at_ease

ORGAN = "ministry"
#: Real dice do not fall alike twice.
_CHANCE = CountedChance()
OVERSEER = "mori"
#: A Monday after the Act as amended came into force.
RECEIVED = date(2026, 12, 7)


def at(day: date, *, holds: bool = False) -> Circumstances:
    """Noon of a day at the organ."""
    noon = datetime.combine(day, time(12), ZoneInfo("Asia/Tokyo"))
    return Circumstances(now=int(noon.timestamp()), today=day, chance=_CHANCE, holds=holds)


async def make_rounds(store: CaseStore, day: date, times: int = 1) -> None:
    """Let all schedulers' hours strike on a day, so many times."""
    for _ in range(times):
        for each in ROUNDS:
            await each.does(store, (ORGAN,), at(day))


class Handled:
    """One case, and what is done to it."""

    def __init__(self, store: CaseStore, name: str, number: str) -> None:
        self.store = store
        self.name = name
        self.number = number
        self._cards = 1
        self._letters = 0

    async def told_at(self, mailbox: str | None) -> None:
        """The reporter says where they want to be told of answers."""
        sent = told(mailbox, self._cards, self.name)
        assert await self.store.write(ORGAN, lambda work: telling.set_told(work, at(RECEIVED), sent)) is None
        self._cards += 1

    async def moves(self, kind: Move, day: date, *, unsaid: str | None = None, **more: object) -> CaseLine:
        """A member moves the case with its letter, told or left unsaid."""
        self._letters += 1
        line = await self.line()
        letter = from_staff(f"{self.name}-l{self._letters}", line.letters, note=unsaid is not None)
        sent = move(kind, **{"from_stage": line.stage, "letter": letter, "unsaid": unsaid, **more})  # type: ignore[arg-type]
        outcome = await self.store.write(
            ORGAN, lambda work: commands.move_case(work, at(day), "sato", self.number, sent)
        )
        assert isinstance(outcome, CaseLine), outcome
        return outcome

    async def closed_on(self, day: date) -> None:
        """The case is accepted, not investigated and closed, all on one day."""
        await self.moves(Move.ACCEPT, day)
        await self.moves(Move.NOT_INVESTIGATE, day, reason="already_settled")
        await self.moves(Move.CLOSE, day, category="other")

    async def answers(
        self, answer: CheckInAnswer, day: date, notice_id: str = "check_in-1", *, holds: bool = False
    ) -> Refused | None:
        """The reporter answers a check-in; a bad answer comes with its letter."""
        letter = self.complaint(notice_id) if answer is CheckInAnswer.BADLY else None
        sent = AnswerCheckIn(locator=locator(self.name), notice_id=notice_id, answer=answer, letter=letter)
        return await self.store.write(ORGAN, lambda work: commands.answer_check_in(work, at(day, holds=holds), sent))

    def complaint(self, message_id: str = "bad") -> FromReporter:
        """The letter of somebody who is treated badly."""
        name = message_id.replace("_", "-")
        return from_reporter(self.name, name, self._cards, concern=Concern.RETALIATION)

    async def line(self) -> CaseLine:
        """The case as its desk has it before them."""
        inbox = await staff_inbox(self.store, "sato")
        return next(line for line in inbox.cases if line.case_number == self.number)

    async def inbox(self) -> Inbox:
        """What the reporter's token opens."""
        sent = Locate(locator=locator(self.name))
        inbox = await self.store.read(ORGAN, lambda work: queries.inbox_of_locator(work, RECEIVED, sent))
        assert isinstance(inbox, Inbox)
        return inbox

    async def notices(self, kind: NoticeKind) -> list[StandardNotice]:
        """What the mechanism has told of one kind."""
        return [notice for notice in (await self.inbox()).notices if notice.kind is kind]

    async def duties(self, obligation: Obligation) -> list[Duty]:
        """What is and was owed of one kind."""
        duties = await self.store.read(ORGAN, lambda work: work.duties.of(self.number))
        return [duty for duty in duties if duty.obligation is obligation]

    async def letters(self) -> Sequence[Letter]:
        """The thread, as its desk may read it."""
        case = await self.store.read(ORGAN, lambda work: work.cases.file(self.number, "sato"))
        assert case is not None
        return case.letters

    async def acts(self) -> list[str]:
        """What stands in the case's log."""
        case = await self.store.read(ORGAN, lambda work: work.cases.file(self.number, "sato"))
        assert case is not None
        return [link.act for link in case.log]


async def hand_over(
    store: CaseStore, name: str = "first", day: date = RECEIVED, *, mailbox: str | None = None, **more: object
) -> Handled:
    """A report comes in on a day, and its desk may open it."""
    sent = submission(name, **{"overseer": OVERSEER, **more})  # type: ignore[arg-type]
    outcome = await store.write(ORGAN, lambda work: commands.submit(work, at(day), sent))
    assert isinstance(outcome, tuple)
    case = Handled(store, name, outcome[0].case_number)
    await at_ease(store, case.number, "sato")
    if mailbox is not None:
        await case.told_at(mailbox)
    return case


async def publish(store: CaseStore, **changes: object) -> None:
    """The organ publishes its roster, with changes of its policy."""
    plain = publication()
    sent = replace(plain, policy=replace(plain.policy, **changes))
    assert await store.write(ORGAN, lambda work: commands.publish_roster(work, at(RECEIVED), sent)) is None


async def staff_inbox(store: CaseStore, staff_id: str) -> StaffInbox:
    """What somebody sees first."""
    return await store.read(ORGAN, lambda work: queries.staff_inbox(work, staff_id))


def after(days: int, day: date = RECEIVED) -> date:
    """So many days after the report."""
    return day + timedelta(days=days)
