"""Released information, findings and improvements, awareness sessions, and who read exact figures."""

from collections.abc import Sequence
from typing import Protocol

from backend.contract.improving import ExactReading, Improvement, Session
from backend.contract.releases import Release


class Releases(Protocol):
    """What an organ releases, drafts too."""

    def every(self) -> Sequence[Release]:
        """All, newest first."""

    def find(self, release_id: str) -> Release | None:
        """One of them."""

    def keep(self, release: Release) -> None:
        """Keep one as it has become."""


class Improvements(Protocol):
    """What is done about the mechanism itself."""

    def keep(self, improvement: Improvement) -> None:
        """Keep a finding or an improvement, in the place of the one with its id."""

    def improvements(self) -> Sequence[Improvement]:
        """All, oldest first."""

    def hold(self, session: Session) -> None:
        """Keep an awareness session, in the place of the one with its id."""

    def sessions(self) -> Sequence[Session]:
        """All, oldest first."""

    def read_exactly(self, reading_id: str, reading: ExactReading) -> None:
        """Record for good that somebody asked for exact counts."""

    def readings(self) -> Sequence[ExactReading]:
        """All such, oldest first."""
