"""What reporters are told by the clock: each thing once, on its day, whatever the clock and the schedulers do."""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from typing import cast

import pytest
from msgspec.structs import replace

from backend import telling
from backend.contract import (
    AlertKind,
    CheckInAnswer,
    Duty,
    Ending,
    Lease,
    LettersRead,
    Move,
    NoticeKind,
    Obligation,
)
from backend.domain.case import Case
from backend.domain.pushes import TRIES, lease_seconds
from backend.ports import CaseStore, Mark, Work
from backend.scheduler.speaking import check_in
from tests.support.handling import ORGAN, OVERSEER, RECEIVED, Handled, after, at, hand_over, make_rounds, publish
from tests.support.handling import staff_inbox as inbox_of
from tests.support.reports import locator
from tests.support.stores import open_store

DAY = timedelta(days=1)


@pytest.fixture
async def case(store: CaseStore) -> Handled:
    """A report that came in on a Monday, whose reporter wants to be told."""
    await publish(store)
    return await hand_over(store, mailbox="box-1")


async def announced(store: CaseStore, day: date) -> int:
    """How many pushes leave on a day."""
    leased, _ = await store.write(ORGAN, lambda work: telling.lease_pushes(work, at(day), Lease(within=0)))
    return len(leased.pushes)


async def test_a_check_in_comes_on_its_day_and_not_before(store: CaseStore, case: Handled) -> None:
    """It is announced, stands in the log, and what was owed is done."""
    await case.closed_on(RECEIVED)
    await announced(store, RECEIVED)
    (first, *later) = await case.duties(Obligation.CHECK_IN)
    await make_rounds(store, first.due_on - DAY)
    assert await case.notices(NoticeKind.CHECK_IN) == []
    await make_rounds(store, first.due_on, times=3)
    (notice,) = await case.notices(NoticeKind.CHECK_IN)
    assert (notice.on, notice.notice_id, notice.answered) == (first.due_on, "check_in-1", None)
    assert await announced(store, first.due_on) == 1
    assert (await case.acts())[-1] == "notified"
    duties = await case.duties(Obligation.CHECK_IN)
    assert [duty.ending for duty in duties] == [Ending.DONE, None, None, None]
    assert len(later) == 3


async def test_check_ins_that_came_due_meanwhile_become_one(store: CaseStore, case: Handled) -> None:
    """A scheduler that was away for months asks once; what is still to come stays owed."""
    await case.closed_on(RECEIVED)
    duties = await case.duties(Obligation.CHECK_IN)
    await make_rounds(store, duties[2].due_on + DAY)
    assert len(await case.notices(NoticeKind.CHECK_IN)) == 1
    endings = [duty.ending for duty in await case.duties(Obligation.CHECK_IN)]
    assert endings == [Ending.DONE, Ending.DONE, Ending.DONE, None]


async def test_many_schedulers_at_once_ask_every_reporter_once(store: CaseStore, address: str, kind: str) -> None:
    """Several processes, or several tasks of the one that owns a file; there, more than one transaction takes."""
    await publish(store)
    many = 12 if kind == "postgresql" else 70
    cases = await asyncio.gather(*(_asked_soon(store, f"case-{number}") for number in range(many)))
    others = [await open_store(address) for _ in range(3)] if kind == "postgresql" else []
    try:
        everyone = (store, *others) if others else (store, store, store)
        await asyncio.gather(*(make_rounds(one, after(60)) for one in everyone))
    finally:
        for other in others:
            await other.close()
    # What a scheduler has left because another had it in hand is done by then.
    for case in cases:
        assert len(await case.notices(NoticeKind.CHECK_IN)) == 1
        assert [duty.ending for duty in await case.duties(Obligation.CHECK_IN)] == [Ending.DONE]
        assert (await case.acts()).count("notified") == len((await case.inbox()).notices) - 1


class _Late:
    """A scheduler's work, with the cases as it looked them up before another one was done with them."""

    def __init__(self, work: Work, cases: Sequence[Case]) -> None:
        self.work = work
        self.cases = cases
        self.dues = self

    def on(self, *_: object) -> Sequence[Case]:
        """What was due a moment ago."""
        return self.cases

    def __getattr__(self, name: str) -> object:
        return getattr(self.work, name)


