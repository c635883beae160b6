"""Materials on cases for the supervising agency: their course by weeks, what was owed, and the heads of their logs.

Whoever oversees a case may have its materials; auditors may have those of all. A case that is kept from the executive
is therefore not among what the executive can hand on, nor in its number; neither is one that lies with outside counsel.
Nor is it told that two cases belong together: a step on both sides of which one is hidden would tell of the other.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from backend.contract import Duty, Fault, LogEntry, Move, Office
from backend.contract.materials import CaseMaterial, MaterialDuty, Materials, MaterialStep
from backend.domain.case import Case, Refused
from backend.domain.chain import Act
from backend.domain.people import holds
from backend.domain.proposals import is_external
from backend.ports import Work

#: Acts that have another case to them, which may be kept from whoever reads of them.
_OF_TWO: Final = frozenset({Act.LINKED.value, Move.JOIN.value})


def materials(work: Work, staff_id: str) -> Materials | Refused:
    """The materials on all cases that this person may hand on."""
    published = work.rosters.published()
    if not holds(published, staff_id, Office.EXECUTIVE, Office.DEPUTY, Office.AUDITOR):
        return Refused(Fault.NOT_ALLOWED)
    if holds(published, staff_id, Office.AUDITOR):
        cases = work.materials.cases(None)
    else:
        cases = [case for case in work.materials.cases(staff_id) if not is_external(published, case.desk)]
    return Materials(
        cases=tuple(_material(case, work.materials.log(case.number), work.duties.of(case.number)) for case in cases)
    )


def _material(case: Case, log: Sequence[LogEntry], duties: Sequence[Duty]) -> CaseMaterial:
    return CaseMaterial(
        case_number=case.number,
        kind=case.kind,
        stage=case.stage,
        received=_week(case.received_on),
        ended=_maybe(case.ended_on),
        steps=tuple(MaterialStep(act=entry.act, week=_week(entry.on)) for entry in log if entry.act not in _OF_TWO),
        duties=tuple(_owed(duty) for duty in duties),
        log_length=case.log_length,
        log_head=case.log_head,
    )


def _owed(duty: Duty) -> MaterialDuty:
    return MaterialDuty(
        obligation=duty.obligation,
        begun=_week(duty.begun_on),
        due=_week(duty.due_on),
        ended=_maybe(duty.ended_on),
        ending=duty.ending,
    )


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _maybe(day: date | None) -> str | None:
    return None if day is None else _week(day)
