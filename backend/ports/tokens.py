"""What leads to a case: its reporter's token, by its locator; and who wrote the case down, where staff did."""

from typing import Protocol


class Tokens(Protocol):
    """The locators of one organ's cases."""

    def replace(self, locator: bytes, new_locator: bytes) -> bool:
        """Let the new locator lead where the old one led, and the old one nowhere; no, if the new one is taken."""

    def entered_as(self, number: str, staff_id: str) -> str | None:
        """The submission as which this staff member wrote that case down; none, if it was not them."""
