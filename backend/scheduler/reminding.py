"""What staff and overseers are told by the clock: of what falls due, of what is late, of reporters nobody can reach.

Each is an act on one organ's rows, as `rounds.py` has them; what it has done it marks, and so knows it again.
"""

from datetime import date, timedelta
from typing import Final

from msgspec.structs import replace

from backend.contract import AlertKind, Duty, Obligation
from backend.domain.case import Case
from backend.domain.obligations import BY_ITSELF
from backend.ports import Circumstances, Mark, Work

#: What somebody must do.
_BY_HAND: Final = frozenset(Obligation) - BY_ITSELF


def remind(work: Work, at: Circumstances) -> int:
    """Remind those who owe something of what falls due soon; in how many cases."""
    until = at.today + timedelta(days=work.policy.remind_before)
    cases = work.dues.on(Mark.REMINDED, _BY_HAND, until)
    for case in cases:
        _mark(work, case, Mark.REMINDED, until, at.today)
    return len(cases)


def escalate(work: Work, at: Circumstances) -> int:
    """Tell whoever oversees a case that something on it is late; of how many cases."""
    until = at.today - timedelta(days=work.policy.escalate_after)
    cases = work.dues.on(Mark.ESCALATED, _BY_HAND, until)
    for case in cases:
        _mark(work, case, Mark.ESCALATED, until, at.today)
        _alert(work, case, AlertKind.OVERDUE, at.today)
    return len(cases)


def warn(work: Work, at: Circumstances) -> int:
    """Tell whoever oversees a case that its reporter wanted to be told, and cannot be reached; of how many cases."""
    cases = work.dues.unreached()
    for case in cases:
        work.outbox.alerted(case.number)
        _alert(work, case, AlertKind.UNDELIVERED, at.today)
    return len(cases)


def _mark(work: Work, case: Case, mark: Mark, until: date, today: date) -> None:
    meant = [duty for duty in work.duties.of(case.number) if _is_meant(duty, mark, until)]
    work.duties.keep(case.number, [replace(duty, **{mark.value: today}) for duty in meant])


def _is_meant(duty: Duty, mark: Mark, until: date) -> bool:
    is_open = duty.ended_on is None and duty.obligation in _BY_HAND
    return is_open and duty.due_on <= until and getattr(duty, mark) is None


def _alert(work: Work, case: Case, what: AlertKind, today: date) -> None:
    # A case that is kept from both executive and deputy has nobody to be told.
    if case.overseer is not None:
        work.cases.alert(case.number, case.overseer, what, today)
