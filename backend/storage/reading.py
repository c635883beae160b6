"""What people may have of cases, put together from rows: the reporter's inbox, a staff member's inbox, a case.

Read only. A person without a grant in a case finds no row of it, and of parts only those of compartments they hold.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec.structs import replace
from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, exists, or_, select

from backend.contract import (
    Alert,
    AlertKind,
    CaseFile,
    CaseLine,
    Compartment,
    Duty,
    FileLine,
    Inbox,
    Letter,
    LogEntry,
    Obligation,
    SealedGrant,
    SealedPart,
)
from backend.domain.obligations import BY_CONCERN, BY_ITSELF
from backend.storage import tables as t
from backend.storage.notices import notices_of
from backend.storage.rows import Rows, of_organ, struct_of

_NUMBER: Final[BindParameter[str]] = bindparam("number")
_HOLDER: Final[BindParameter[str]] = bindparam("holder")

#: What begins because the reporter wrote, or will be asked.
_OF_THE_REPORTER: Final = frozenset({*BY_CONCERN.values(), *BY_ITSELF})

_GRANTED_NUMBERS: Final = (
    select(t.grants.c.case_number).where(of_organ(t.grants), t.grants.c.holder == _HOLDER).distinct()
)
_READABLE: Final = _GRANTED_NUMBERS.where(t.grants.c.compartment == Compartment.FACTS.value)
_LINES: Final = (
    select(t.cases.c.number.label("case_number"), *(t.cases.c[name] for name in CaseLine.__struct_fields__[1:]))
    .where(of_organ(t.cases), t.cases.c.held.is_(False), t.cases.c.number.in_(_GRANTED_NUMBERS))
    # Case numbers are random, hence the last of these says nothing about who came first.
    .order_by(t.cases.c.due_on.is_(None), t.cases.c.due_on, t.cases.c.number)
)


def _is_open(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    of_the_case = (of_organ(t.duties), t.duties.c.case_number == t.alerts.c.case_number, t.duties.c.ended_on.is_(None))
    return exists().where(*of_the_case, *conditions)


#: An alert stands as long as what it tells of is open; kinds without a row stand for good.
_STILL_SO: Final[Mapping[AlertKind, ColumnElement[bool]]] = {
    AlertKind.OVERDUE: _is_open(t.duties.c.escalated_on.is_not(None)),
    AlertKind.CONCERN: _is_open(t.duties.c.obligation == Obligation.RELIEVE),
    AlertKind.NOBODY_LEFT: _is_open(t.duties.c.obligation == Obligation.REASSIGN),
}
_ALERTS: Final = (
    select(t.alerts.c.case_number, t.cases.c.desk, t.alerts.c.what, t.alerts.c.on)
    .join(t.cases, (t.cases.c.organ == t.alerts.c.organ) & (t.cases.c.number == t.alerts.c.case_number))
    .where(of_organ(t.alerts), t.alerts.c.staff_id == _HOLDER, t.cases.c.held.is_(False))
    .where(
        or_(
            t.alerts.c.what.not_in(list(_STILL_SO)),
            *(and_(t.alerts.c.what == what, is_open) for what, is_open in _STILL_SO.items()),
        )
    )
    .order_by(t.alerts.c.on, t.alerts.c.case_number, t.alerts.c.what)
)
_LINE: Final = _LINES.where(t.cases.c.number == _NUMBER)
_PARTS: Final = (
    select(*(t.parts.c[name] for name in SealedPart.__struct_fields__))
    .where(
        of_organ(t.parts),
        t.parts.c.case_number == _NUMBER,
        t.parts.c.compartment.in_(
            select(t.grants.c.compartment).where(
                of_organ(t.grants), t.grants.c.case_number == _NUMBER, t.grants.c.holder == _HOLDER
            )
        ),
    )
    .order_by(t.parts.c.compartment, t.parts.c.part_id)
)
_THREAD: Final = (
    select(t.letters.c.message_id, t.letters.c.side, t.letters.c.on, t.letters.c.for_desk.label("ciphertext"))
    .where(of_organ(t.letters), t.letters.c.case_number == _NUMBER)
    .order_by(t.letters.c.position)
)
_FOR_REPORTER: Final = (
    select(t.letters.c.message_id, t.letters.c.side, t.letters.c.on, t.letters.c.for_reporter.label("ciphertext"))
    .where(of_organ(t.letters), t.letters.c.case_number == _NUMBER, t.letters.c.for_reporter.is_not(None))
    .order_by(t.letters.c.position)
)
_FILES: Final = (
    select(t.files.c.file_id, t.files.c.size)
    .where(of_organ(t.files), t.files.c.case_number == _NUMBER, t.files.c.held.is_(False))
    .order_by(t.files.c.file_id)
)
_LOG: Final = (
    select(*(t.log.c[name] for name in LogEntry.__struct_fields__))
    .where(of_organ(t.log), t.log.c.case_number == _NUMBER)
    .order_by(t.log.c.sequence)
)
_INBOX_FIELDS: Final = (
    "submission_id", "stage", "desk", "received_on", "card", "card_version", "kind", "letters_read", "notices_read",
)  # fmt: skip
_IS_ANNOUNCING: Final = exists().where(of_organ(t.outbox), t.outbox.c.case_number == t.cases.c.number)
_INBOX: Final = (
    select(
        t.cases.c.number.label("case_number"),
        *(t.cases.c[name] for name in _INBOX_FIELDS),
        t.cases.c.mailbox.is_not(None).label("told"),
        _IS_ANNOUNCING.label("announcing"),
    )
    .join(t.locators, (t.locators.c.organ == t.cases.c.organ) & (t.locators.c.case_number == t.cases.c.number))
    .where(of_organ(t.locators), t.locators.c.locator == bindparam("locator"))
)


def inbox(rows: Rows, locator: bytes) -> Inbox | None:
    """What the reporter may have: answers and notices, never their own earlier words."""
    found = rows.look(_INBOX, locator=locator)
    if found is None:
        return None
    answers = rows.every(_FOR_REPORTER, number=found.case_number)
    return struct_of(
        found,
        Inbox,
        letters=tuple(struct_of(row, Letter) for row in answers),
        notices=tuple(notices_of(rows, found.case_number)),
    )


def lines(rows: Rows, holder: str) -> Sequence[CaseLine]:
    """A staff member's cases, what is due first on top."""
    readable = {row.case_number for row in rows.every(_READABLE, holder=holder)}
    found = (struct_of(row, CaseLine) for row in rows.every(_LINES, holder=holder))
    return [line if line.case_number in readable else _masked(line) for line in found]


