"""Whether somebody may go near a case now: what commands and questions ask before they give anything of it.

A key comes first: who has none hears that there is no such case. Then training, the organ's rules, and a declaration
for the phase that the case is in. Who comes with the recovery key is two people and none of the members: what they open
is logged, and whoever oversees is told.
"""

from datetime import date

from backend.contract import Fault
from backend.domain.case import Case, Refused
from backend.domain.holdings import RECOVERY
from backend.domain.lifecycle import PHASES
from backend.domain.secrecy import Readiness, person_of, unready
from backend.ports import Work


def refused(work: Work, today: date, case: Case, staff_id: str) -> Refused | None:
    """Why somebody who holds a key may not use it yet, if anything stands against it."""
    published = work.rosters.published()
    ready = Readiness(
        person=person_of(published, staff_id),
        rules=published.rules.version if published else 0,
        acknowledged=work.declarations.acknowledged(staff_id),
        declared=work.declarations.of(case.number, staff_id).get(PHASES[case.stage]) is False,
    )
    fault = unready(ready, today)
    return None if fault is None else Refused(fault)


def refused_to_read(work: Work, today: date, case: Case, staff_id: str) -> Refused | None:
    """The same for somebody who only reads; the recovery key may."""
    return None if staff_id == RECOVERY else refused(work, today, case, staff_id)


def admitted(work: Work, today: date, number: str, staff_id: str) -> Case | Refused:
    """The case, for a member who holds a key and may use it."""
    case = work.cases.granted(number, staff_id)
    if case is None:
        return Refused(Fault.NOT_FOUND)
    return refused(work, today, case, staff_id) or case
