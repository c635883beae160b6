"""What leads to the cases of one organ, in rows."""

from typing import Any, Final

from sqlalchemy import Select, bindparam, delete, select

from backend.domain.chain import Act
from backend.storage import tables as t
from backend.storage.rows import Rows, of_organ

_LEADS_TO: Final[Select[Any]] = select(t.locators.c.case_number).where(
    of_organ(t.locators), t.locators.c.locator == bindparam("locator")
)
_DROP: Final = delete(t.locators).where(of_organ(t.locators), t.locators.c.locator == bindparam("which"))
_ENTERED: Final[Select[Any]] = (
    select(t.cases.c.submission_id)
    .join(t.log, (t.log.c.organ == t.cases.c.organ) & (t.log.c.case_number == t.cases.c.number))
    .where(
        of_organ(t.cases),
        t.cases.c.number == bindparam("number"),
        t.log.c.sequence == 0,
        t.log.c.act == Act.ENTERED,
        t.log.c.actor == bindparam("staff_id"),
    )
)


class SqlTokens:
    """`ports.Tokens` over rows."""

    def __init__(self, rows: Rows) -> None:
        """Work inside the transaction of these rows."""
        self._rows: Final = rows

    def replace(self, locator: bytes, new_locator: bytes) -> bool:
        """Put a new locator in the place of an old one, unless it is taken."""
        row = self._rows.take(_LEADS_TO, locator=locator)
        if row is None:
            return False
        leads_to = {"locator": new_locator, "case_number": row.case_number}
        if not self._rows.add_if_new(t.locators, leads_to):
            return False
        self._rows.run(_DROP, which=locator)
        return True

    def entered_as(self, number: str, staff_id: str) -> str | None:
        """The submission of a case that began with this person's writing it down."""
        row = self._rows.look(_ENTERED, number=number, staff_id=staff_id)
        return None if row is None else str(row.submission_id)
