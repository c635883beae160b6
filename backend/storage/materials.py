"""Cases as they are handed on for materials: rows of cases and logs, never of letters, parts or grants."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, select

from backend.contract import LogEntry
from backend.domain.case import Case
from backend.storage.rows import Rows, of_organ, struct_of
from backend.storage.tables.cases import cases
from backend.storage.tables.log import log

_ALL: Final = (
    select(*(cases.c[name] for name in Case.__struct_fields__))
    .where(of_organ(cases), cases.c.held.is_(False))
    .order_by(cases.c.number)
)
_OVERSEEN: Final = _ALL.where(cases.c.overseer == bindparam("overseer"))
_LOG: Final = (
    select(*(log.c[name] for name in LogEntry.__struct_fields__))
    .where(of_organ(log), log.c.case_number == bindparam("number"))
    .order_by(log.c.sequence)
)


class SqlMaterials:
    """`ports.CaseMaterials` over rows."""

    def __init__(self, rows: Rows) -> None:
        """Work inside the transaction of these rows."""
        self._rows: Final = rows

    def cases(self, overseer: str | None) -> Sequence[Case]:
        """The cases of an overseer, or all."""
        found = self._rows.every(_ALL) if overseer is None else self._rows.every(_OVERSEEN, overseer=overseer)
        return [struct_of(row, Case) for row in found]

    def log(self, number: str) -> Sequence[LogEntry]:
        """The log of a case."""
        return [struct_of(row, LogEntry) for row in self._rows.every(_LOG, number=number)]