async def test_whoever_was_asked_a_moment_ago_is_not_asked_again(store: CaseStore, case: Handled) -> None:
    """A case that is found while another process is at it comes up once more after that."""
    await case.closed_on(RECEIVED)
    due_on = (await case.duties(Obligation.CHECK_IN))[0].due_on

    def twice(work: Work) -> None:
        found = work.dues.on(Mark.ENDED, {Obligation.CHECK_IN}, due_on)
        for each in (work, cast("Work", _Late(work, found))):
            check_in(each, at(due_on))

    await store.write(ORGAN, twice)
    assert len(await case.notices(NoticeKind.CHECK_IN)) == 1
    assert (await case.acts()).count("notified") == 1


async def _asked_soon(store: CaseStore, name: str) -> Handled:
    case = await hand_over(store, name)
    owed = Duty(duty_id="check_in-1", obligation=Obligation.CHECK_IN, begun_on=RECEIVED, due_on=after(30))
    await store.write(ORGAN, lambda work: work.duties.keep(case.number, [owed]))
    return case


async def test_twenty_days_are_counted_in_full(store: CaseStore, case: Handled) -> None:
    """Not on the twentieth day, though the desk had to decide before it; on the next one, once."""
    await make_rounds(store, after(20))
    assert await case.notices(NoticeKind.UNDECIDED) == []
    await make_rounds(store, after(21), times=2)
    await make_rounds(store, after(30))
    (notice,) = await case.notices(NoticeKind.UNDECIDED)
    assert (notice.on, notice.params) == (after(21), {"days": "20"})
    assert await announced(store, after(21)) == 1


async def test_a_promised_day_that_has_passed_is_admitted(store: CaseStore, case: Handled) -> None:
    """Once; and once more where it was put off and has passed again."""
    await case.moves(Move.ACCEPT, after(3), on=after(10))
    await make_rounds(store, after(10))
    assert await case.notices(NoticeKind.OVERRUN) == []
    await make_rounds(store, after(11), times=2)
    await case.moves(Move.CHANGE_PERIOD, after(12), on=after(14))
    await make_rounds(store, after(15))
    told = await case.notices(NoticeKind.OVERRUN)
    assert [notice.params["expected_on"] for notice in told] == [after(10).isoformat(), after(14).isoformat()]


async def test_whoever_has_not_read_a_notice_is_told_of_it(store: CaseStore, case: Handled) -> None:
    """Letters and notices are counted apart; with all of both before them nothing leaves."""
    await make_rounds(store, after(21))
    for seen, leaves in ((1, True), (2, False)):
        sent = LettersRead(locator=locator("first"), letters=0, notices=seen)
        await store.write(ORGAN, lambda work, sent=sent: telling.letters_read(work, at(after(21)), sent))  # type: ignore[misc]
        assert (await case.inbox()).announcing is leaves


async def asked(store: CaseStore, case: Handled) -> date:
    """A first check-in has come; on which day."""
    await case.closed_on(RECEIVED)
    (first, *_) = await case.duties(Obligation.CHECK_IN)
    await make_rounds(store, first.due_on)
    return first.due_on


@pytest.mark.parametrize("holds", [False, True])
async def test_treated_badly_is_heard_by_desk_and_overseer(store: CaseStore, case: Handled, *, holds: bool) -> None:
    """By a letter of the thread, with the next batch, once, however often it is sent."""
    day = await asked(store, case)
    for _ in range(2):
        assert await case.answers(CheckInAnswer.BADLY, day, holds=holds) is None
    assert len(await case.duties(Obligation.RELIEVE)) == (0 if holds else 1)
    await make_rounds(store, day)
    (owed,) = await case.duties(Obligation.RELIEVE)
    assert (owed.begun_on, owed.ended_on) == (day, None)
    alerts = (await inbox_of(store, OVERSEER)).alerts
    assert [(alert.case_number, alert.what) for alert in alerts] == [(case.number, AlertKind.CONCERN)]
    assert (await case.acts()).count("concern") == 1


async def test_staff_do_not_see_the_moment_at_which_somebody_wants_no_more_questions(
    store: CaseStore, case: Handled
) -> None:
    """Where acts are held, what is owed ends when the clock strikes; even when the next question is due by then."""
    day = await asked(store, case)
    before = await case.duties(Obligation.CHECK_IN)
    assert await case.answers(CheckInAnswer.STOP, day, holds=True) is None
    assert await case.duties(Obligation.CHECK_IN) == before
    await make_rounds(store, before[1].due_on)
    assert [duty.ending for duty in await case.duties(Obligation.CHECK_IN)][1:] == [Ending.LAPSED] * 3
    assert len(await case.notices(NoticeKind.CHECK_IN)) == 1


