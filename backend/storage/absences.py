"""Who is away, and which cases belong together, as rows."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, bindparam, delete, insert, select

from backend.contract.links import Link
from backend.contract.oversight import Absence
from backend.storage.rows import Rows, of_organ, row_of, struct_of
from backend.storage.tables.oversight import absences, links

_ABSENCES: Final = select(absences.c.staff_id, absences.c.begins, absences.c.ends).where(of_organ(absences))
_ON: Final[Select[Any]] = _ABSENCES.where(absences.c.begins <= bindparam("day"), absences.c.ends >= bindparam("day"))
_SINCE: Final[Select[Any]] = _ABSENCES.where(absences.c.ends >= bindparam("day")).order_by(
    absences.c.begins, absences.c.staff_id
)
_OF: Final[Select[Any]] = _ABSENCES.where(absences.c.staff_id == bindparam("who")).order_by(absences.c.begins)
_DROP: Final = delete(absences).where(
    of_organ(absences), absences.c.staff_id == bindparam("who"), absences.c.begins == bindparam("day")
)
_ADD: Final = insert(absences)
_LINKS: Final[Select[Any]] = (
    select(*(links.c[name] for name in Link.__struct_fields__))
    .where(of_organ(links), links.c.case_number == bindparam("number"))
    .order_by(links.c.on, links.c.other)
)
_DROP_LINK: Final = delete(links).where(
    of_organ(links), links.c.case_number == bindparam("number"), links.c.other == bindparam("which")
)
_ADD_LINK: Final = insert(links)


class SqlAbsences:
    """`ports.Absences` over rows."""

    def __init__(self, rows: Rows) -> None:
        """Work inside the transaction of these rows."""
        self._rows: Final = rows

    def declare(self, absence: Absence) -> None:
        """Keep an absence."""
        self._rows.run(_DROP, who=absence.staff_id, day=absence.begins)
        self._rows.add(_ADD, row_of(absence))

    def on(self, day: date) -> Mapping[str, date]:
        """Who is away, and until when at the latest."""
        until: dict[str, date] = {}
        for row in self._rows.every(_ON, day=day):
            until[row.staff_id] = max(row.ends, until.get(row.staff_id, row.ends))
        return until

    def since(self, day: date) -> Sequence[Absence]:
        """Those that are not over."""
        return [struct_of(row, Absence) for row in self._rows.every(_SINCE, day=day)]

    def of(self, staff_id: str) -> Sequence[Absence]:
        """Those of one person."""
        return [struct_of(row, Absence) for row in self._rows.every(_OF, who=staff_id)]


class SqlLinks:
    """`ports.Links` over rows."""

    def __init__(self, rows: Rows) -> None:
        """Work inside the transaction of these rows."""
        self._rows: Final = rows

    def put(self, number: str, link: Link) -> None:
        """Keep a link."""
        self._rows.run(_DROP_LINK, number=number, which=link.other)
        self._rows.add(_ADD_LINK, row_of(link, case_number=number))

    def of(self, number: str) -> Sequence[Link]:
        """The links of a case."""
        return [struct_of(row, Link) for row in self._rows.every(_LINKS, number=number)]
