"""Cases as whoever oversees them may hand them on."""

from collections.abc import Sequence
from typing import Protocol

from backend.contract import LogEntry
from backend.domain.case import Case


class CaseMaterials(Protocol):
    """Cases and their logs, without what lies in them. What staff do not see yet is not among them."""

    def cases(self, overseer: str | None) -> Sequence[Case]:
        """The cases of an overseer, or all, by number."""

    def log(self, number: str) -> Sequence[LogEntry]:
        """The log of a case, oldest entry first."""
