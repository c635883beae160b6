"""What reporters are told by the mechanism, and what not, in a store in a file."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from backend import commands
from backend.contract import (
    AnswerCheckIn,
    CaseKind,
    CheckInAnswer,
    Ending,
    Fault,
    Law,
    LawTopic,
    Move,
    NoticeKind,
    Obligation,
)
from backend.domain.case import Refused
from backend.ports import CaseStore
from backend.scheduler.speaking import check_in
from tests.support.handling import ORGAN, RECEIVED, Handled, after, at, hand_over, make_rounds, publish
from tests.support.reports import locator
from tests.support.stores import fresh_file, open_store

DAY = timedelta(days=1)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[CaseStore]:
    """A store with nothing in it."""
    opened = await open_store(fresh_file(tmp_path))
    yield opened
    await opened.close()


@pytest.fixture
async def case(store: CaseStore) -> Handled:
    """A report that came in on a Monday, whose reporter wants to be told."""
    await publish(store)
    return await hand_over(store, mailbox="box-1")


async def asked(store: CaseStore, case: Handled) -> date:
    """A first check-in has come; on which day."""
    await case.closed_on(RECEIVED)
    (first, *_) = await case.duties(Obligation.CHECK_IN)
    await make_rounds(store, first.due_on)
    return first.due_on


async def test_a_reporter_is_told_at_receipt_what_is_due_when(case: Handled) -> None:
    """Ten business days, twenty days, ninety days; a day on which the organ is closed moves to the one before."""
    (notice,) = (await case.inbox()).notices
    assert (notice.kind, notice.on) == (NoticeKind.RECEIVED, RECEIVED)
    assert notice.params == {
        "decide_on": "2026-12-21",
        # The twentieth day is a Sunday.
        "investigate_on": "2026-12-25",
        "count": "90",
        "unit": "days",
    }


async def test_whoever_asks_is_told_by_when_they_are_answered(store: CaseStore) -> None:
    """A consultation has no decision on it to wait for; a record of an approach has nobody to be told."""
    await publish(store)
    asking = await hand_over(store, "asks", kind=CaseKind.CONSULTATION)
    (notice,) = (await asking.inbox()).notices
    assert notice.params == {"answer_on": "2026-12-21"}
    record = await hand_over(store, "record", kind=CaseKind.APPROACH)
    assert (await record.inbox()).notices == ()


async def test_a_case_keeps_the_law_of_its_day(store: CaseStore) -> None:
    """What is in force from December on is told to who reports in December."""
    await publish(store)
    new, old = await hand_over(store), await hand_over(store, "old", date(2026, 11, 30))
    laws = (await new.inbox()).laws
    assert laws == {
        LawTopic.RELIEF: "jp_relief",
        LawTopic.PRESUMPTION: "jp_presumption_2025",
        LawTopic.ELSEWHERE: "jp_elsewhere",
    }
    assert LawTopic.PRESUMPTION not in (await old.inbox()).laws


async def test_a_promised_end_is_told_where_the_desk_does_not_name_it(case: Handled) -> None:
    """The notices of acceptance and of another period name the day; what is taken up again is told by the mechanism."""
    await case.moves(Move.ACCEPT, after(3))
    await case.moves(Move.CHANGE_PERIOD, after(4), on=date(2027, 6, 1))
    assert await case.notices(NoticeKind.EXPECTED) == []
    await case.moves(Move.NOT_INVESTIGATE, after(5), reason="facts_clear")
    await case.moves(Move.TAKE_UP_AGAIN, after(6), reason="new_facts")
    (told,) = await case.notices(NoticeKind.EXPECTED)
    assert told.params == {"expected_on": (await case.line()).expected_on.isoformat()}  # type: ignore[union-attr]


async def test_who_is_not_told_of_a_move_is_not_told_of_its_end(case: Handled) -> None:
    """The exceptions of Guidelines 3(1)ii cover both."""
    await case.moves(Move.ACCEPT, after(3))
    await case.moves(Move.NOT_INVESTIGATE, after(5), reason="facts_clear")
    await case.moves(Move.TAKE_UP_AGAIN, after(6), reason="new_facts", unsaid="declined")
    assert await case.notices(NoticeKind.EXPECTED) == []


async def test_a_clock_that_is_set_back_asks_nobody_again(store: CaseStore, case: Handled) -> None:
    """What is done stays done, whatever day it is said to be."""
    await case.closed_on(RECEIVED)
    (first, *_) = await case.duties(Obligation.CHECK_IN)
    for day in (first.due_on, first.due_on - 30 * DAY, first.due_on, first.due_on + DAY):
        await make_rounds(store, day)
    assert len(await case.notices(NoticeKind.CHECK_IN)) == 1


async def test_who_knows_whether_there_is_an_investigation_is_not_told_of_twenty_days(
    store: CaseStore, case: Handled
) -> None:
    """Neither where it was decided nor where the report was not accepted."""
    other = await hand_over(store, "other")
    await case.moves(Move.ACCEPT, after(3))
    await case.moves(Move.INVESTIGATE, after(4), on=after(5))
    await other.moves(Move.DECLINE, after(4), reason="no_facts")
    await make_rounds(store, after(40))
    assert await case.notices(NoticeKind.UNDECIDED) == await other.notices(NoticeKind.UNDECIDED) == []


async def test_a_law_that_knows_no_such_days_says_nothing_after_them(store: CaseStore) -> None:
    """What is told comes with the policy."""
    await publish(store, laws=())
    case = await hand_over(store)
    await make_rounds(store, after(40))
    assert await case.notices(NoticeKind.UNDECIDED) == []


async def test_who_was_promised_no_day_hears_of_none(store: CaseStore, case: Handled) -> None:
    """What was not accepted is over for its reporter, though the desk still owes its end."""
    await case.moves(Move.DECLINE, after(3), reason="no_facts")
    await make_rounds(store, after(200))
    assert await case.notices(NoticeKind.OVERRUN) == []


async def test_an_answer_is_kept_and_the_last_one_counts(store: CaseStore, case: Handled) -> None:
    """No problem today may be one tomorrow."""
    day = await asked(store, case)
    for answer in (CheckInAnswer.FINE, CheckInAnswer.FINE, CheckInAnswer.BADLY):
        assert await case.answers(answer, day) is None
        (notice,) = await case.notices(NoticeKind.CHECK_IN)
        assert notice.answered is answer
    assert len(await case.duties(Obligation.RELIEVE)) == 1


async def test_who_wants_no_more_questions_gets_none(store: CaseStore, case: Handled) -> None:
    """All further check-ins lapse at once where nothing is held for a batch."""
    day = await asked(store, case)
    assert await case.answers(CheckInAnswer.STOP, day) is None
    endings = [duty.ending for duty in await case.duties(Obligation.CHECK_IN)]
    assert endings == [Ending.DONE, Ending.LAPSED, Ending.LAPSED, Ending.LAPSED]
    await make_rounds(store, after(500))
    assert len(await case.notices(NoticeKind.CHECK_IN)) == 1


async def test_an_attack_with_an_answer_that_does_not_fit_changes_nothing(store: CaseStore, case: Handled) -> None:
    """No such question, one that is none, somebody else's, a bad answer that the desk could not believe."""
    day = await asked(store, case)
    for notice_id in ("check_in-2", "received-1"):
        assert await case.answers(CheckInAnswer.FINE, day, notice_id) == Refused(Fault.NOT_FOUND)
    stranger = Handled(store, "stranger", case.number)
    assert await stranger.answers(CheckInAnswer.STOP, day) == Refused(Fault.NOT_FOUND)
    (notice,) = await case.notices(NoticeKind.CHECK_IN)
    assert notice.answered is None


