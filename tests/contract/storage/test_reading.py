"""What is new to a reporter, on which day they look, and whether they may answer the survey."""

from datetime import timedelta

import pytest

from backend import commands, telling
from backend.contract import CaseKind, LettersRead, Move
from backend.contract.figures import Score
from backend.contract.surveys import AnswerAsReporter
from backend.ports import CaseStore
from tests.support.handling import ORGAN, RECEIVED, Handled, at, hand_over, publish
from tests.support.reports import locator


@pytest.fixture(autouse=True)
async def roster(store: CaseStore) -> None:
    """The desk has its members."""
    await publish(store)


async def reads(store: CaseStore, case: Handled, letters: int, notices: int = 0) -> None:
    """The reporter has so much before them."""
    sent = LettersRead(locator=locator(case.name), letters=letters, notices=notices)
    assert await store.write(ORGAN, lambda work: telling.letters_read(work, at(RECEIVED), sent)) is None


async def test_what_was_read_once_stays_read(store: CaseStore) -> None:
    """An older look that arrives late takes nothing back."""
    case = await hand_over(store)
    await case.moves(Move.ACCEPT, RECEIVED)
    await reads(store, case, 1, 2)
    await reads(store, case, 0, 1)
    inbox = await case.inbox()
    assert (inbox.letters_read, inbox.notices_read) == (1, min(2, len(inbox.notices)))


async def test_what_is_not_there_yet_is_not_read(store: CaseStore) -> None:
    """Whoever claims to have read the future still sees it as new."""
    case = await hand_over(store)
    await reads(store, case, 100, 100)
    await case.moves(Move.ACCEPT, RECEIVED)
    inbox = await case.inbox()
    assert (inbox.letters_read, len(inbox.letters)) == (0, 1)


async def test_reading_is_no_act_on_the_case(store: CaseStore) -> None:
    """The line that staff see and the length of the log say nothing of it."""
    case = await hand_over(store)
    await case.moves(Move.ACCEPT, RECEIVED)
    before = await case.line()
    await reads(store, case, 1, 1)
    assert await case.line() == before


async def test_the_inbox_says_what_the_case_is_and_which_day(store: CaseStore) -> None:
    """By the organ's own calendar."""
    case = await hand_over(store, kind=CaseKind.CONSULTATION)
    inbox = await case.inbox()
    assert (inbox.kind, inbox.today) == (CaseKind.CONSULTATION, RECEIVED)


async def test_the_survey_is_asked_once_and_after_the_end(store: CaseStore) -> None:
    """Neither before nor again."""
    case = await hand_over(store)
    asked = [(await case.inbox()).asks_survey]
    await case.closed_on(RECEIVED)
    asked.append((await case.inbox()).asks_survey)
    sent = AnswerAsReporter(locator=locator(case.name), scores=(Score(question="clear", score=4),))
    later = at(RECEIVED + timedelta(days=1))
    assert await store.write(ORGAN, lambda work: commands.answer_as_reporter(work, later, sent)) is None
    asked.append((await case.inbox()).asks_survey)
    assert asked == [False, True, False]
