"""Time and dice that a test holds in its hand."""

from datetime import UTC, datetime


class SetClock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.time = datetime(2026, 12, 1, 12, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the moment that was set."""
        return self.time


class Counting:
    """Dice that never repeat themselves."""

    def __init__(self, start: int = 0) -> None:
        self.count = start

    def bytes(self, count: int) -> bytes:
        """Return the next number as so many bytes."""
        self.count += 1
        return self.count.to_bytes(count, "big")
