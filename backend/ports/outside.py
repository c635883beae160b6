"""What comes from outside: the time of day, chance, and what a command may know of the present."""

from datetime import date, datetime
from typing import Protocol

import msgspec


class StoreUnavailableError(Exception):
    """The store cannot take or give anything now; the caller should come again, the operator should look."""


class Clock(Protocol):
    """The time of day."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""


class Chance(Protocol):
    """Bytes that nobody can foresee."""

    def bytes(self, count: int) -> bytes:
        """So many random bytes, good enough for keys."""


class Circumstances(msgspec.Struct, frozen=True, kw_only=True):
    """What a command may know beside what was sent and what is stored."""

    #: Seconds since the epoch; for leases only, never kept with a reporter's act.
    now: int
    #: The day at the organ, which is what gets stored.
    today: date
    #: Counts the full hours at the organ; two moments between which a clock strikes differ in it.
    hour: int = 0
    chance: Chance
    #: Reporters' acts are held for the next batch.
    holds: bool = False