async def test_an_attack_with_a_letter_that_does_not_fit_is_refused(store: CaseStore, case: Handled) -> None:
    """A bad answer that no letter bears out, a good one with a letter, one over a card that is no longer the newest."""
    day = await asked(store, case)
    plain = AnswerCheckIn(locator=locator("first"), notice_id="check_in-1", answer=CheckInAnswer.BADLY)
    stale = replace(case.complaint(), card_version=1)
    for sent, fault in (
        (plain, Fault.UNREADABLE),
        (replace(plain, answer=CheckInAnswer.FINE, letter=case.complaint()), Fault.UNREADABLE),
        (replace(plain, letter=replace(case.complaint(), concern=None)), Fault.UNREADABLE),
        (replace(plain, letter=replace(case.complaint(), locator=locator("second"))), Fault.UNREADABLE),
        (replace(plain, letter=stale), Fault.CHANGED_MEANWHILE),
    ):
        outcome = await store.write(ORGAN, lambda work, sent=sent: commands.answer_check_in(work, at(day), sent))  # type: ignore[misc]
        assert outcome == Refused(fault)
    assert await case.duties(Obligation.RELIEVE) == []


async def test_no_question_comes_between_a_wish_for_none_and_the_hour(store: CaseStore, case: Handled) -> None:
    """Should another round be the first to find the case, it asks nothing either."""
    day = await asked(store, case)
    await case.answers(CheckInAnswer.STOP, day, holds=True)
    await store.write(ORGAN, lambda work: check_in(work, at(after(500))))
    assert len(await case.notices(NoticeKind.CHECK_IN)) == 1
    assert [duty.ending for duty in await case.duties(Obligation.CHECK_IN)][1:] == [Ending.LAPSED] * 3


async def test_old_cases_keep_the_days_of_their_law(store: CaseStore) -> None:
    """Thirty days before a change, twenty after it, none before there was any."""
    days = ((date(2026, 1, 1), 30), (RECEIVED, 20))
    laws = (Law(topic=LawTopic.ELSEWHERE, since=since, code="law", days=count) for since, count in days)
    await publish(store, laws=tuple(laws))
    before, old, new = [
        await hand_over(store, name, day)
        for name, day in (("before", date(2025, 12, 31)), ("old", RECEIVED - DAY), ("new", RECEIVED))
    ]
    for day, told in ((after(21), [0, 0, 1]), (after(29), [0, 0, 1]), (after(30), [0, 1, 1])):
        await make_rounds(store, day, times=2)
        assert [len(await case.notices(NoticeKind.UNDECIDED)) for case in (before, old, new)] == told
