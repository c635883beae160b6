"""Which letters of an opened inbox are new: where some are and some are not, both stand under a heading. Pure."""

from collections.abc import Iterator, Sequence

from bot.ports.talking import InboxLetter

NEW, EARLIER = "inbox.new", "inbox.earlier"


def parted(letters: Sequence[InboxLetter]) -> Iterator[tuple[str, InboxLetter]]:
    """Give each letter with the label of the heading that stands above it; empty above all but the first of a part."""
    is_mixed = len({letter.new for letter in letters}) > 1
    above = ""
    for letter in letters:
        key = (NEW if letter.new else EARLIER) if is_mixed else ""
        yield key if key != above else "", letter
        above = key
