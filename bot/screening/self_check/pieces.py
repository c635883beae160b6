"""A text cut into pieces that can be looked at one after the other, each in a few milliseconds.

Cut where a sentence or a line ends if there is such a place, so that rules about sentences lose nothing.
"""

import re
from collections.abc import Iterator

#: Characters of one piece.
MOST = 2000
_END = re.compile(r"[。．！？\n][」』）”]?|[.!?][)”\"']?(?=\s)")


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield every piece with the place at which it begins; together they are the text."""
    start = 0
    while len(text) - start > MOST:
        cut = _cut(text, start)
        yield start, text[start:cut]
        start = cut
    yield start, text[start:]


def _cut(text: str, start: int) -> int:
    """Return the last end of a sentence in the second half of what fits, else all that fits."""
    cut = start + MOST
    for end in _END.finditer(text, start + MOST // 2, start + MOST):
        cut = end.end()
    return cut
