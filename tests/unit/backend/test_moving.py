"""Moves by the table, without any store."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from backend.contract import (
    CaseKind,
    CodeList,
    Compartment,
    Duty,
    Ending,
    Fault,
    Move,
    MoveCase,
    Obligation,
    Stage,
)
from backend.domain.case import Allowed, Case, Refused, joined, received
from backend.domain.lifecycle import LIFECYCLE, step_for
from backend.domain.moving import Circle, moved
from backend.domain.obligations import AT_RECEIPT, begin, merged
from backend.domain.policy import codes_of
from backend.domain.steps import Day, Letter, Step
from backend.profiles import profile
from tests.support.reports import TODAY, from_staff, move, submission

ALL = frozenset(Compartment)
DAY = timedelta(days=1)


def named(step: Step) -> str:
    """How a row is called here."""
    return f"{step.move}-{min(step.stages)}"


def case_at(stage: Stage = Stage.RECEIVED, kind: CaseKind = CaseKind.REPORT) -> Case:
    """A case somewhere in its life."""
    return replace(received("ministry", submission(kind=kind), "2026-7K3QF9", TODAY), stage=stage)


def duties_of(case: Case) -> tuple[Duty, ...]:
    """What is owed from the day of receipt."""
    duties: tuple[Duty, ...] = ()
    for obligation in AT_RECEIPT[case.kind]:
        duties += tuple(begin(duties, obligation, TODAY, profile(), received_on=TODAY, kind=case.kind))
    return duties


def circle(*duties: Duty, holds: frozenset[Compartment] = ALL) -> Circle:
    """Somebody who holds these compartments, today."""
    return Circle(holds, duties, profile(), TODAY)


def complete(step: Step, stage: Stage, **more: object) -> MoveCase:
    """A move with all that its row asks for."""
    days = {None: None, Day.NOT_COMING: TODAY, Day.ANY: TODAY, Day.COMING: TODAY + DAY, Day.MAYBE_COMING: None}
    given: dict[str, object] = {
        "from_stage": stage,
        "letter": from_staff("l1", note=step.letter is Letter.MINUTE),
        "reason": min(codes_of(profile(), step.reason)) if step.reason else None,
        "on": days[step.day],
        "category": "law" if step.move is Move.CLOSE else None,
    }
    return move(step.move, **(given | more))  # type: ignore[arg-type]


def allowed(verdict: Allowed | Refused) -> Allowed:
    """What becomes of it."""
    assert isinstance(verdict, Allowed), verdict
    return verdict


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("kind", Move)
def test_only_moves_in_the_table_exist(stage: Stage, kind: Move) -> None:
    """Every pair of stage and move leads where its row says, or nowhere."""
    case = case_at(stage)
    step = step_for(stage, kind, case.kind)
    if step is None:
        assert moved(case, move(kind, from_stage=stage), circle()) == Refused(Fault.NO_SUCH_MOVE)
    else:
        assert allowed(moved(case, complete(step, stage), circle())).case.stage is (step.to or stage)


@pytest.mark.parametrize("step", [step for step in LIFECYCLE if step.reason], ids=named)
@pytest.mark.parametrize("reason", [None, "", "unheard_of"])
def test_a_reason_comes_from_the_list_of_its_row(step: Step, reason: str | None) -> None:
    """Free text, blanks and nothing at all are no reasons, and nothing moves without one."""
    stage, kind = min(step.stages), min(step.kinds)
    sent = complete(step, stage, reason=reason)
    assert moved(case_at(stage, kind), sent, circle()) == Refused(Fault.REASON_NEEDED)


@pytest.mark.parametrize("step", LIFECYCLE, ids=named)
def test_a_notice_is_left_out_on_listed_grounds_only(step: Step) -> None:
    """Acceptance knows exceptions and no ground; a minute is told to nobody, so nothing is left out."""
    stage, kind = min(step.stages), min(step.kinds)
    for name in (CodeList.GROUND, CodeList.EXCEPTION):
        code = min(codes_of(profile(), name))
        sent = complete(step, stage, letter=from_staff("l1", note=True), unsaid=code)
        verdict = moved(case_at(stage, kind), sent, circle())
        assert (verdict == Refused(Fault.NOT_UNSAID)) is (name not in step.unsaid)
    if step.letter is Letter.NOTICE:
        silent = complete(step, stage, letter=from_staff("l1", note=True))
        assert moved(case_at(stage, kind), silent, circle()) == Refused(Fault.NOT_UNSAID)


def test_acceptance_knows_no_ground_for_withholding() -> None:
    """Guidelines 3(1)iv names none; 3(1)ii excepts."""
    step = step_for(Stage.RECEIVED, Move.ACCEPT, CaseKind.REPORT)
    assert step is not None
    assert step.unsaid == {CodeList.EXCEPTION}


@pytest.mark.parametrize("step", [step for step in LIFECYCLE if step.day], ids=named)
def test_a_day_that_cannot_be_is_refused(step: Step) -> None:
    """A measure was not taken tomorrow, and no end is expected yesterday."""
    stage, kind = min(step.stages), min(step.kinds)
    wrong = {
        Day.COMING: (None, TODAY, TODAY - DAY),
        Day.MAYBE_COMING: (TODAY, TODAY - DAY),
        Day.NOT_COMING: (None, TODAY + DAY),
        Day.ANY: (None,),
    }
    assert step.day is not None
    for day in wrong[step.day]:
        assert moved(case_at(stage, kind), complete(step, stage, on=day), circle()) == Refused(Fault.DATE_NEEDED)


def test_a_stage_that_has_changed_meanwhile_is_said_so() -> None:
    """Of two members who decide at once, the second is told to look again."""
    decided = allowed(moved(case_at(), move(), circle())).case
    late = move(Move.DECLINE, "no_facts", letter=from_staff("late", seen=1))
    assert moved(decided, late, circle()) == Refused(Fault.CHANGED_MEANWHILE)


def test_who_cannot_read_the_facts_does_not_decide() -> None:
    """A grant for the masked version is no seat at the desk."""
    masked = circle(holds=frozenset({Compartment.MASKED}))
    assert moved(case_at(), move(), masked) == Refused(Fault.NOT_ALLOWED)


def test_a_decision_over_an_unseen_letter_is_refused() -> None:
    """The reporter has just written: read it first."""
    assert moved(joined(case_at()), move(), circle()) == Refused(Fault.CHANGED_MEANWHILE)


def test_nothing_is_moved_while_something_waits_for_approval() -> None:
    """The letter that waits is the next of the thread."""
    assert moved(replace(case_at(), waiting=True), move(), circle()) == Refused(Fault.WAITING)


def test_acceptance_ends_one_duty_and_begins_the_promise_of_an_end() -> None:
    """From acceptance on the desk owes an end within the period, and to say whether it will investigate."""
    case = case_at()
    verdict = allowed(moved(case, move(), circle(*duties_of(case))))
    after = {duty.obligation: duty for duty in merged(duties_of(case), verdict.duties)}
    assert after[Obligation.DECIDE_ACCEPTANCE].ending is Ending.DONE
    assert after[Obligation.DECIDE_INVESTIGATION].ended_on is None
    assert verdict.case.expected_on == after[Obligation.FINISH].due_on
    assert verdict.case.owes is Obligation.DECIDE_INVESTIGATION


def test_an_expected_end_takes_the_place_of_the_standard_period_and_can_be_changed() -> None:
    """The reporter is told the day, and a change is a move of its own."""
    first, second = TODAY + 40 * DAY, TODAY + 70 * DAY
    case = allowed(moved(case_at(), move(on=first), circle())).case
    assert case.expected_on == first
    accepted = allowed(moved(case_at(), move(on=first), circle()))
    later = move(Move.CHANGE_PERIOD, from_stage=Stage.ACCEPTED, on=second, letter=from_staff("l2", seen=1))
    changed = allowed(moved(case, later, circle(*accepted.duties)))
    assert (changed.case.expected_on, [duty.due_on for duty in changed.duties]) == (second, [second])


def test_a_decision_left_unsaid_is_not_taken_for_a_notice() -> None:
    """What was owed to the reporter ended on a ground, and that is how it stands there."""
    case = case_at(Stage.ACCEPTED)
    step = step_for(Stage.ACCEPTED, Move.INVESTIGATE, CaseKind.REPORT)
    assert step is not None
    sent = complete(step, Stage.ACCEPTED, letter=from_staff("l1", note=True), unsaid="secrets")
    verdict = allowed(moved(case, sent, circle(*duties_of(case))))
    ended = [duty.ending for duty in verdict.duties if duty.obligation is Obligation.DECIDE_INVESTIGATION]
    assert ended == [Ending.UNSAID]


def test_check_ins_begin_at_the_end_of_handling() -> None:
    """After one, three, six and twelve months."""
    step = step_for(Stage.MEASURES, Move.CLOSE, CaseKind.REPORT)
    assert step is not None
    verdict = allowed(moved(case_at(Stage.MEASURES), complete(step, Stage.MEASURES), circle()))
    begun = [duty.obligation for duty in verdict.duties]
    assert begun.count(Obligation.CHECK_IN) == 4
    assert {Obligation.REVIEW, Obligation.DECIDE_DESTRUCTION} < set(begun)
    assert verdict.case.ended_on == TODAY


def test_a_case_is_closed_under_one_of_the_organs_categories() -> None:
    """It is counted, and no other move takes one."""
    step = step_for(Stage.CONCLUDED, Move.CLOSE, CaseKind.REPORT)
    assert step is not None
    for category in (None, "unheard_of"):
        sent = complete(step, Stage.CONCLUDED, category=category)
        assert moved(case_at(Stage.CONCLUDED), sent, circle()) == Refused(Fault.CATEGORY_NEEDED)
    assert moved(case_at(), move(category="law"), circle()) == Refused(Fault.CATEGORY_NEEDED)


def test_an_approach_record_is_filed_once_it_is_confirmed() -> None:
    """Read back, reconfirmed by whoever spoke, confirmed by the minister; not before."""
    case = case_at(kind=CaseKind.APPROACH)
    duties = duties_of(case)
    filing = move(Move.FILE_RECORD, letter=from_staff("l9", note=True), on=TODAY)
    assert moved(case, filing, circle(*duties)) == Refused(Fault.NOT_YET)
    for kind in (Move.READ_BACK, Move.RECORD_RECONFIRMATION, Move.RECORD_MINISTER):
        step = step_for(case.stage, kind, case.kind)
        assert step is not None
        sent = complete(step, case.stage, letter=from_staff(kind.value, seen=case.letters, note=True))
        verdict = allowed(moved(case, sent, circle(*duties)))
        case, duties = verdict.case, merged(duties, verdict.duties)
    filed = replace(filing, letter=from_staff("l9", seen=case.letters, note=True))
    assert allowed(moved(case, filed, circle(*duties))).case.stage is Stage.CLOSED


def test_a_consultation_that_becomes_a_report_is_owed_what_reports_are() -> None:
    """The thread goes on; from now on a decision is owed."""
    case = case_at(kind=CaseKind.CONSULTATION)
    verdict = allowed(moved(case, move(Move.BECOME_REPORT), circle(*duties_of(case))))
    assert verdict.case.kind is CaseKind.REPORT
    still_owed = {duty.obligation for duty in merged(duties_of(case), verdict.duties) if duty.ended_on is None}
    assert still_owed == set(AT_RECEIPT[CaseKind.REPORT])


def test_no_end_is_promised_for_a_day_more_than_a_year_away() -> None:
    """It may be put off again when the day comes near; each time the reporter is told."""
    far = TODAY + 367 * DAY
    assert moved(case_at(), move(on=far), circle()) == Refused(Fault.DATE_NEEDED)
    later = move(Move.CHANGE_PERIOD, from_stage=Stage.ACCEPTED, on=far)
    assert moved(case_at(Stage.ACCEPTED), later, circle()) == Refused(Fault.DATE_NEEDED)


def test_a_violation_is_not_closed_before_measures_were_taken() -> None:
    """What an organ's policy says calls for measures (Guidelines 3(3)); any other finding may end a case."""
    step = step_for(Stage.CONCLUDED, Move.CLOSE, CaseKind.REPORT)
    assert step is not None
    sent = complete(step, Stage.CONCLUDED)
    found = replace(case_at(Stage.CONCLUDED), reason="violation")
    assert moved(found, sent, circle()) == Refused(Fault.NOT_YET)
    assert isinstance(moved(replace(found, reason="no_violation"), sent, circle()), Allowed)
