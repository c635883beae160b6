"""Whether a move may be made, and what becomes of the case and of what is owed on it by the move.

All rules stand in the tables of `lifecycle.py` and `obligations.py` and in the organ's policy; here they are applied.
"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Final

import msgspec
from msgspec.structs import replace

from backend.contract import Compartment, Duty, Ending, Fault, Move, MoveCase, Obligation, Policy, Stage
from backend.domain.case import Allowed, Case, Refused, answered, settled
from backend.domain.lifecycle import ENDED, step_for
from backend.domain.obligations import AT_RECEIPT, begin, end, merged, open_duties, put_off
from backend.domain.policy import codes_of
from backend.domain.steps import Day, Letter, Step

#: A case that takes longer is put off once more, and its reporter told once more.
_LONGEST_PROMISE: Final = timedelta(days=366)


class Circle(msgspec.Struct, frozen=True):
    """What a move is judged by, beside the case and the move."""

    #: Compartments that the mover has a grant for.
    holds: Collection[Compartment]
    duties: Sequence[Duty]
    policy: Policy
    today: date


def moved(case: Case, sent: MoveCase, circle: Circle) -> Allowed | Refused:
    """Staff move the case with its letter: the case as it becomes, with the duties that changed."""
    if sent.from_stage != case.stage:
        return Refused(Fault.CHANGED_MEANWHILE)
    step = step_for(case.stage, sent.move, case.kind)
    if step is None:
        return Refused(Fault.NO_SUCH_MOVE)
    if fault := _lacking(case, step, sent, circle):
        return Refused(fault)
    verdict = answered(case, sent.letter)
    if isinstance(verdict, Refused):
        return verdict
    changed = _duties(step, sent, case, circle)
    after = _became(verdict.case, step, sent, circle)
    # A promise that is given or changed is the day on which the end of handling falls due.
    all_duties = merged(circle.duties, changed)
    promised = next((d.due_on for d in open_duties(all_duties) if d.obligation is Obligation.FINISH), None)
    if step.to not in ENDED:
        after = replace(after, expected_on=promised or after.expected_on)
    return Allowed(settled(after, all_duties), sent.move, changed)


def _lacking(case: Case, step: Step, sent: MoveCase, circle: Circle) -> Fault | None:
    """What the move lacks of what its row asks for."""
    if step.needs not in circle.holds:
        return Fault.NOT_ALLOWED
    if _comes_too_early(case, step, circle):
        return Fault.NOT_YET
    if not _is_reasoned(step, sent, circle.policy):
        return Fault.REASON_NEEDED
    if not _is_told(step, sent, circle.policy):
        return Fault.NOT_UNSAID
    if not _is_dated(step, sent, circle.today) or _is_put_off_too_far(sent, circle.today):
        return Fault.DATE_NEEDED
    return None if _is_classified(sent, circle.policy) else Fault.CATEGORY_NEEDED


def _comes_too_early(case: Case, step: Step, circle: Circle) -> bool:
    """Tell whether something must have ended before, or measures are called for that nobody has taken."""
    if any(duty.obligation in step.after for duty in open_duties(circle.duties)):
        return True
    is_unmended = case.stage is Stage.CONCLUDED and case.reason in circle.policy.needs_measures
    return step.move is Move.CLOSE and is_unmended


def _is_reasoned(step: Step, sent: MoveCase, policy: Policy) -> bool:
    return sent.reason is None if step.reason is None else sent.reason in codes_of(policy, step.reason)


def _is_told(step: Step, sent: MoveCase, policy: Policy) -> bool:
    """A notice is given, or left out on a ground that the row knows and the organ lists; a minute is for the desk."""
    is_given = sent.letter.for_reporter is not None
    if step.letter is Letter.MINUTE:
        return not is_given and sent.unsaid is None
    if is_given:
        return sent.unsaid is None
    return any(sent.unsaid in codes_of(policy, name) for name in step.unsaid)


def _is_dated(step: Step, sent: MoveCase, today: date) -> bool:
    match step.day:
        case None:
            return sent.on is None
        case Day.ANY:
            return sent.on is not None
        case Day.COMING:
            return sent.on is not None and sent.on > today
        case Day.MAYBE_COMING:
            return sent.on is None or sent.on > today
        case Day.NOT_COMING:
            return sent.on is not None and sent.on <= today


def _is_put_off_too_far(sent: MoveCase, today: date) -> bool:
    """Tell whether the end of handling is promised for a day so far off that it is no promise."""
    if sent.move not in {Move.ACCEPT, Move.CHANGE_PERIOD} or sent.on is None:
        return False
    return sent.on > today + _LONGEST_PROMISE


def _is_classified(sent: MoveCase, policy: Policy) -> bool:
    """At its end, and only then, a case is counted under one of the organ's categories, where it has any."""
    wants = sent.move is Move.CLOSE and bool(policy.categories)
    return sent.category in policy.categories if wants else sent.category is None


def _duties(step: Step, sent: MoveCase, case: Case, circle: Circle) -> tuple[Duty, ...]:
    """The duties that end, that are pointless now, and that begin."""
    how = Ending.UNSAID if sent.unsaid else Ending.DONE
    ended = end(circle.duties, step.ends, circle.today, how) + end(
        circle.duties, step.lapses, circle.today, Ending.LAPSED
    )
    known = merged(circle.duties, ended)
    begun: list[Duty] = []
    for obligation in (*step.begins, *(AT_RECEIPT[step.becomes] if step.becomes else ())):
        due = sent.on if obligation is Obligation.FINISH and step.day is Day.MAYBE_COMING else None
        begun += begin(
            known, obligation, circle.today, circle.policy, received_on=case.received_on, kind=case.kind, due=due
        )
    if sent.move is Move.CHANGE_PERIOD and sent.on is not None:
        begun += put_off(circle.duties, Obligation.FINISH, sent.on)
    return (*ended, *begun)


def _became(case: Case, step: Step, sent: MoveCase, circle: Circle) -> Case:
    case = replace(case, kind=step.becomes or case.kind)
    if step.to is None:
        return case
    return replace(
        case,
        stage=step.to,
        reason=sent.reason,
        ended_on=(case.ended_on or circle.today) if step.to in ENDED else None,
    )
