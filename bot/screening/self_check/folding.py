"""A copy of a text in which full-width, half-width and composed spellings are one, with the way back to every place.

NFKC makes one sign of several and several of one, so each sign of the copy remembers which signs it came from.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

#: A sign with the marks that combine with it. Marks are put in order by a sort that grows with the square of their
#: number, so a heap of them is folded in handfuls.
_CLUSTER = re.compile("[^\ud800-\udfff][\u0300-\u036f\u3099\u309a\uff9e\uff9f]{0,4}|[\ud800-\udfff]", re.DOTALL)
#: Some single signs stand for a whole sentence: they name nobody, and would only make the copy long.
_LONGEST = 4


class Folded(NamedTuple):
    """The copy; `starts[i]` and `ends[i]` say where in the original its sign i came from."""

    words: str
    starts: Sequence[int]
    ends: Sequence[int]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Give the place in the original of the signs from `start` to before `end`, which are at least one."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """Fold a text; half of a broken pair (a lone surrogate) becomes a question mark, since nothing reads it."""
    if text.isascii() or (unicodedata.is_normalized("NFKC", text) and _is_whole(text)):
        return Folded(text, range(len(text)), range(1, len(text) + 1))
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        folded = _folded(cluster[0])
        signs.append(folded)
        starts += [cluster.start()] * len(folded)
        ends += [cluster.end()] * len(folded)
    return Folded("".join(signs), starts, ends)


def _folded(cluster: str) -> str:
    if "\ud800" <= cluster <= "\udfff":
        return "?"
    folded = unicodedata.normalize("NFKC", cluster)
    return folded if 0 < len(folded) <= _LONGEST * len(cluster) else cluster


def _is_whole(text: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in text)
