"""What whoever oversees is shown, and what the auditor may read. Nothing here opens a case or needs a key.

An auditor reads logs and figures; an overseer sees the cases they oversee, and of outside counsel's that they exist.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from backend.contract import Alert, Fault, Office
from backend.contract.oversight import LogHeads, OverseenLine, Overview
from backend.domain.case import Case, Refused
from backend.domain.oversight import (
    Watch,
    counted,
    external_line,
    gaps,
    in_order,
    is_open,
    may_oversee,
    next_due,
    overseen_line,
    oversees,
)
from backend.domain.people import holds
from backend.domain.proposals import is_external
from backend.domain.responsibility import Surroundings, needs_of, present
from backend.ports import Work


def overview(work: Work, today: date, staff_id: str) -> Overview | Refused:
    """All cases that somebody oversees, what falls due first on top; their absent executive's too, for a stand-in."""
    watch = _watch(work, today, staff_id)
    if not may_oversee(watch):
        return Refused(Fault.NOT_ALLOWED)
    cases = [case for case in work.oversight.cases((staff_id, *watch.away)) if oversees(case, watch)]
    inside = [case for case in cases if not is_external(watch.published, case.desk)]
    external = sorted((case for case in cases if case not in inside), key=lambda case: case.number)
    lines = in_order(_lines(work, watch, inside, today))
    outside = tuple(external_line(case) for case in external)
    return Overview(
        counts=counted(lines, outside, today),
        cases=lines,
        external=outside,
        proposals=tuple(work.proposals.waiting([case.number for case in inside])),
        alerts=tuple(_alerts(work, watch, {case.number for case in cases})),
        absences=tuple(work.absences.since(today)),
        gaps=gaps(watch.published, _acknowledged(work, watch), today),
    )


def log_heads(work: Work, staff_id: str) -> LogHeads | Refused:
    """How far the log of every case goes, for the auditor: no stage, no desk, no content."""
    if not holds(work.rosters.published(), staff_id, Office.AUDITOR):
        return Refused(Fault.NOT_ALLOWED)
    return LogHeads(
        heads=tuple(work.oversight.heads()),
        absences=tuple(work.absences.since(date.min)),
        alerts=dict(work.oversight.alerts()),
    )


def _watch(work: Work, today: date, staff_id: str) -> Watch:
    return Watch(staff_id, work.rosters.published(), work.absences.on(today))


def _lines(work: Work, watch: Watch, cases: Sequence[Case], today: date) -> list[OverseenLine]:
    numbers = [case.number for case in cases]
    duties, holders = work.oversight.open_duties(numbers), work.oversight.holders(numbers)
    found = []
    for case in cases:
        duty = next_due(duties.get(case.number, ()), today)
        if is_open(case, duty):
            around = surroundings(work, watch.away, holders.get(case.number, ()), today)
            found.append(overseen_line(case, duty, needs_of(case, around)))
    return found


def surroundings(work: Work, away: Mapping[str, date], holders: Collection[str], today: date) -> Surroundings:
    """What is known of the people around a case."""
    published = work.rosters.published()
    return Surroundings(
        published=published,
        away=away,
        holders=present(holders, published),
        today=today,
        rotate_after=work.policy.rotate_after,
    )


def _alerts(work: Work, watch: Watch, numbers: Collection[str]) -> list[Alert]:
    """What the overseer is told; and a stand-in, of the cases in which they stand in."""
    others = (alert for who in watch.away if who != watch.staff_id for alert in work.cases.alerts(who))
    return [*work.cases.alerts(watch.staff_id), *(alert for alert in others if alert.case_number in numbers)]


def _acknowledged(work: Work, watch: Watch) -> dict[str, int]:
    people = watch.published.people if watch.published else ()
    return {person.staff_id: work.declarations.acknowledged(person.staff_id) for person in people}
