"""What in a report without a name would name its writer all the same."""

from collections.abc import Mapping
from typing import Protocol

from bot.conversation.findings import Finding

__all__ = ["Finding", "SelfCheck"]


class SelfCheck(Protocol):
    """The search, on the spot: what it reads goes nowhere and is kept nowhere."""

    @property
    def is_well(self) -> bool:
        """Whether all of it works; if not, somebody must look."""

    async def look(self, texts: Mapping[str, str]) -> tuple[Finding, ...]:
        """Find the passages in answers, by question, in the order of the answers and without overlap.

        May raise anything and may take long: whoever asks decides how long to wait, and that nothing depends on it.
        Given up on, it stops.
        """
