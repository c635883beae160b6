"""Cases as they are overseen: by overseer, with what is owed on many at once, and how far every log goes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import BindParameter, Row, Select, bindparam, func, select

from backend.contract import Compartment, Duty, Stage
from backend.contract.oversight import Check, LogHead
from backend.domain.case import Case
from backend.storage import tables as t
from backend.storage.rows import Rows, of_organ, row_of, struct_of

#: Numbers in one statement: below what either database takes.
AT_ONCE: Final = 500

_NUMBERS: Final[BindParameter[list[str]]] = bindparam("numbers", expanding=True)
_SEEN: Final = select(*(t.cases.c[name] for name in Case.__struct_fields__)).where(
    of_organ(t.cases), t.cases.c.held.is_(False), t.cases.c.stage != Stage.DESTROYED.value
)
_OVERSEEN: Final[Select[Any]] = _SEEN.where(t.cases.c.overseer.in_(bindparam("overseers", expanding=True)))
_GRANTED: Final[Select[Any]] = _SEEN.where(
    t.cases.c.number.in_(
        select(t.grants.c.case_number).where(
            of_organ(t.grants),
            t.grants.c.holder == bindparam("holder"),
            t.grants.c.compartment == Compartment.FACTS.value,
        )
    )
)
_OPEN_DUTIES: Final[Select[Any]] = select(
    t.duties.c.case_number, *(t.duties.c[name] for name in Duty.__struct_fields__)
).where(of_organ(t.duties), t.duties.c.ended_on.is_(None), t.duties.c.case_number.in_(_NUMBERS))
_HOLDERS: Final[Select[Any]] = (
    select(t.grants.c.case_number, t.grants.c.holder)
    .where(
        of_organ(t.grants),
        t.grants.c.compartment == Compartment.FACTS.value,
        t.grants.c.case_number.in_(_NUMBERS),
    )
    .distinct()
    .order_by(t.grants.c.holder)
)
_CHECKS: Final[Select[Any]] = (
    select(*(t.checks.c[name] for name in Check.__struct_fields__))
    .where(of_organ(t.checks), t.checks.c.case_number == bindparam("number"))
    .order_by(t.checks.c.on, t.checks.c.check_id)
)
_HEADS: Final[Select[Any]] = (
    select(
        t.cases.c.number.label("case_number"), t.cases.c.log_length.label("length"), t.cases.c.log_head.label("head")
    )
    .where(of_organ(t.cases), t.cases.c.held.is_(False))
    .order_by(t.cases.c.number)
)
_ALERTS: Final[Select[Any]] = (
    # By cases: of one concern an overseer and counsel may be told.
    select(t.alerts.c.what, func.count(t.alerts.c.case_number.distinct()).label("many"))
    .join(t.cases, (t.cases.c.organ == t.alerts.c.organ) & (t.cases.c.number == t.alerts.c.case_number))
    .where(of_organ(t.alerts), t.cases.c.held.is_(False))
    .group_by(t.alerts.c.what)
)


class _OpenDuty(Duty, frozen=True, kw_only=True):
    """A duty that says of which case."""

    case_number: str


class SqlOversight:
    """`ports.Oversight` over rows."""

    def __init__(self, rows: Rows) -> None:
        """Work inside the transaction of these rows."""
        self._rows: Final = rows

    def cases(self, overseers: Sequence[str]) -> Sequence[Case]:
        """The cases of these overseers."""
        return [struct_of(row, Case) for row in self._rows.every(_OVERSEEN, overseers=overseers)]

    def granted_to(self, holder: str) -> Sequence[Case]:
        """The cases whose facts this holder can read."""
        return [struct_of(row, Case) for row in self._rows.every(_GRANTED, holder=holder)]

    def open_duties(self, numbers: Sequence[str]) -> Mapping[str, Sequence[Duty]]:
        """What is still owed."""
        found: dict[str, list[Duty]] = {}
        for row in self._of(_OPEN_DUTIES, numbers):
            found.setdefault(row.case_number, []).append(struct_of(row, _OpenDuty))
        return found

    def holders(self, numbers: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """Who can read the facts."""
        found: dict[str, list[str]] = {}
        for row in self._of(_HOLDERS, numbers):
            found.setdefault(row.case_number, []).append(row.holder)
        return found

    def add_check(self, number: str, check: Check) -> bool:
        """Keep a check, once."""
        return self._rows.add_if_new(t.checks, row_of(check, case_number=number))

    def checks(self, number: str) -> Sequence[Check]:
        """The checks of a case."""
        return [struct_of(row, Check) for row in self._rows.every(_CHECKS, number=number)]

    def heads(self) -> Sequence[LogHead]:
        """How far each log goes."""
        return [struct_of(row, LogHead) for row in self._rows.every(_HEADS)]

    def alerts(self) -> Mapping[str, int]:
        """How many of each kind."""
        return {row.what: row.many for row in self._rows.every(_ALERTS)}

    def _of(self, statement: Select[Any], numbers: Sequence[str]) -> Iterator[Row[Any]]:
        for start in range(0, len(numbers), AT_ONCE):
            yield from self._rows.every(statement, numbers=numbers[start : start + AT_ONCE])
