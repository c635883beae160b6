"""What whoever oversees does beside approving: checks of investigations, saying that they are away.

Whoever does not oversee a case hears that there is none.
"""

from backend.commands.handling import write_as_staff
from backend.contract import Compartment, Ending, Fault, Move, Obligation, Stage
from backend.contract.oversight import Absence, Check, DeclareAbsence, RecordCheck
from backend.domain import case as decisions
from backend.domain.case import Case, Refused
from backend.domain.chain import fingerprint
from backend.domain.obligations import begin, end, merged
from backend.domain.oversight import Watch, may_act
from backend.ports import Circumstances, Work


def watch_of(work: Work, at: Circumstances, staff_id: str) -> Watch:
    """Who looks, and who is away today."""
    return Watch(staff_id, work.rosters.published(), work.absences.on(at.today))


def overseen(work: Work, at: Circumstances, staff_id: str, number: str) -> Case | Refused:
    """The case, for whoever oversees it today and may act on it."""
    case = work.retention.case(number)
    if case is None or case.stage is Stage.DESTROYED or not may_act(case, watch_of(work, at, staff_id)):
        return Refused(Fault.NOT_FOUND)
    return case


def record_check(work: Work, at: Circumstances, staff_id: str, number: str, sent: RecordCheck) -> Refused | None:
    """Record a check of an investigation (Guidelines 3(2)iii), and let the next one be owed. A repeat changes nothing.

    Words come with it only from an overseer who holds a key to the facts, and stay at the desk.
    """
    case = overseen(work, at, staff_id, number)
    if isinstance(case, Refused):
        return case
    made = Check(check_id=sent.check_id, result=sent.result, on=at.today, by=staff_id)
    if any(check.check_id == sent.check_id for check in work.oversight.checks(number)):
        return None
    if case.stage is not Stage.INVESTIGATING:
        return Refused(Fault.NO_SUCH_MOVE)
    if sent.next_on is not None and sent.next_on <= at.today:
        return Refused(Fault.DATE_NEEDED)
    if refused := _noted(work, at, staff_id, number, sent):
        return refused
    work.oversight.add_check(number, made)
    _owe_next(work, at, staff_id, number, sent)
    return None


def declare_absence(work: Work, at: Circumstances, staff_id: str, sent: DeclareAbsence) -> Refused | None:
    """Note from when to when somebody is away; the last day may be moved, as long as nothing of it is over."""
    known = {absence.begins for absence in work.absences.of(staff_id)}
    begins_before = sent.begins < at.today and sent.begins not in known
    # Who is back already was away until yesterday at the latest.
    if begins_before or sent.ends < sent.begins or (sent.ends - at.today).days < -1:
        return Refused(Fault.DATE_NEEDED)
    work.absences.declare(Absence(staff_id=staff_id, begins=sent.begins, ends=sent.ends))
    return None


def _noted(work: Work, at: Circumstances, staff_id: str, number: str, sent: RecordCheck) -> Refused | None:
    if sent.letter is None:
        return None
    if Compartment.FACTS not in work.cases.compartments(number, staff_id) or sent.letter.for_reporter is not None:
        return Refused(Fault.NOT_ALLOWED)
    return write_as_staff(work, at, staff_id, number, sent.letter)


def _owe_next(work: Work, at: Circumstances, staff_id: str, number: str, sent: RecordCheck) -> None:
    case = work.retention.case(number)
    duties = work.duties.of(number)
    if case is None:  # pragma: no cover - it was there a moment ago, and is locked
        return
    ended = end(duties, (Obligation.CHECK_INVESTIGATION,), at.today, Ending.DONE)
    begun = begin(
        duties,
        Obligation.CHECK_INVESTIGATION,
        at.today,
        work.policy,
        received_on=case.received_on,
        kind=case.kind,
        due=sent.next_on,
    )
    work.duties.keep(number, (*ended, *begun))
    content = fingerprint(sent.result.encode(), str(sent.next_on or "").encode())
    settled = decisions.settled(case, merged(duties, (*ended, *begun)))
    after, link = decisions.recorded(settled, Move.RECORD_CHECK, staff_id, at.today, content)
    work.cases.save(after)
    work.cases.add_entry(number, link)
