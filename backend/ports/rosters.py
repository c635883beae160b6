"""What an organ has published."""

from collections.abc import Collection
from typing import Protocol

from backend.contract import Publication, RosterDocument


class Rosters(Protocol):
    """The newest published roster of one organ."""

    def newest(self) -> RosterDocument | None:
        """The signed document, if one was ever published."""

    def reasons(self) -> Collection[str]:
        """The codes that staff may give for not accepting a report."""

    def publish(self, publication: Publication) -> None:
        """Put a publication in the place of the one before, credentials included."""
