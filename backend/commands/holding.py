"""Legal holds: what may not be destroyed, and why. Each is logged with the case; a repeat leaves no second entry."""

from backend.commands.watching import watch_of
from backend.contract import Fault, HoldCase, Stage
from backend.domain.case import Case, Refused, recorded
from backend.domain.chain import fingerprint
from backend.domain.retention import Keeping, held, may_hold
from backend.ports import Circumstances, Work


def hold_case(work: Work, at: Circumstances, staff_id: str, number: str, sent: HoldCase) -> Refused | None:
    """Let nobody destroy a case, for a reason of the organ's list; in the place of an earlier reason."""
    case = _case(work, at, staff_id, number)
    if case is None:
        return Refused(Fault.NOT_FOUND)
    hold = held(sent.reason, work.policy, at.today, staff_id)
    if isinstance(hold, Refused):
        return hold
    present = work.retention.hold(number)
    if present is None or present.code != hold.code:
        work.retention.put_hold(number, hold)
        _record(work, at, case, Keeping.HELD, staff_id, hold.code)
    return None


def release_hold(work: Work, at: Circumstances, staff_id: str, number: str) -> Refused | None:
    """Let a case be destroyed again, once that is decided."""
    case = _case(work, at, staff_id, number)
    if case is None:
        return Refused(Fault.NOT_FOUND)
    present = work.retention.hold(number)
    if present is not None:
        work.retention.drop_hold(number)
        _record(work, at, case, Keeping.RELEASED, staff_id, present.code)
    return None


def _case(work: Work, at: Circumstances, staff_id: str, number: str) -> Case | None:
    """The case, if it still is one and this person may hold it; to anyone else there is none."""
    case = work.retention.case(number)
    if case is None or case.stage is Stage.DESTROYED or not may_hold(case, watch_of(work, at, staff_id)):
        return None
    return case


def _record(work: Work, at: Circumstances, case: Case, act: Keeping, staff_id: str, code: str) -> None:
    after, link = recorded(case, act, staff_id, at.today, fingerprint(code.encode()))
    work.cases.save(after)
    work.cases.add_entry(case.number, link)
