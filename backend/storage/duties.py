"""What is owed on the cases of one organ, kept as rows."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Select, bindparam, delete, insert, select

from backend.contract import Duty
from backend.storage import tables as t
from backend.storage.rows import Rows, of_organ, row_of, struct_of

_OF: Final[Select[Any]] = (
    select(*(t.duties.c[name] for name in Duty.__struct_fields__))
    .where(of_organ(t.duties), t.duties.c.case_number == bindparam("number"))
    .order_by(t.duties.c.due_on, t.duties.c.duty_id)
)
_DROP: Final = delete(t.duties).where(
    of_organ(t.duties), t.duties.c.case_number == bindparam("number"), t.duties.c.duty_id == bindparam("which")
)
_ADD: Final = insert(t.duties)


class SqlDuties:
    """`ports.Duties` over rows."""

    def __init__(self, rows: Rows) -> None:
        """Work inside the transaction of these rows."""
        self._rows: Final = rows

    def of(self, number: str) -> Sequence[Duty]:
        """All duties of a case."""
        return [struct_of(row, Duty) for row in self._rows.every(_OF, number=number)]

    def keep(self, number: str, duties: Iterable[Duty]) -> None:
        """Put them in the place of what they were."""
        kept = list(duties)
        self._rows.run_each(_DROP, [{"number": number, "which": duty.duty_id} for duty in kept])
        self._rows.add(_ADD, *(row_of(duty, case_number=number) for duty in kept))
