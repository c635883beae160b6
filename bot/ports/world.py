"""Time and dice, from outside: nothing in the bot reads a clock or throws dice by itself."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The time, from outside."""

    def now(self) -> datetime:
        """Return the present moment, aware, UTC."""


class Chance(Protocol):
    """The dice, from outside."""

    def bytes(self, count: int) -> bytes:
        """Return `count` unpredictable bytes."""
