"""What leads to a case: its reporter's token, by its locator; and who wrote the case down, where staff did."""

from typing import Protocol


class Tokens(Protocol):
    """The locators of one organ's cases."""

    def replace(self, locator: bytes, new_locator: bytes) -> bool:
        """Let the new locator lead where the old one led, and the old one nowhere; no, if the new one is taken."""

    def entered_by(self, number: str) -> str | None:
        """Which staff member wrote a case down; none's, if it came by a chat."""
