"""How long a case is kept, who may stop or confirm its destruction, and what is left of it.

Nothing is destroyed because a day has come: then a decision is owed, and whoever oversees the case makes it (Guidelines
5(1)). Nothing here deletes anything; `commands/destroying.py` does, once it is allowed here.
"""

from calendar import isleap
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final

import msgspec

from backend.contract import CodeList, Duty, Escalation, Fault, LogEntry, Obligation, Policy, Stage
from backend.domain.case import Case, Refused
from backend.domain.obligations import BY_ITSELF, open_duties
from backend.domain.oversight import Watch, oversees
from backend.domain.policy import codes_of, years_preserved
from backend.domain.statistics import days_of, half_of

#: What does not stand in the way of a decision: where all readers have left, nobody can give or renew keys any more.
_NOT_IN_THE_WAY: Final = BY_ITSELF | {Obligation.RENEW_KEYS, Obligation.REASSIGN}

_FEBRUARY: Final = 2
_LEAP_DAY: Final = 29


class Keeping(StrEnum):
    """Acts on a case's keeping; the words stand in its log, the last of them as the receipt."""

    HELD = "held"
    RELEASED = "hold_released"
    TRANSFERRED = "transferred"
    DESTROYED = "destroyed"


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """A case may not be destroyed: why, since when, and who said so."""

    code: str
    since: date
    set_by: str


class Transfer(msgspec.Struct, frozen=True, kw_only=True):
    """An archive has a copy of the case."""

    archive: str
    on: date
    by: str


def decides(case: Case, watch: Watch) -> bool:
    """Tell whether somebody decides about a case: whoever oversees it today.

    Where executive and deputy are both kept out, whoever answers for the case decides.
    """
    if case.overseer is None and case.stand_in is None:
        return case.owner == watch.staff_id
    return oversees(case, watch)


def may_hold(case: Case, watch: Watch) -> bool:
    """Tell whether somebody may set or release a hold: who answers for the case, or who decides about it."""
    return case.owner == watch.staff_id or decides(case, watch)


def held(code: str, policy: Policy, on: date, by: str) -> Hold | Refused:
    """A hold with a code of the organ's list."""
    if code not in codes_of(policy, CodeList.HOLD):
        return Refused(Fault.REASON_NEEDED)
    return Hold(code=code, since=on, set_by=by)


def decidable(case: Case, hold: Hold | None, duties: Iterable[Duty], policy: Policy, today: date) -> Refused | None:
    """Refuse a decision while the case is on hold, before its period is over, or while something else is owed on it.

    Keys that are owed do not count: what is destroyed is read by nobody.
    """
    if hold is not None:
        return Refused(Fault.ON_HOLD)
    still_open = open_duties(duties)
    decision = next((duty for duty in still_open if duty.obligation is Obligation.DECIDE_DESTRUCTION), None)
    others = [duty for duty in still_open if duty is not decision and duty.obligation not in _NOT_IN_THE_WAY]
    if decision is None or others or today < _over_on(decision, years_preserved(policy, case.kind)):
        return Refused(Fault.NOT_YET)
    return None


def remains(case: Case, receipt: LogEntry, year_begins: int) -> Case:
    """What is left of a destroyed case: that it was, in which half of the organ's year it came in, the end of its log.

    The submission id stays: the log begins with it, and by it the case is known again if a backup brings it back.
    """
    first_of_half, _ = days_of(half_of(case.received_on, year_begins))
    return Case(
        number=case.number,
        submission_id=case.submission_id,
        desk=case.desk,
        kind=case.kind,
        stage=Stage.DESTROYED,
        received_on=first_of_half,
        due_on=None,
        escalation=Escalation.NONE,
        reason=None,
        card=b"",
        card_version=0,
        mailbox=None,
        letters=0,
        awaits_answer=False,
        held=False,
        # Who decided may ask for the receipt again.
        overseer=case.overseer,
        stand_in=case.stand_in,
        owner=case.owner if case.overseer is case.stand_in is None else None,
        log_length=receipt.sequence + 1,
        log_head=receipt.entry_hash,
    )


def _over_on(decision: Duty, years: int | None) -> date:
    """The first day on which a period is over: never before the duty is due, nor before the years have passed.

    What falls due moves back to an open day; a case does not. An organ that makes its periods longer means old cases
    too; one that makes them shorter does not.
    """
    if years is None:
        return decision.due_on
    begun, year = decision.begun_on, decision.begun_on.year + years
    if (begun.month, begun.day) == (_FEBRUARY, _LEAP_DAY) and not isleap(year):
        return max(decision.due_on, date(year, 3, 1))
    return max(decision.due_on, begun.replace(year=year))
