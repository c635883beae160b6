"""What is new in an inbox stands apart from what was there before."""

from bot.channels.parting import EARLIER, NEW, parted
from bot.ports.talking import InboxLetter


def headings(*are_new: bool) -> list[str]:
    """The heading above each of some letters."""
    return [heading for heading, _ in parted([InboxLetter(kind="message", new=new) for new in are_new])]


def test_each_part_has_one_heading() -> None:
    """Above its first letter."""
    assert headings(True, True, False, False) == [NEW, "", EARLIER, ""]


def test_where_all_is_new_or_nothing_there_is_no_heading() -> None:
    """It would part nothing from nothing."""
    assert headings(True, True) == headings(False, False) == ["", ""]
    assert headings() == []