def alerts(rows: Rows, holder: str) -> Sequence[Alert]:
    """Cases that went past their desk and of which this person is told."""
    return [struct_of(row, Alert) for row in rows.every(_ALERTS, holder=holder)]


def case_file(
    rows: Rows, number: str, holder: str, grants: Iterable[SealedGrant], duties: Iterable[Duty] = ()
) -> CaseFile | None:
    """All that a holder of a grant may have of a case."""
    found = rows.look(_LINE, number=number, holder=holder)
    if found is None:
        return None
    line, held = struct_of(found, CaseLine), tuple(grants)
    # Investigators have the masked version and nothing else (Guidelines 3(2)ii): the thread tells who the reporter is.
    has_facts = any(grant.compartment is Compartment.FACTS for grant in held)
    letters, files, log = (rows.every(each, number=number) if has_facts else () for each in (_THREAD, _FILES, _LOG))
    return CaseFile(
        line=line if has_facts else _masked(line),
        parts=tuple(struct_of(row, SealedPart) for row in rows.every(_PARTS, number=number, holder=holder)),
        grants=held,
        letters=tuple(struct_of(row, Letter) for row in letters),
        files=tuple(struct_of(row, FileLine) for row in files),
        log=tuple(struct_of(row, LogEntry) for row in log),
        seen=line.letters if has_facts else 0,
        duties=tuple(duty for duty in duties if has_facts or duty.obligation not in _OF_THE_REPORTER),
    )


def _masked(line: CaseLine) -> CaseLine:
    """A line that does not tell whether the reporter wrote."""
    is_theirs = line.owes in _OF_THE_REPORTER
    return replace(line, letters=0, awaits_answer=False, owes=None if is_theirs else line.owes)
