"""What must leave: pushes for reporters who want to be told."""

from collections.abc import Collection, Sequence
from typing import Protocol

from backend.contract import Push


class Outbox(Protocol):
    """Pushes that must leave: at most one a case, for all it says is that something waits."""

    def queue(self, number: str, push: Push) -> None:
        """Let a push leave; it takes the place of an earlier one that has not been acknowledged."""

    def withdraw(self, number: str) -> None:
        """Let nothing leave for a case any more."""

    def fresh(self) -> Sequence[str]:
        """The cases whose push has no moment at which it falls due yet."""

    def fall_due(self, number: str, at: int) -> None:
        """Let the push of a case be leased from a moment on, in seconds since the epoch."""

    def alerted(self, number: str) -> None:
        """Note that somebody was told of the push of a case that rests."""

    def parked(self) -> int:
        """How many pushes rest because they were tried too often."""

    def lease(self, now: int) -> tuple[Sequence[Push], int]:
        """Hand out what is due, under a lease that ends by itself; and how many were parked as hopeless just now."""

    def delivered(self, push_ids: Collection[str]) -> None:
        """Strike out pushes that arrived; unknown ids are those already struck out or replaced."""

    def undeliverable(self, push_ids: Collection[str]) -> None:
        """Strike out pushes whose mailbox is gone, and forget the mailbox."""
