"""Decisions on a case, without any store."""

import pytest
from msgspec.structs import replace

from backend.contract import Compartment, Fault, Move, Stage
from backend.domain import chain
from backend.domain.case import (
    Allowed,
    Case,
    Refused,
    answered,
    heard,
    joined,
    line_of,
    moved,
    received,
    recorded,
    told,
)
from backend.domain.lifecycle import LIFECYCLE, step_for
from backend.domain.obligations import OBLIGATIONS, due_on
from tests.support.reports import REASONS, TODAY, from_reporter, from_staff, move, submission
from tests.support.reports import told as wish

ALL = frozenset(Compartment)


@pytest.fixture
def case() -> Case:
    """A case that has just come in."""
    return received("ministry", submission(), "2026-7K3QF9", TODAY, 20)


def allowed(verdict: Allowed | Refused) -> Case:
    """The case as it becomes."""
    assert isinstance(verdict, Allowed)
    return verdict.case


def test_a_case_that_comes_in_waits_for_a_decision_within_twenty_days(case: Case) -> None:
    """Acceptance is owed within 20 days of receipt (Act, Art. 3), and nobody has answered yet."""
    line = line_of(case)
    assert (line.stage, line.awaits_answer, line.letters) == (Stage.RECEIVED, True, 0)
    assert line.due_on is not None
    assert (line.due_on - TODAY).days == 20


@pytest.mark.parametrize(("promised", "owed"), [(7, 7), (20, 20), (90, 20)])
def test_an_organ_may_promise_fewer_days_but_never_more(promised: int, owed: int) -> None:
    """The period of the Act is the longest."""
    due = due_on(Stage.RECEIVED, TODAY, promised)
    assert due is not None
    assert (due - TODAY).days == owed


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in {row.stage for row in OBLIGATIONS}])
def test_nothing_is_owed_in_a_stage_without_a_row(stage: Stage) -> None:
    """What is not in the table does not fall due."""
    assert due_on(stage, TODAY, 20) is None


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


def test_a_wish_leaves_no_entry_for_the_log(case: Case) -> None:
    """Whether the reporter wants to be told is none of the staff's business."""
    verdict = told(case, wish("mailbox-1"))
    assert isinstance(verdict, Allowed)
    assert verdict.act is None


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("kind", Move)
def test_only_moves_in_the_table_exist(case: Case, stage: Stage, kind: Move) -> None:
    """Every pair of stage and move leads where its row says, or nowhere."""
    at_stage = replace(case, stage=stage)
    verdict = moved(at_stage, move(kind, REASONS[0], from_stage=stage), ALL, REASONS)
    step = step_for(stage, kind)
    if step is None:
        assert verdict == Refused(Fault.NO_SUCH_MOVE)
    else:
        assert allowed(verdict).stage is step.to


def test_a_stage_that_has_changed_meanwhile_is_said_so(case: Case) -> None:
    """Of two members who decide at once, the second is told to look again."""
    decided = allowed(moved(case, move(), ALL, REASONS))
    late = move(Move.DECLINE, REASONS[0], letter=from_staff("late", seen=1))
    assert moved(decided, late, ALL, REASONS) == Refused(Fault.CHANGED_MEANWHILE)


@pytest.mark.parametrize("reason", [None, "", "unheard_of"])
def test_nothing_is_declined_without_a_published_reason(case: Case, reason: str | None) -> None:
    """Non-acceptance needs just cause, from the organ's own list."""
    assert moved(case, move(Move.DECLINE, reason), ALL, REASONS) == Refused(Fault.REASON_NEEDED)


def test_an_acceptance_needs_no_reason_but_takes_no_free_text_either(case: Case) -> None:
    """Where a code is given it must be on the list, for it is kept in clear."""
    assert allowed(moved(case, move(), ALL, REASONS)).stage is Stage.ACCEPTED
    assert moved(case, move(reason="free text"), ALL, REASONS) == Refused(Fault.REASON_NEEDED)


def test_a_decision_without_its_notice_is_no_move(case: Case) -> None:
    """The reporter is told of every decision along with it."""
    silent = move(letter=from_staff(note=True))
    assert moved(case, silent, ALL, REASONS) == Refused(Fault.NO_SUCH_MOVE)


def test_who_cannot_read_the_facts_does_not_decide(case: Case) -> None:
    """A grant for the masked version is no seat at the desk."""
    assert moved(case, move(), {Compartment.MASKED}, REASONS) == Refused(Fault.NOT_ALLOWED)


def test_a_decision_over_an_unseen_letter_is_refused(case: Case) -> None:
    """The reporter has just written: read it first."""
    assert moved(joined(case), move(), ALL, REASONS) == Refused(Fault.CHANGED_MEANWHILE)


def test_every_row_says_who_may_and_what_must_be_given() -> None:
    """Only a refusal asks for a reason; both decisions ask for the facts and for a notice."""
    assert {(step.move, step.reason, step.notice, step.needs) for step in LIFECYCLE} == {
        (Move.ACCEPT, False, True, Compartment.FACTS),
        (Move.DECLINE, True, True, Compartment.FACTS),
    }


def test_an_act_that_is_recorded_becomes_the_head_of_the_log(case: Case) -> None:
    """The entry commits to what was the head before."""
    after, link = recorded(case, chain.Act.OPENED, "sato", TODAY, chain.fingerprint(b"content"))
    assert link.previous_hash == case.log_head
    assert (after.log_head, after.log_length) == (link.entry_hash, 1)
