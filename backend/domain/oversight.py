"""Who oversees a case, and what they are shown of it: where it stands and what is owed, never what it says.

Whoever a case is kept from finds no trace of it here, in lines, in counts, or in what waits. Of outside counsel's cases
the organ sees no more than that they exist.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

import msgspec

from backend.contract import Duty, Obligation, Office, Person, Publication
from backend.contract.assigning import Need
from backend.contract.oversight import Counts, ExternalLine, Gaps, OverseenLine, TrainingGap
from backend.domain.case import Case
from backend.domain.lifecycle import ENDED
from backend.domain.obligations import BY_ITSELF, OWED_BY, open_duties
from backend.domain.people import holds
from backend.domain.proposals import is_external

#: Whoever holds one of these may oversee cases.
OVERSEERS: Final = (Office.EXECUTIVE, Office.DEPUTY)
#: Days before training runs out from which on it is shown: time enough to hold another one.
_SOON: Final = timedelta(days=30)
#: Whose training and whose reading of the rules count.
_HANDLERS: Final = (Office.STAFF, Office.EXECUTIVE, Office.DEPUTY)


class Watch(msgspec.Struct, frozen=True):
    """Who looks, at which organ, and who is away today until when."""

    staff_id: str
    published: Publication | None
    away: Mapping[str, date] = {}


def may_oversee(watch: Watch) -> bool:
    """Tell whether somebody holds an office that oversees."""
    return holds(watch.published, watch.staff_id, *OVERSEERS)


def oversees(case: Case, watch: Watch) -> bool:
    """Tell whether somebody oversees a case today: as its overseer, or in their place while they are away."""
    if case.held or not may_oversee(watch):
        return False
    stands_in = case.stand_in == watch.staff_id and case.overseer in watch.away
    return case.overseer == watch.staff_id or stands_in


def may_act(case: Case, watch: Watch) -> bool:
    """Tell whether somebody may do an overseer's acts on a case: not while it lies with outside counsel."""
    return oversees(case, watch) and not is_external(watch.published, case.desk)


def next_due(duties: Iterable[Duty], today: date) -> Duty | None:
    """What anybody owes next; whether a case is destroyed is no question before its day."""
    asked = (
        duty
        for duty in open_duties(duties)
        if duty.obligation not in BY_ITSELF
        and (duty.obligation is not Obligation.DECIDE_DESTRUCTION or duty.due_on <= today)
    )
    return next(asked, None)


def overseen_line(case: Case, duty: Duty | None, needs: tuple[Need, ...]) -> OverseenLine:
    """A case as its overseer sees it."""
    return OverseenLine(
        case_number=case.number,
        desk=case.desk,
        stage=case.stage,
        kind=case.kind,
        received_on=case.received_on,
        escalation=case.escalation,
        waiting=case.waiting,
        owes=duty.obligation if duty else None,
        owed_by=OWED_BY.get(duty.obligation, Office.STAFF) if duty else None,
        due_on=duty.due_on if duty else None,
        owner=case.owner,
        needs=needs,
    )


def is_open(case: Case, duty: Duty | None) -> bool:
    """Tell whether a case still asks something of somebody."""
    return case.stage not in ENDED or duty is not None


def in_order(lines: Iterable[OverseenLine]) -> tuple[OverseenLine, ...]:
    """What falls due first on top, what owes nothing last. Numbers are random and say nothing about who came first."""
    return tuple(sorted(lines, key=lambda line: (line.due_on or date.max, line.case_number)))


def external_line(case: Case) -> ExternalLine:
    """A case of outside counsel's as the organ sees it."""
    return ExternalLine(case_number=case.number, desk=case.desk)


def counted(lines: Sequence[OverseenLine], external: Collection[ExternalLine], today: date) -> Counts:
    """The overview in five figures."""
    return Counts(
        open=len(lines),
        overdue=sum(line.due_on is not None and line.due_on < today for line in lines),
        due_today=sum(line.due_on == today for line in lines),
        waiting=sum(line.waiting for line in lines),
        external=len(external),
    )


def gaps(published: Publication | None, acknowledged: Mapping[str, int], today: date) -> Gaps:
    """What the organ lacks: responsible persons, training that counts, rules that were read."""
    if published is None:
        return Gaps()
    handlers = [person for person in published.people if _handles(person, published)]
    untrained = (one for one in handlers if one.trained_until is None or one.trained_until < today + _SOON)
    return Gaps(
        departments=tuple(sorted(set(published.departments) - {person.department for person in published.people})),
        training=tuple(TrainingGap(staff_id=one.staff_id, until=one.trained_until) for one in untrained),
        rules_unread=tuple(
            one.staff_id for one in handlers if acknowledged.get(one.staff_id, 0) < published.rules.version
        ),
    )


def _handles(person: Person, published: Publication) -> bool:
    return Office.ADMINISTRATOR not in person.offices and holds(published, person.staff_id, *_HANDLERS)
