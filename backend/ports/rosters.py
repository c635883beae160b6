"""What an organ has published."""

from typing import Protocol

from backend.contract import Publication, RosterDocument


class Rosters(Protocol):
    """The newest published roster of one organ."""

    def newest(self) -> RosterDocument | None:
        """The signed document, if one was ever published."""

    def published(self) -> Publication | None:
        """All that was published last; its `document` is left empty."""

    def publish(self, publication: Publication) -> None:
        """Put a publication in the place of the one before, credentials included."""
