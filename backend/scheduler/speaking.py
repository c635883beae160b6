"""What reporters are told by the clock: how they are treated, that nobody has decided, that a promised day has passed.

Each is an act on one organ's rows, as `rounds.py` has them. A notice, and the mark by which it is known that it was
given, are one transaction. Several check-ins of a case that have come due meanwhile become one.
"""

from datetime import date, timedelta
from typing import Final

from msgspec.structs import replace

from backend.contract import CheckInAnswer, Duty, Ending, LawTopic, NoticeKind, Obligation
from backend.domain.case import Case
from backend.domain.lifecycle import PROMISED
from backend.domain.notices import fewest_days, laws_in_force
from backend.domain.obligations import end
from backend.notices import ask_no_more, tell_by_clock
from backend.ports import Circumstances, Mark, Work

_CHECK_IN: Final = frozenset({Obligation.CHECK_IN})
_DAY: Final = timedelta(days=1)


def check_in(work: Work, at: Circumstances) -> int:
    """Ask reporters how they are treated, once for all that has come due; in how many cases."""
    cases = work.dues.on(Mark.ENDED, _CHECK_IN, at.today)
    for case in cases:
        if any(notice.answered is CheckInAnswer.STOP for notice in work.notices.of(case.number)):
            ask_no_more(work, at, case)
            continue
        due = end(
            (duty for duty in work.duties.of(case.number) if duty.due_on <= at.today), _CHECK_IN, at.today, Ending.DONE
        )
        # A case may come up that another process has asked about since the cases were looked for.
        if due:
            work.duties.keep(case.number, due)
            tell_by_clock(work, at, case, NoticeKind.CHECK_IN, {})
    return len(cases)


def stop_asking(work: Work, at: Circumstances) -> int:
    """End the check-ins of reporters who want to be asked no more; in how many cases."""
    cases = work.dues.stopped()
    for case in cases:
        ask_no_more(work, at, case)
    return len(cases)


def tell_undecided(work: Work, at: Circumstances) -> int:
    """Tell reporters that the days are over within which an investigation is decided on; in how many cases."""
    days = fewest_days(work.policy)
    if days is None:
        return 0
    begun = at.today - timedelta(days=days + 1)
    cases = work.dues.on(Mark.TOLD, {Obligation.DECIDE_INVESTIGATION}, at.today - _DAY, begun)
    return sum(_told_undecided(work, at, case) for case in cases)


def tell_overrun(work: Work, at: Circumstances) -> int:
    """Tell reporters that the day has passed by which handling was expected to end; in how many cases."""
    cases = work.dues.on(Mark.TOLD, {Obligation.FINISH}, at.today - _DAY)
    return sum(_told_overrun(work, at, case) for case in cases)


def _told_undecided(work: Work, at: Circumstances, case: Case) -> bool:
    law = laws_in_force(work.policy, case.received_on).get(LawTopic.ELSEWHERE)
    late = _late(work, case, Obligation.DECIDE_INVESTIGATION, at.today)
    if law is None or law.days is None:
        _mark(work, at, case, late)
        return True
    # Counted in full, business day or not: so does the law.
    over = [duty for duty in late if duty.begun_on + timedelta(days=law.days) < at.today]
    _mark(work, at, case, over)
    if over:
        tell_by_clock(work, at, case, NoticeKind.UNDECIDED, {"days": str(law.days)})
    return bool(over)


def _told_overrun(work: Work, at: Circumstances, case: Case) -> bool:
    late = _late(work, case, Obligation.FINISH, at.today)
    _mark(work, at, case, late)
    # Nobody was promised a day for what was not accepted, nor for an answer.
    if late and case.stage in PROMISED:
        promised = max(duty.due_on for duty in late)
        tell_by_clock(work, at, case, NoticeKind.OVERRUN, {"expected_on": promised.isoformat()})
    return bool(late)


def _late(work: Work, case: Case, obligation: Obligation, today: date) -> list[Duty]:
    duties = [duty for duty in work.duties.of(case.number) if duty.obligation is obligation]
    return [duty for duty in duties if duty.ended_on is None and duty.told_on is None and duty.due_on < today]


def _mark(work: Work, at: Circumstances, case: Case, duties: list[Duty]) -> None:
    work.duties.keep(case.number, [replace(duty, told_on=at.today) for duty in duties])
