"""The cases of one organ: found by locator, submission or grant, kept as they become. Decides nothing."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, delete, func, insert, select, update

from backend.contract import (
    Alert,
    AlertKind,
    CaseFile,
    CaseLine,
    Compartment,
    Inbox,
    LogEntry,
    SealedPart,
    Side,
    Submission,
)
from backend.domain.case import Case
from backend.domain.letters import StoredLetter
from backend.storage import reading
from backend.storage import tables as t
from backend.storage.duties import SqlDuties
from backend.storage.grants import SqlGrants
from backend.storage.rows import Rows, of_organ, row_of, struct_of

_NUMBER: Final[BindParameter[str]] = bindparam("number")


def _case_where(*conditions: ColumnElement[bool]) -> Select[Any]:
    columns = [t.cases.c[name] for name in Case.__struct_fields__]
    return select(*columns).where(of_organ(t.cases), *conditions)


def _number_is(query: Select[Any]) -> ColumnElement[bool]:
    return t.cases.c.number.in_(query)


_GRANTED_TO: Final = (
    of_organ(t.grants),
    t.grants.c.case_number == _NUMBER,
    t.grants.c.holder == bindparam("holder"),
)
_BEHIND: Final = _case_where(
    _number_is(
        select(t.locators.c.case_number).where(of_organ(t.locators), t.locators.c.locator == bindparam("locator"))
    )
)
_SUBMITTED_AS: Final = _case_where(t.cases.c.submission_id == bindparam("submission_id"))
_GRANTED: Final = _case_where(
    t.cases.c.number == _NUMBER,
    t.cases.c.held.is_(False),
    _number_is(select(t.grants.c.case_number).where(*_GRANTED_TO)),
)
_COMPARTMENTS: Final = select(t.grants.c.compartment).where(*_GRANTED_TO)
_SIDE: Final = select(t.letters.c.side).where(
    of_organ(t.letters), t.letters.c.case_number == _NUMBER, t.letters.c.message_id == bindparam("message_id")
)
_IS_HELD: Final = select(t.held_letters.c.message_id).where(
    of_organ(t.held_letters),
    t.held_letters.c.case_number == _NUMBER,
    t.held_letters.c.message_id == bindparam("message_id"),
)
_IS_PART: Final = select(t.parts.c.part_id).where(
    of_organ(t.parts), t.parts.c.case_number == _NUMBER, t.parts.c.part_id == bindparam("message_id")
)
_ANSWERS: Final = select(func.count().label("many")).where(
    of_organ(t.letters), t.letters.c.case_number == _NUMBER, t.letters.c.for_reporter.is_not(None)
)
_SAVE: Final = (
    update(t.cases)
    .where(of_organ(t.cases), t.cases.c.number == bindparam("case_number"))
    .values({name: bindparam(f"new_{name}") for name in Case.__struct_fields__ if name != "number"})
)
_ADD_PART: Final = insert(t.parts)
_DROP_ALERT: Final = delete(t.alerts).where(
    of_organ(t.alerts),
    t.alerts.c.case_number == _NUMBER,
    t.alerts.c.staff_id == bindparam("staff_id"),
    t.alerts.c.what == bindparam("what"),
)
_ADD_ALERT: Final = insert(t.alerts)
_ADD_LETTER: Final = insert(t.letters)
_ADD_ENTRY: Final = insert(t.log)


class SqlCases:
    """`ports.Cases` over rows."""

    def __init__(self, rows: Rows, grants: SqlGrants) -> None:
        """Work inside the transaction of these rows; what a grant is passes through the one door to them."""
        self._rows: Final = rows
        self._grants: Final = grants

    def behind(self, locator: bytes) -> Case | None:
        """The case that a locator leads to."""
        return self._case(_BEHIND, locator=locator)

    def submitted_as(self, submission_id: str) -> Case | None:
        """The case that a submission has become."""
        return self._case(_SUBMITTED_AS, submission_id=submission_id)

    def granted(self, number: str, holder: str) -> Case | None:
        """The case, if this holder has a grant in it."""
        return self._case(_GRANTED, number=number, holder=holder)

    def compartments(self, number: str, holder: str) -> Collection[Compartment]:
        """The compartments that this holder has grants for."""
        held = self._rows.every(_COMPARTMENTS, number=number, holder=holder)
        return {Compartment(row.compartment) for row in held}

    def add(self, case: Case) -> bool:
        """Keep a new case, unless its submission or number is taken."""
        if self._rows.add_if_new(t.cases, row_of(case, erasure_id=self._grants.begin(case.number))):
            return True
        self._grants.let_go(case.number)
        return False

    def fill(self, case: Case, sent: Submission) -> bool:
        """Put in what came with the report, unless the locator leads elsewhere."""
        number = {"case_number": case.number}
        if not self._rows.add_if_new(t.locators, {"locator": sent.locator, **number}):
            return False
        self._rows.add(_ADD_PART, *(row_of(part, **number) for part in sent.parts))
        self._grants.add_grants(case.number, sent.grants)
        return True

    def save(self, case: Case) -> None:
        """Keep a case as it has become."""
        values = {f"new_{name}": value for name, value in row_of(case).items() if name != "number"}
        self._rows.run(_SAVE, case_number=case.number, **values)

    def side_of(self, number: str, message_id: str) -> Side | None:
        """Whose letter bears that id."""
        row = self._rows.look(_SIDE, number=number, message_id=message_id)
        if row is not None:
            return Side(row.side)
        # Only what reporters write is ever held; no part that staff make bears an id of the reporter's drawing.
        theirs = (self._rows.look(each, number=number, message_id=message_id) for each in (_IS_HELD, _IS_PART))
        return Side.REPORTER if any(row is not None for row in theirs) else None

    def alert(self, number: str, staff_id: str, what: AlertKind, on: date) -> None:
        """Put an alert in the place of an older one of the same kind."""
        self._rows.run(_DROP_ALERT, number=number, staff_id=staff_id, what=what)
        self._rows.add(_ADD_ALERT, {"case_number": number, "staff_id": staff_id, "what": what, "on": on})

    def add_letter(self, number: str, letter: StoredLetter) -> None:
        """Put a letter into the thread."""
        self._rows.add(_ADD_LETTER, row_of(letter, case_number=number))

    def add_part(self, number: str, part: SealedPart) -> None:
        """Put a part in."""
        self._rows.add(_ADD_PART, row_of(part, case_number=number))

    def add_entry(self, number: str, link: LogEntry) -> None:
        """Append to the log."""
        self._rows.add(_ADD_ENTRY, row_of(link, case_number=number))

    def inbox(self, locator: bytes) -> Inbox | None:
        """What the reporter may have."""
        return reading.inbox(self._rows, locator)

    def answers(self, number: str) -> int:
        """How many letters are for the reporter."""
        return sum(row.many for row in self._rows.every(_ANSWERS, number=number))

    def lines(self, holder: str) -> Sequence[CaseLine]:
        """What a staff member sees first."""
        return reading.lines(self._rows, holder)

    def alerts(self, holder: str) -> Sequence[Alert]:
        """What an executive or deputy is told."""
        return reading.alerts(self._rows, holder)

    def file(self, number: str, holder: str) -> CaseFile | None:
        """What a holder may have of a case."""
        grants = self._grants.grants_of(number, holder)
        return reading.case_file(self._rows, number, holder, grants, SqlDuties(self._rows).of(number))

    def _case(self, query: Select[Any], **given: object) -> Case | None:
        row = self._rows.take(query, **given)
        return None if row is None else struct_of(row, Case)
