"""Standard notices as rows, and the cases on which the clock has something to do."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, func, insert, or_, select, update

from backend.contract import CheckInAnswer, Compartment, Obligation, Reminder, StandardNotice
from backend.domain.case import Case
from backend.domain.obligations import OWED_BY
from backend.ports.notices import Mark
from backend.storage import tables as t
from backend.storage.rows import Rows, of_organ, row_of, struct_of

#: Cases in one transaction: others are not kept waiting for long.
_AT_ONCE: Final = 64
_NUMBER: Final[BindParameter[str]] = bindparam("number")
_OBLIGATIONS: Final[BindParameter[list[str]]] = bindparam("obligations", expanding=True)

_OF: Final[Select[Any]] = (
    select(*(t.notices.c[name] for name in StandardNotice.__struct_fields__))
    .where(of_organ(t.notices), t.notices.c.case_number == _NUMBER)
    .order_by(t.notices.c.place)
)
_ADD: Final = insert(t.notices)
_ANSWER: Final = (
    update(t.notices)
    .where(of_organ(t.notices), t.notices.c.case_number == _NUMBER, t.notices.c.notice_id == bindparam("which"))
    .values(answered=bindparam("answer"))
)


def _cases_in(numbers: Select[Any], *conditions: ColumnElement[bool]) -> Select[Any]:
    """Cases that staff see, for this transaction alone; where there is one writer only, nobody is in the way."""
    return (
        select(*(t.cases.c[name] for name in Case.__struct_fields__))
        .where(of_organ(t.cases), t.cases.c.held.is_(False), t.cases.c.number.in_(numbers), *conditions)
        .order_by(t.cases.c.number)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    )


_OPEN: Final = select(t.duties.c.case_number).where(
    of_organ(t.duties), t.duties.c.ended_on.is_(None), t.duties.c.obligation.in_(_OBLIGATIONS)
)
_DUE: Final = {
    mark: _cases_in(
        _OPEN.where(
            t.duties.c[mark].is_(None),
            t.duties.c.due_on <= bindparam("until"),
            t.duties.c.begun_on <= bindparam("begun"),
        )
    )
    for mark in Mark
}
_STOPPED: Final = _cases_in(
    select(t.notices.c.case_number).where(
        of_organ(t.notices), t.notices.c.answered == CheckInAnswer.STOP.value, t.notices.c.case_number.in_(_OPEN)
    )
)
#: Things owed of which somebody was reminded, in cases that staff see.
_REMINDED: Final = (
    of_organ(t.duties),
    of_organ(t.cases),
    t.cases.c.number == t.duties.c.case_number,
    t.cases.c.held.is_(False),
    t.duties.c.ended_on.is_(None),
    t.duties.c.reminded_on.is_not(None),
)
_IS_OVERSEERS: Final = t.duties.c.obligation.in_([owed.value for owed in OWED_BY])
_IS_MINE: Final = or_(
    ~_IS_OVERSEERS
    & t.duties.c.case_number.in_(
        select(t.grants.c.case_number).where(
            of_organ(t.grants),
            t.grants.c.holder == bindparam("who"),
            # Whoever has the masked version alone owes nothing here, and learns of no concern of the reporter's.
            t.grants.c.compartment == Compartment.FACTS.value,
        )
    ),
    _IS_OVERSEERS & (t.cases.c.overseer == bindparam("who")),
)
_REMINDERS: Final = (
    select(t.duties.c.case_number, t.cases.c.desk, t.duties.c.obligation, t.duties.c.due_on)
    .where(*_REMINDED, _IS_MINE)
    .order_by(t.duties.c.due_on, t.duties.c.case_number, t.duties.c.duty_id)
)
_HOW_MANY: Final = select(func.count().label("many")).where(
    *_REMINDED, ~_IS_OVERSEERS, t.cases.c.overseer == bindparam("who")
)
_UNREACHED: Final = _cases_in(
    select(t.outbox.c.case_number).where(of_organ(t.outbox), t.outbox.c.parked.is_(True), t.outbox.c.alerted.is_(False))
)


class SqlNotices:
    """`ports.Notices` over rows."""

    def __init__(self, rows: Rows) -> None:
        """Work inside the transaction of these rows."""
        self._rows: Final = rows

    def of(self, number: str) -> Sequence[StandardNotice]:
        """All of a case."""
        return notices_of(self._rows, number)

    def add(self, number: str, notice: StandardNotice) -> None:
        """Keep one."""
        self._rows.add(_ADD, row_of(notice, case_number=number, place=len(self.of(number))))

    def answer(self, number: str, notice_id: str, answer: CheckInAnswer) -> None:
        """Keep an answer."""
        self._rows.run(_ANSWER, number=number, which=notice_id, answer=answer.value)


class SqlDues:
    """`ports.Dues` over rows."""

    def __init__(self, rows: Rows) -> None:
        """Work inside the transaction of these rows."""
        self._rows: Final = rows

    def on(
        self, mark: Mark, obligations: Collection[Obligation], until: date, begun: date = date.max
    ) -> Sequence[Case]:
        """Cases with something due."""
        named = [obligation.value for obligation in obligations]
        return self._cases(_DUE[mark], obligations=named, until=until, begun=begun)

    def reminders(self, staff_id: str) -> Sequence[Reminder]:
        """What somebody is reminded of."""
        return [struct_of(row, Reminder) for row in self._rows.every(_REMINDERS, who=staff_id)]

    def reminded(self, overseer: str) -> int:
        """How many reminders desks have."""
        return sum(row.many for row in self._rows.every(_HOW_MANY, who=overseer))

    def stopped(self) -> Sequence[Case]:
        """Cases whose reporter wants to be asked no more."""
        return self._cases(_STOPPED, obligations=[Obligation.CHECK_IN.value])

    def unreached(self) -> Sequence[Case]:
        """Cases whose push rests."""
        return self._cases(_UNREACHED)

    def _cases(self, query: Select[Any], **given: object) -> Sequence[Case]:
        return [struct_of(row, Case) for row in self._rows.every(query, **given)]


def notices_of(rows: Rows, number: str) -> Sequence[StandardNotice]:
    """All standard notices of a case."""
    return [struct_of(row, StandardNotice) for row in rows.every(_OF, number=number)]
