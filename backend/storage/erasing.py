"""Deletes all there is of a case: every table with rows of cases is emptied of it, those that come later included.

What stays is named here, and a test asks of each table whether it is one or the other.
"""

from typing import Final

from sqlalchemy import BindParameter, Delete, Table, bindparam, delete, select

from backend.storage import tables as t
from backend.storage.rows import Rows, of_organ

_NUMBER: Final[BindParameter[str]] = bindparam("number")

#: The tombstone; its log, of which the last entry stays; where it was transferred to.
STAYS: Final = frozenset({t.cases, t.log, t.transfers})


def _of_case(table: Table) -> Delete:
    return delete(table).where(of_organ(table), table.c.case_number == _NUMBER)


#: Rows that others refer to go last.
EMPTIED: Final = tuple(
    table for table in reversed(t.metadata.sorted_tables) if "case_number" in table.c and table not in STAYS
)
_CONTENTS: Final = delete(t.file_contents).where(
    of_organ(t.file_contents),
    t.file_contents.c.file_id.in_(select(t.files.c.file_id).where(of_organ(t.files), t.files.c.case_number == _NUMBER)),
)
_STATEMENTS: Final = tuple(_of_case(table) for table in EMPTIED)
_EARLIER_ENTRIES: Final = delete(t.log).where(of_organ(t.log), t.log.c.case_number == _NUMBER)


def empty(rows: Rows, number: str) -> None:
    """Delete every row of a case but what stays, and its whole log: the caller adds the receipt again."""
    rows.run(_CONTENTS, number=number)
    for statement in _STATEMENTS:
        rows.run(statement, number=number)
    rows.run(_EARLIER_ENTRIES, number=number)
