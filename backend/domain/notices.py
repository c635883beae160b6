"""What the mechanism tells a reporter, decided from dates and from what the organ has set.

Holds no words: a notice is a kind with days, counts and codes. What the law says is chosen by the day of receipt, so
that a case keeps what was so on its day.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from backend.contract import (
    AnswerCheckIn,
    CheckInAnswer,
    Concern,
    Duty,
    Law,
    LawTopic,
    Move,
    NoticeKind,
    Obligation,
    Policy,
    StandardNotice,
)
from backend.domain.case import Case
from backend.domain.lifecycle import PROMISED
from backend.domain.obligations import open_duties
from backend.domain.policy import period_of

#: What the reporter is told at receipt, by the name under which it is told.
_TOLD_AT_RECEIPT: Final = {
    "decide_on": (Obligation.DECIDE_ACCEPTANCE,),
    "investigate_on": (Obligation.DECIDE_INVESTIGATION,),
    "answer_on": (Obligation.ANSWER_FEEDBACK, Obligation.RELIEVE),
}


#: Moves whose own notice names the day, signed by the desk.
_SAY_THE_END: Final = frozenset({Move.ACCEPT, Move.CHANGE_PERIOD})


def laws_in_force(policy: Policy, received_on: date) -> dict[LawTopic, Law]:
    """What the law says for a case of a day, by topic; the newest that was so then."""
    known = sorted((law for law in policy.laws if law.since <= received_on), key=lambda law: law.since)
    return {law.topic: law for law in known}


def days_at_receipt(case: Case, duties: Iterable[Duty], policy: Policy) -> dict[str, str]:
    """By when what will be decided or answered, and how long handling takes as a rule; empty where nothing is owed."""
    due = {duty.obligation: duty.due_on.isoformat() for duty in open_duties(duties)}
    told = {name: due[each] for name, several in _TOLD_AT_RECEIPT.items() for each in several if each in due}
    period = period_of(policy, Obligation.FINISH, case.received_on)
    if "decide_on" in told and period is not None:
        told |= {"count": str(period.counts[0]), "unit": period.unit.value}
    return told


def expected_by(move: Move, after: Case, changed: Iterable[Duty]) -> NoticeKind | None:
    """The notice that says by when handling is expected to end, if a move has begun that promise without saying so."""
    if move in _SAY_THE_END:
        return None
    is_promised = any(duty.obligation is Obligation.FINISH and duty.ended_on is None for duty in changed)
    if not is_promised or after.expected_on is None or after.stage not in PROMISED:
        return None
    return NoticeKind.EXPECTED


def fewest_days(policy: Policy) -> int | None:
    """After how many days without a decision on an investigation something is told at the earliest; none: never."""
    return min((law.days for law in policy.laws if law.topic is LawTopic.ELSEWHERE and law.days), default=None)


def is_well_answered(sent: AnswerCheckIn) -> bool:
    """Tell whether an answer to a check-in has the letter that it must have, and no other."""
    if sent.letter is None:
        return sent.answer is not CheckInAnswer.BADLY
    is_meant = sent.letter.locator == sent.locator and sent.letter.concern is Concern.RETALIATION
    return is_meant and sent.answer is CheckInAnswer.BADLY


def next_notice(before: Sequence[StandardNotice], kind: NoticeKind, on: date, params: dict[str, str]) -> StandardNotice:
    """A notice that follows those there are."""
    number = 1 + sum(notice.kind is kind for notice in before)
    return StandardNotice(notice_id=f"{kind}-{number}", kind=kind, on=on, params=params)
