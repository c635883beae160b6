"""How a name stands in a Japanese sentence, which has no spaces: on its own, perhaps on its own, or within a word.

It looks at the letters next to the name and knows no grammar: 佐藤課長 and 上司の佐藤に are clear, 小林 holds no 林.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from enum import IntEnum

from msgspec import Struct

from bot.conversation.naming.folding import is_kanji, within_kanji
from bot.conversation.naming.titles import (
    ends_with_office,
    opens_with_particle,
    opens_with_title,
    without_titles,
)


class Standing(IntEnum):
    """How clearly a name stands on its own; the less clear of its two sides counts."""

    WITHIN = 0
    BLURRED = 1
    CLEAR = 2


class Line(Struct, frozen=True):
    """Folded Japanese text without anything between its letters."""

    letters: str
    #: Where something stood: the places before which there was a space or the like, in order; first and last too.
    gaps: tuple[int, ...]
    #: Those of them that no name spans: the end of a sentence, a bracket, a word in Latin letters.
    ends: frozenset[int]
    #: Those where there was nothing but space.
    spaces: frozenset[int]

    def spans(self, name: str) -> Iterator[tuple[int, int]]:
        """Find a name wherever it stands, also spaced out."""
        at = self.letters.find(name)
        while at >= 0:
            if not any(inside in self.ends for inside in range(at + 1, at + len(name))):
                yield at, at + len(name)
            at = self.letters.find(name, at + 1)

    def is_gap(self, at: int) -> bool:
        """Whether something stood before a place."""
        return self.gaps[bisect_left(self.gaps, at)] == at

    def before(self, at: int) -> str:
        """Give what is written directly before a place."""
        gap = bisect_left(self.gaps, at)
        return "" if self.gaps[gap] == at else self.letters[self.gaps[gap - 1] : at]

    def after(self, at: int) -> str:
        """Give what is written directly behind a place."""
        return "" if self.is_gap(at) else self.behind(at)

    def behind(self, at: int) -> str:
        """Give what is written behind a place, up to the next gap after it."""
        return self.letters[at : self.gaps[bisect_right(self.gaps, at)]] if at < len(self.letters) else ""


#: A run of kanji that goes on for longer on either side is no name, with titles or without.
_LONGEST_WORD = 16
_LETTER = re.compile("[\u3041-\u3096ー\u3400-\u9fff\uf900-\ufaff]")
_SPACE = " \t\u3000"
_SOFT = ",、・="
#: In kana nothing tells where a name begins, except a word in kanji with の, or somebody else's title.
_OPENS_KANA = re.compile("(?:[^\u3041-\u3096ー]の|(?:さん|さま|くん|氏)[とやも])$")


def line_of(folded: str) -> Line:
    """Take the letters out of folded text and remember what stood between them."""
    letters: list[str] = []
    between: dict[int, str] = {0: "."}
    for sign in folded:
        if _LETTER.match(sign):
            letters.append(sign)
        else:
            between[len(letters)] = between.get(len(letters), "") + sign
    between[len(letters)] = "."
    ends = frozenset(at for at, signs in between.items() if signs.strip(_SPACE + _SOFT))
    spaces = frozenset(at for at, signs in between.items() if not signs.strip(_SPACE))
    return Line(within_kanji("".join(letters)), tuple(sorted(between)), ends, spaces)


def standing(line: Line, start: int, end: int) -> Standing:
    """Tell how clearly what stands here is a name of its own."""
    name = line.letters[start:end]
    return min(_on_the_left(name, line.before(start)), _on_the_right(name, line.after(end)))


def _on_the_left(name: str, before: str) -> Standing:
    if not before or ends_with_office(before):
        return Standing.CLEAR
    if not is_kanji(name[0]):
        return Standing.CLEAR if _OPENS_KANA.search(before) else Standing.WITHIN
    if is_kanji(before[-1]):
        return Standing.WITHIN
    return Standing.CLEAR if len(name) > 1 or opens_with_particle(before[-1]) else Standing.BLURRED


def _on_the_right(name: str, after: str) -> Standing:
    if not after or opens_with_title(after):
        return Standing.CLEAR
    if opens_with_particle(after):
        return Standing.CLEAR if len(name) > 1 and is_kanji(name[-1]) else Standing.BLURRED
    return Standing.WITHIN if is_kanji(name[-1]) == is_kanji(after[0]) else Standing.BLURRED


def word_around(line: Line, start: int, end: int) -> tuple[str, bool]:
    """Give the run of kanji that a name stands in, without titles, and whether the name is its beginning."""
    left, right = start, end
    while start - left < _LONGEST_WORD and not line.is_gap(left) and is_kanji(line.letters[left - 1]):
        left -= 1
    while right - end < _LONGEST_WORD and not line.is_gap(right) and is_kanji(line.letters[right]):
        right += 1
    return without_titles(line.letters[left:right]) or line.letters[start:end], left == start
