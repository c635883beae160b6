"""Decisions on a case, without any store."""

import pytest
from msgspec.structs import replace

from backend.contract import Fault, Stage
from backend.domain import chain
from backend.domain.case import (
    Allowed,
    Case,
    Refused,
    answered,
    heard,
    joined,
    line_of,
    received,
    recorded,
    told,
)
from tests.support.reports import TODAY, from_reporter, from_staff, submission
from tests.support.reports import told as wish


@pytest.fixture
def case() -> Case:
    """A case that has just come in."""
    return received("ministry", submission(), "2026-7K3QF9", TODAY)


def allowed(verdict: Allowed | Refused) -> Case:
    """The case as it becomes."""
    assert isinstance(verdict, Allowed)
    return verdict.case


def test_a_case_that_comes_in_has_been_answered_by_nobody(case: Case) -> None:
    """It stands at its beginning, and somebody waits."""
    line = line_of(case)
    assert (line.stage, line.awaits_answer, line.letters) == (Stage.RECEIVED, True, 0)


def test_an_answer_ends_the_waiting_and_the_next_letter_begins_it(case: Case) -> None:
    """The inbox shows who is waiting for whom."""
    after_answer = allowed(answered(case, from_staff()))
    assert not after_answer.awaits_answer
    after_letter = joined(after_answer)
    assert after_letter.awaits_answer
    assert after_letter.letters == 2


def test_a_note_neither_ends_nor_begins_waiting(case: Case) -> None:
    """A note is for the desk alone."""
    for before in (case, replace(case, awaits_answer=False)):
        assert allowed(answered(before, from_staff(note=True))).awaits_answer == before.awaits_answer


def test_each_card_has_a_version_of_its_own(case: Case) -> None:
    """A letter and a wish both leave a new card behind, and the older version is refused from then on."""
    after = allowed(heard(case, from_reporter()))
    after = allowed(told(after, wish("mailbox-1", card_version=2)))
    assert (after.card_version, after.mailbox) == (3, "mailbox-1")
    assert heard(after, from_reporter(card_version=2)) == Refused(Fault.CHANGED_MEANWHILE)
    assert told(after, wish(None, card_version=2)) == Refused(Fault.CHANGED_MEANWHILE)


def test_an_act_that_is_recorded_becomes_the_head_of_the_log(case: Case) -> None:
    """The entry commits to what was the head before."""
    after, link = recorded(case, chain.Act.OPENED, "sato", TODAY, chain.fingerprint(b"content"))
    assert link.previous_hash == case.log_head
    assert (after.log_head, after.log_length) == (link.entry_hash, 1)
