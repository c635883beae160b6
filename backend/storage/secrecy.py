"""Acknowledgements, declarations, and who holds which keys of one organ's cases, as rows. Decides nothing."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import BindParameter, Boolean, Select, bindparam, delete, func, insert, or_, select

from backend.contract import Compartment, Phase, SealedPart
from backend.domain.holdings import Holding
from backend.storage import tables as t
from backend.storage.rows import Rows, of_organ, row_of

_NUMBER: Final[BindParameter[str]] = bindparam("number")
_ANYBODY: Final[BindParameter[bool]] = bindparam("anybody", type_=Boolean)
_ANY_DAY: Final[BindParameter[bool]] = bindparam("any_day", type_=Boolean)

_ACKNOWLEDGED: Final[Select[Any]] = select(func.max(t.acknowledgements.c.version).label("version")).where(
    of_organ(t.acknowledgements), t.acknowledgements.c.staff_id == bindparam("who")
)
_OF_CASE: Final = (of_organ(t.declarations), t.declarations.c.case_number == _NUMBER)
_DECLARED: Final[Select[Any]] = select(t.declarations.c.phase, t.declarations.c.conflicted).where(
    *_OF_CASE, t.declarations.c.staff_id == bindparam("who")
)
_DROP_DECLARATION: Final = delete(t.declarations).where(
    *_OF_CASE, t.declarations.c.staff_id == bindparam("who"), t.declarations.c.phase == bindparam("when")
)
_ADD_DECLARATION: Final = insert(t.declarations)
_CONFLICTED: Final[Select[Any]] = (
    select(t.declarations.c.staff_id).where(*_OF_CASE, t.declarations.c.conflicted.is_(True)).distinct()
)
_LOGGED: Final[Select[Any]] = (
    select(t.log.c.sequence)
    .where(
        of_organ(t.log),
        t.log.c.case_number == _NUMBER,
        t.log.c.act == bindparam("what"),
        or_(_ANYBODY, t.log.c.actor == bindparam("who")),
        or_(_ANY_DAY, t.log.c.on == bindparam("day")),
    )
    .limit(1)
)
_TOLD: Final = (of_organ(t.alerts), t.alerts.c.case_number == _NUMBER, t.alerts.c.staff_id == bindparam("who"))
_ALERTS: Final[Select[Any]] = select(t.alerts.c.what, t.alerts.c.on).where(*_TOLD)
_DROP_ALERTS: Final = delete(t.alerts).where(*_TOLD)

_HOLDINGS: Final[Select[Any]] = (
    select(t.grants.c.holder, t.grants.c.compartment, t.grants.c.epoch)
    .where(of_organ(t.grants), t.grants.c.case_number == _NUMBER)
    .order_by(t.grants.c.holder, t.grants.c.compartment, t.grants.c.epoch)
)
_STALE: Final[Select[Any]] = select(t.stale_keys.c.compartment).where(
    of_organ(t.stale_keys), t.stale_keys.c.case_number == _NUMBER
)
_DROP_STALE: Final = delete(t.stale_keys).where(
    of_organ(t.stale_keys), t.stale_keys.c.case_number == _NUMBER, t.stale_keys.c.compartment == bindparam("which")
)


class SqlDeclarations:
    """`ports.Declarations` over rows."""

    def __init__(self, rows: Rows) -> None:
        """Work inside the transaction of these rows."""
        self._rows: Final = rows

    def acknowledged(self, staff_id: str) -> int:
        """The newest version of the rules that a member has acknowledged."""
        row = self._rows.look(_ACKNOWLEDGED, who=staff_id)
        return row.version or 0 if row else 0

    def acknowledge(self, staff_id: str, version: int, on: date) -> None:
        """Note that a member has read the rules."""
        self._rows.add_if_new(t.acknowledgements, {"staff_id": staff_id, "version": version, "on": on})

    def of(self, number: str, staff_id: str) -> Mapping[Phase, bool]:
        """What a member has declared on a case."""
        return {Phase(row.phase): row.conflicted for row in self._rows.every(_DECLARED, number=number, who=staff_id)}

    def declare(self, number: str, staff_id: str, phase: Phase, on: date, *, conflicted: bool) -> None:
        """Keep a declaration."""
        self._rows.run(_DROP_DECLARATION, number=number, who=staff_id, when=phase)
        row = {"case_number": number, "staff_id": staff_id, "phase": phase, "conflicted": conflicted, "on": on}
        self._rows.add(_ADD_DECLARATION, row)

    def conflicted(self, number: str) -> Collection[str]:
        """Who has ever declared a conflict in a case."""
        return {row.staff_id for row in self._rows.every(_CONFLICTED, number=number)}

    def is_logged(self, number: str, act: str, *, actor: str | None = None, on: date | None = None) -> bool:
        """Tell whether an act stands in a case's log."""
        given = {"who": actor or "", "anybody": actor is None, "day": on or date.min, "any_day": on is None}
        return self._rows.look(_LOGGED, number=number, what=act, **given) is not None

    def hand_alerts(self, number: str, before: str, after: str | None) -> None:
        """Tell somebody else of all that somebody was told of a case."""
        alerts = self._rows.every(_ALERTS, number=number, who=before)
        self._rows.run(_DROP_ALERTS, number=number, who=before)
        for row in alerts if after is not None else ():
            alert = {"case_number": number, "staff_id": after, "what": row.what, "on": row.on}
            self._rows.add_if_new(t.alerts, alert)


class SqlKeys:
    """`ports.Keys` over rows."""

    def __init__(self, rows: Rows) -> None:
        """Work inside the transaction of these rows."""
        self._rows: Final = rows

    def holdings(self, number: str) -> Collection[Holding]:
        """All keys of a case that somebody holds."""
        rows = self._rows.every(_HOLDINGS, number=number)
        return [Holding(row.holder, Compartment(row.compartment), row.epoch) for row in rows]

    def stale(self, number: str) -> Collection[Compartment]:
        """Compartments that owe a fresh key."""
        return {Compartment(row.compartment) for row in self._rows.every(_STALE, number=number)}

    def owe(self, number: str, compartments: Collection[Compartment]) -> None:
        """Let compartments owe a fresh key."""
        for compartment in compartments:
            self._rows.add_if_new(t.stale_keys, {"case_number": number, "compartment": compartment})

    def renewed(self, number: str, compartment: Compartment) -> None:
        """Let a compartment owe none any more."""
        self._rows.run(_DROP_STALE, number=number, which=compartment)

    def add_part(self, number: str, part: SealedPart) -> bool:
        """Keep a part that came after the report."""
        return self._rows.add_if_new(t.parts, row_of(part, case_number=number))