async def test_staff_are_reminded_once_a_few_days_ahead(store: CaseStore, case: Handled) -> None:
    """Of what their desk owes, in the cases granted to them; whoever oversees sees how many there are."""
    (decision,) = await case.duties(Obligation.DECIDE_ACCEPTANCE)
    await make_rounds(store, decision.due_on - 4 * DAY)
    assert (await inbox_of(store, "sato")).reminders == ()
    await make_rounds(store, decision.due_on - 3 * DAY, times=2)
    (reminder,) = (await inbox_of(store, "sato")).reminders
    assert (reminder.case_number, reminder.obligation, reminder.due_on) == (
        case.number,
        Obligation.DECIDE_ACCEPTANCE,
        decision.due_on,
    )
    assert (await inbox_of(store, "suzuki")).reminders == ()
    overseen = await inbox_of(store, OVERSEER)
    assert (overseen.reminders, overseen.reminded) == ((), 1)
    await case.moves(Move.ACCEPT, decision.due_on)
    assert (await inbox_of(store, "sato")).reminders == ()


async def test_an_overseer_is_reminded_of_what_they_owe_themselves(store: CaseStore, case: Handled) -> None:
    """A check of an investigation is no business of the desk's."""
    await case.moves(Move.ACCEPT, after(3))
    await case.moves(Move.INVESTIGATE, after(4), on=after(4))
    (check,) = await case.duties(Obligation.CHECK_INVESTIGATION)
    await make_rounds(store, check.due_on)
    mine, theirs = (await inbox_of(store, OVERSEER)).reminders, (await inbox_of(store, "sato")).reminders
    assert [reminder.obligation for reminder in mine] == [Obligation.CHECK_INVESTIGATION]
    assert Obligation.CHECK_INVESTIGATION not in [reminder.obligation for reminder in theirs]


async def test_what_is_late_is_told_to_whoever_oversees_and_to_nobody_else(store: CaseStore, case: Handled) -> None:
    """A day after it was due, once. A case that is kept from everyone who oversees has nobody to be told."""
    kept = await hand_over(store, "kept", overseer=None)
    (decision,) = await case.duties(Obligation.DECIDE_ACCEPTANCE)
    await make_rounds(store, decision.due_on)
    assert (await inbox_of(store, OVERSEER)).alerts == ()
    await make_rounds(store, decision.due_on + DAY, times=2)
    (alert,) = (await inbox_of(store, OVERSEER)).alerts
    assert (alert.case_number, alert.what, alert.on) == (case.number, AlertKind.OVERDUE, decision.due_on + DAY)
    await make_rounds(store, decision.due_on + 2 * DAY)
    assert (await inbox_of(store, OVERSEER)).alerts == (alert,)
    (marked,) = await kept.duties(Obligation.DECIDE_ACCEPTANCE)
    assert marked.escalated_on == decision.due_on + DAY


async def test_an_alert_stands_as_long_as_something_is_late(store: CaseStore, case: Handled) -> None:
    """Once it was done, whoever oversees has one thing less to look at."""
    (decision,) = await case.duties(Obligation.DECIDE_ACCEPTANCE)
    await make_rounds(store, decision.due_on + DAY)
    assert [alert.what for alert in (await inbox_of(store, OVERSEER)).alerts] == [AlertKind.OVERDUE]
    await case.moves(Move.ACCEPT, decision.due_on + DAY)
    assert (await inbox_of(store, OVERSEER)).alerts == ()


async def test_a_push_that_rests_is_told_once(store: CaseStore, case: Handled) -> None:
    """That a reporter cannot be reached any more; and again where it rests once more after they came by."""
    for day, kind in ((after(21), Move.ACCEPT), (after(26), Move.CHANGE_PERIOD)):
        await make_rounds(store, day)
        await park(store, day)
        await make_rounds(store, day, times=2)
        alerts = [each for each in (await inbox_of(store, OVERSEER)).alerts if each.what is AlertKind.UNDELIVERED]
        assert [alert.on for alert in alerts] == [day]
        await store.write(ORGAN, lambda work: telling.letters_read(work, at(RECEIVED), read_all()))
        await case.moves(kind, day, on=after(300))


def read_all() -> LettersRead:
    """The reporter has everything before them."""
    return LettersRead(locator=locator("first"), letters=9, notices=9)


async def park(store: CaseStore, day: date) -> None:
    """The push that waits is tried too often."""
    now, parked = at(day), 0
    while not parked:
        now = replace(now, now=now.now + lease_seconds(TRIES))
        _, parked = await store.write(ORGAN, lambda work, now=now: telling.lease_pushes(work, now, Lease()))  # type: ignore[misc]
