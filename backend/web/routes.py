"""What a route is: one row says who may call it, what it takes, what it gives and which function does it.

From these rows the server, the check of credentials and the published description are made, so that they cannot
disagree.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any, Concatenate, Final, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from backend.contract import API_VERSION, Office, Record, Role
from backend.domain.batches import StaffBatch, hour_of
from backend.domain.case import Refused
from backend.domain.people import Caller
from backend.logs import Log
from backend.ports import CaseStore, Chance, Circumstances, Clock, Work
from backend.web.tally import Tally

P = ParamSpec("P")
T = TypeVar("T")

#: The beginning of every path of the API.
ROOT: Final = f"/api/v{API_VERSION}"


#: Who takes part in handling; auditors and administrators do not.
MEMBERS: Final = frozenset({Office.STAFF, Office.EXECUTIVE, Office.DEPUTY})

#: Who may know what is no case: figures, rules, logs.
READERS: Final = MEMBERS | {Office.AUDITOR}

#: Bytes of a file that take longer to hash and to write than others should wait: about a millisecond.
_BULKY: Final = 2**19


class Created(msgspec.Struct, frozen=True):
    """An answer that says: this is new, not a repeat."""

    answer: Record


Answer = Record | Created | bytes | Refused | None


class Services(msgspec.Struct, frozen=True, kw_only=True):
    """What every request is served with."""

    store: CaseStore
    clock: Clock
    chance: Chance
    tally: Tally
    log: Log
    time_zone: ZoneInfo
    max_file_bytes: int
    staff_batch: StaffBatch
    #: All organs that are served here.
    organs: tuple[str, ...]

    def circumstances(self, time_zone: str | None = None) -> Circumstances:
        """What a command may know of the present: the moment for leases, the organ's day for all that is kept.

        The day is that of a time zone, or of the store's where none is given.
        """
        now = self.clock.now()
        there = now.astimezone(ZoneInfo(time_zone) if time_zone else self.time_zone)
        return Circumstances(
            now=int(now.timestamp()),
            today=there.date(),
            hour=hour_of(there),
            chance=self.chance,
            holds=self.staff_batch is StaffBatch.HOUR,
        )


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One request whose caller is known and allowed: its work is bound to the caller's organ."""

    services: Services
    caller: Caller
    path: Mapping[str, str]

    @property
    def staff_id(self) -> str:
        """Which staff member asks; empty for other roles, and nobody's id."""
        return self.caller.staff_id or ""

    async def write(
        self, command: Callable[Concatenate[Work, Circumstances, P], T], *sent: P.args, **more: P.kwargs
    ) -> T:
        """Run a command in one transaction; answers when it is on disk."""
        is_bulky = any(isinstance(thing, bytes) and len(thing) > _BULKY for thing in sent)
        return await self.services.store.write(
            self.caller.organ,
            lambda work: command(work, self.services.circumstances(work.policy.time_zone), *sent, **more),
            is_bulky=is_bulky,
        )

    async def read(self, query: Callable[Concatenate[Work, P], T], *sent: P.args, **more: P.kwargs) -> T:
        """Ask a question."""
        return await self.services.store.read(self.caller.organ, lambda work: query(work, *sent, **more))

    async def look(self, query: Callable[Concatenate[Work, date, P], T], *sent: P.args, **more: P.kwargs) -> T:
        """Ask a question whose answer depends on the organ's day."""
        return await self.services.store.read(
            self.caller.organ,
            lambda work: query(work, self.services.circumstances(work.policy.time_zone).today, *sent, **more),
        )

    def count(self, act: str) -> None:
        """Count a reporter's act for the day."""
        self.services.tally.count(act, self.services.circumstances().today)


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the API."""

    method: str
    path: str
    roles: frozenset[Role]
    #: Of members, those who hold one of these; an administrator never, whatever else they hold.
    offices: frozenset[Office] = MEMBERS
    does: Callable[[Call, Any], Awaitable[Answer]]
    #: The request: a record as JSON, `bytes` as they are, or nothing.
    takes: type[Any] | None = None
    #: The answer, likewise.
    gives: type[Any] | None = None
    #: Answers 201 where something new was made, 200 for a repeat.
    makes: bool = False
    summary: str
