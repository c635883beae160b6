"""Pushes that must leave, under leases: whoever dies with some in hand loses none."""

from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import BindParameter, bindparam, delete, func, insert, select, update

from backend.contract import Push
from backend.domain.pushes import AT_ONCE, TRIES, lease_seconds
from backend.storage import tables as t
from backend.storage.rows import Rows, of_organ, row_of

_PUSH_IDS: Final[BindParameter[list[str]]] = bindparam("push_ids", expanding=True)

_ADD: Final = insert(t.outbox)
_WITHDRAW: Final = delete(t.outbox).where(of_organ(t.outbox), t.outbox.c.case_number == bindparam("number"))
#: In place of a moment, before one is drawn.
_UNDRAWN: Final = 0
_FRESH: Final = (
    select(t.outbox.c.case_number)
    .where(of_organ(t.outbox), t.outbox.c.lease_until == _UNDRAWN)
    .limit(AT_ONCE)
    .with_for_update(skip_locked=True)
)
_FALL_DUE: Final = (
    update(t.outbox)
    .where(of_organ(t.outbox), t.outbox.c.case_number == bindparam("number"))
    .values(lease_until=bindparam("until"))
)
_PARKED: Final = select(func.count().label("many")).where(of_organ(t.outbox), t.outbox.c.parked.is_(True))
_DUE: Final = (
    select(t.outbox.c.case_number, t.outbox.c.push_id, t.outbox.c.mailbox, t.outbox.c.attempts)
    .where(
        of_organ(t.outbox),
        t.outbox.c.parked.is_(False),
        t.outbox.c.lease_until.between(_UNDRAWN + 1, bindparam("now")),
    )
    .order_by(t.outbox.c.lease_until)
    .limit(AT_ONCE)
    # Two workers must not wait for each other's pushes; where there is one writer only, this says nothing.
    .with_for_update(skip_locked=True)
)
_HAND_OUT: Final = (
    update(t.outbox)
    .where(of_organ(t.outbox), t.outbox.c.case_number == bindparam("number"))
    .values(lease_until=bindparam("until"), attempts=t.outbox.c.attempts + 1)
)
_ALERTED: Final = (
    update(t.outbox).where(of_organ(t.outbox), t.outbox.c.case_number == bindparam("number")).values(alerted=True)
)
_PARK: Final = (
    update(t.outbox).where(of_organ(t.outbox), t.outbox.c.case_number == bindparam("number")).values(parked=True)
)
_STRIKE_OUT: Final = delete(t.outbox).where(of_organ(t.outbox), t.outbox.c.push_id.in_(_PUSH_IDS))
_FORGET_MAILBOXES: Final = (
    update(t.cases)
    .where(
        of_organ(t.cases),
        t.cases.c.number.in_(
            select(t.outbox.c.case_number).where(
                of_organ(t.outbox), t.outbox.c.push_id.in_(_PUSH_IDS), t.outbox.c.mailbox == t.cases.c.mailbox
            )
        ),
    )
    .values(mailbox=None)
)


class SqlOutbox:
    """`ports.Outbox` over rows."""

    def __init__(self, rows: Rows) -> None:
        """Work inside the transaction of these rows."""
        self._rows: Final = rows

    def queue(self, number: str, push: Push) -> None:
        """Let a push leave in place of an earlier one.

        The new id matters: a worker who has the earlier push in hand may deliver it before this letter can be read, and
        its acknowledgement must not strike out this push.
        """
        self.withdraw(number)
        fresh = {"case_number": number, "lease_until": _UNDRAWN, "attempts": 0, "parked": False}
        self._rows.add(_ADD, row_of(push, **fresh))

    def withdraw(self, number: str) -> None:
        """Let nothing leave for a case."""
        self._rows.run(_WITHDRAW, number=number)

    def fresh(self) -> Sequence[str]:
        """Cases whose push waits for its moment to be drawn."""
        return [row.case_number for row in self._rows.every(_FRESH)]

    def fall_due(self, number: str, at: int) -> None:
        """Set the moment."""
        self._rows.run(_FALL_DUE, number=number, until=at)

    def alerted(self, number: str) -> None:
        """Note that somebody was told."""
        self._rows.run(_ALERTED, number=number)

    def parked(self) -> int:
        """How many rest."""
        return sum(row.many for row in self._rows.every(_PARKED))

    def lease(self, now: int) -> tuple[Sequence[Push], int]:
        """Hand out what is due, park what was tried too often."""
        due = self._rows.every(_DUE, now=now)
        hopeless = [row for row in due if row.attempts >= TRIES]
        handed = [row for row in due if row.attempts < TRIES]
        self._rows.run_each(_PARK, [{"number": row.case_number} for row in hopeless])
        self._rows.run_each(
            _HAND_OUT, [{"number": row.case_number, "until": now + lease_seconds(row.attempts)} for row in handed]
        )
        return [Push(push_id=row.push_id, mailbox=row.mailbox) for row in handed], len(hopeless)

    def delivered(self, push_ids: Collection[str]) -> None:
        """Strike out what arrived."""
        self._rows.run(_STRIKE_OUT, push_ids=list(push_ids))

    def undeliverable(self, push_ids: Collection[str]) -> None:
        """Strike out what never will, and forget where it should have gone."""
        self._rows.run(_FORGET_MAILBOXES, push_ids=list(push_ids))
        self._rows.run(_STRIKE_OUT, push_ids=list(push_ids))
