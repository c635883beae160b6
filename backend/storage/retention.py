"""The keeping of one organ's cases as rows: holds, transfers, what is due for a decision, what is left in the end."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import BindParameter, Select, bindparam, delete, insert, select

from backend.contract import CaseKind, LogEntry, Obligation, PreservedLine
from backend.domain.case import Case
from backend.domain.erasure import mark_of
from backend.domain.retention import Hold, Transfer
from backend.ports.retention import Kept
from backend.storage import tables as t
from backend.storage.erasing import empty
from backend.storage.erasure import ErasureKeys
from backend.storage.rows import Rows, of_organ, row_of, struct_of

#: Cases that are gone through at once, and mailboxes that are handed to the bot at once.
_AT_ONCE: Final = 500

_NUMBER: Final[BindParameter[str]] = bindparam("number")
_CASE_COLUMNS: Final = tuple(t.cases.c[name] for name in Case.__struct_fields__)

_CASE: Final[Select[Any]] = select(*_CASE_COLUMNS).where(of_organ(t.cases), t.cases.c.number == _NUMBER)
_HOLD: Final[Select[Any]] = select(t.holds.c.code, t.holds.c.since, t.holds.c.set_by).where(
    of_organ(t.holds), t.holds.c.case_number == _NUMBER
)
_DROP_HOLD: Final = delete(t.holds).where(of_organ(t.holds), t.holds.c.case_number == _NUMBER)
_ADD_HOLD: Final = insert(t.holds)
_DROP_TRANSFER: Final = delete(t.transfers).where(of_organ(t.transfers), t.transfers.c.case_number == _NUMBER)
_ADD_TRANSFER: Final = insert(t.transfers)
_UNDECIDED: Final[Select[Any]] = (
    select(
        *_CASE_COLUMNS,
        t.duties.c.due_on.label("decide_by"),
        t.holds.c.code,
        t.holds.c.since,
        t.transfers.c.archive,
    )
    .join(t.duties, (t.duties.c.organ == t.cases.c.organ) & (t.duties.c.case_number == t.cases.c.number))
    .outerjoin(t.holds, (t.holds.c.organ == t.cases.c.organ) & (t.holds.c.case_number == t.cases.c.number))
    .outerjoin(t.transfers, (t.transfers.c.organ == t.cases.c.organ) & (t.transfers.c.case_number == t.cases.c.number))
    .where(
        of_organ(t.cases),
        of_organ(t.duties),
        t.duties.c.obligation == Obligation.DECIDE_DESTRUCTION.value,
        t.duties.c.ended_on.is_(None),
        t.duties.c.due_on <= bindparam("by"),
    )
    .order_by(t.duties.c.due_on, t.cases.c.number)
)
_RECEIPT: Final[Select[Any]] = (
    select(*(t.log.c[name] for name in LogEntry.__struct_fields__))
    .where(of_organ(t.log), t.log.c.case_number == _NUMBER)
    .order_by(t.log.c.sequence.desc())
    .limit(1)
)
_EVERY: Final[Select[Any]] = (
    select(t.cases.c.number, t.cases.c.submission_id, t.cases.c.stage, t.cases.c.erasure_id)
    .where(of_organ(t.cases), t.cases.c.number > bindparam("after"))
    .order_by(t.cases.c.number)
    .limit(_AT_ONCE)
)
_MAILBOXES: Final[Select[Any]] = (
    select(t.destroyed_mailboxes.c.mailbox)
    .where(of_organ(t.destroyed_mailboxes))
    .order_by(t.destroyed_mailboxes.c.mailbox)
    .limit(_AT_ONCE)
)
_FORGOTTEN: Final = delete(t.destroyed_mailboxes).where(
    of_organ(t.destroyed_mailboxes), t.destroyed_mailboxes.c.mailbox.in_(bindparam("mailboxes", expanding=True))
)
_ERASURE_ID: Final = select(t.cases.c.erasure_id).where(of_organ(t.cases), t.cases.c.number == _NUMBER)


class SqlRetention:
    """`ports.Retention` over rows."""

    def __init__(self, rows: Rows) -> None:
        """Work inside the transaction of these rows."""
        self._rows: Final = rows

    def case(self, number: str) -> Case | None:
        """A case, or what is left of it."""
        row = self._rows.take(_CASE, number=number)
        return None if row is None else struct_of(row, Case)

    def hold(self, number: str) -> Hold | None:
        """What stops the destruction."""
        row = self._rows.look(_HOLD, number=number)
        return None if row is None else struct_of(row, Hold)

    def put_hold(self, number: str, hold: Hold) -> None:
        """Keep a hold."""
        self.drop_hold(number)
        self._rows.add(_ADD_HOLD, row_of(hold, case_number=number))

    def drop_hold(self, number: str) -> None:
        """Release it."""
        self._rows.run(_DROP_HOLD, number=number)

    def put_transfer(self, number: str, transfer: Transfer) -> None:
        """Note where a case went."""
        self._rows.run(_DROP_TRANSFER, number=number)
        self._rows.add(_ADD_TRANSFER, row_of(transfer, case_number=number))

    def undecided(self, by: date) -> Sequence[tuple[Case, PreservedLine]]:
        """What somebody must decide about."""
        return [_preserved(row) for row in self._rows.every(_UNDECIDED, by=by)]

    def erase(self, case: Case) -> None:
        """Delete what there is; the mailbox, if there was one, is for the bot to forget."""
        empty(self._rows, case.number)
        if case.mailbox is not None:
            self._rows.add_if_new(t.destroyed_mailboxes, {"mailbox": case.mailbox})

    def receipt(self, number: str) -> LogEntry | None:
        """The last entry."""
        row = self._rows.look(_RECEIPT, number=number)
        return None if row is None else struct_of(row, LogEntry)

    def every(self, after: str) -> Sequence[Kept]:
        """The next cases."""
        return [struct_of(row, Kept) for row in self._rows.every(_EVERY, after=after)]

    def mailboxes(self) -> Sequence[str]:
        """What the bot must forget."""
        return [row.mailbox for row in self._rows.every(_MAILBOXES)]

    def forgotten(self, mailboxes: Sequence[str]) -> None:
        """What it has forgotten."""
        self._rows.run(_FORGOTTEN, mailboxes=list(mailboxes))


class SqlErasure:
    """`ports.Erasure`: keys by way of the cases that name them."""

    def __init__(self, rows: Rows, keys: ErasureKeys) -> None:
        """Look ids up in the transaction of these rows; keys know of no transaction."""
        self._rows: Final = rows
        self._keys: Final = keys

    def destroy(self, number: str, submission_id: str, receipt: LogEntry) -> LogEntry:
        """Destroy a case's key for good."""
        row = self._rows.look(_ERASURE_ID, number=number)
        erasure_id = None if row is None else row.erasure_id
        organ = self._rows.organ
        return self._keys.destroy(organ, erasure_id, mark_of(organ, submission_id), receipt)

    def receipts(self, submission_ids: Sequence[str]) -> Mapping[str, LogEntry]:
        """Which of these were destroyed."""
        marked = {mark_of(self._rows.organ, each): each for each in submission_ids}
        found = self._keys.receipts(self._rows.organ, list(marked))
        return {marked[mark]: receipt for mark, receipt in found.items()}

    def keyless(self, erasure_ids: Sequence[str]) -> Sequence[str]:
        """Which of these have no key."""
        present = self._keys.present(self._rows.organ, erasure_ids)
        return [each for each in erasure_ids if each not in present]


def _preserved(row: Any) -> tuple[Case, PreservedLine]:  # noqa: ANN401 - a row of `_UNDECIDED`
    line = PreservedLine(
        case_number=row.number,
        desk=row.desk,
        kind=CaseKind(row.kind),
        ended_on=row.ended_on,
        due_on=row.decide_by,
        hold=row.code,
        held_since=row.since,
        archive=row.archive,
    )
    return struct_of(row, Case), line
