"""What is owed on cases."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from backend.contract import Duty


class Duties(Protocol):
    """The duties of one organ's cases, open ones and ended ones."""

    def of(self, number: str) -> Sequence[Duty]:
        """All duties of a case."""

    def keep(self, number: str, duties: Iterable[Duty]) -> None:
        """Keep duties as they have become, new ones too; others of the case stay as they are."""
