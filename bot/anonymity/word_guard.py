"""Finding reference tokens that are spelt in words within free text; `guard` is the way in.

Twelve words of one list in a row whose checks hold are a token, whatever stands between them that is no letter; of kana
nothing need stand between. Eleven out of twelve in a row are reported without one, for the person to be asked: what
they leave open can be tried out. Ordinary prose has such a row once in millions of characters; where it repeats a few
words it is none. One pass over each stretch of letters that could hold a token, linear; other text costs next to
nothing.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from bot.anonymity.token_words import COUNT, KANA, LATIN, MARKS, attempted, begins, secret_of
from bot.anonymity.word_lists import fold_kana, fold_latin, numbers

#: Different words in a row that is asked about; of eleven that are drawn, fewer are different once in 300,000 tokens.
_DIFFERENT = 9
#: The longest row of known words in any twelve of which eleven are known is at least this long.
_SIX = b"\1" * (COUNT // 2)
#: Letters of kana that one wrong word may have.
_LONGEST_WRONG = 10
#: Characters that a token may take when it is sent alone, a word a line with its number before it.
_LONGEST_ALONE = 240
#: Words of one list in what is sent alone; once in 50,000 English sentences of that length that is no token.
_ALONE = COUNT - 2

#: Characters of eleven words of three letters each, the shortest in both lists; English ones have something between.
_SHORTEST, _SHORTEST_LATIN = 33, 43

_NO_LETTER = r"\W\d_①-⓿❶-➓"
_STRETCH = {
    "ja": re.compile(f"[{KANA}{MARKS}ーｰ{_NO_LETTER}]{{{_SHORTEST},}}+"),
    "en": re.compile(f"[{LATIN}{_NO_LETTER}]{{{_SHORTEST_LATIN},}}+"),
}
_FIRST_NUMBER = re.compile(r"[(（]?(?<!\d)[1１①][)）.．:：、\s]{0,3}\Z")
_UNIT = {"ja": re.compile(f"[{KANA}][{MARKS}]?"), "en": re.compile(f"[{LATIN}]+")}


class FoundWords(msgspec.Struct, frozen=True):
    """A place in a text; the token's 15 bytes where both checks hold, else None."""

    start: int
    end: int
    secret: bytes | None
    #: Which of the twelve is in no list, from 1, where that is sure; else 0.
    place: int = 0

    def __repr__(self) -> str:
        return f"<FoundWords {self.start}:{self.end}>"


class _Row(msgspec.Struct, frozen=True):
    """A stretch of text in units (words, or letters of kana): where each stands, and which word begins there."""

    spans: Sequence[tuple[int, int]]
    #: By unit: the number of the word that begins there, and how many units it has; 0 where none begins.
    known: Sequence[int]
    long: Sequence[int]
    #: Units that one wrong word may have.
    wrong: int


def find_words(text: str) -> list[FoundWords]:
    """Find every token in words, and every row that is one but for a word, in order and without overlaps.

    A text that is nothing but about twelve words, ten of them of one list, is an attempt as a whole.
    """
    # Most of what people write is short, or English: both end here at once.
    if len(text) < _SHORTEST:
        return []
    rows = [*(() if text.isascii() else _rows_of_kana(text)), *_rows_of_latin(text)]
    found = sorted((_with_number(text, found) for row in rows for found in _found(row)), key=lambda found: found.start)
    return found if any(one.secret for one in found) else _alone(text) or found


def _alone(text: str) -> list[FoundWords]:
    attempt = attempted(text) if len(text) <= _LONGEST_ALONE else None
    if attempt is None or attempt.known < _ALONE or not COUNT - 1 <= len(attempt.numbers) <= COUNT + 1:
        return []
    if len(set(attempt.numbers)) < _DIFFERENT:
        return []
    return [FoundWords(0, len(text), None, attempt.wrong)]


def _with_number(text: str, found: FoundWords) -> FoundWords:
    """Take the number before the first word along, where every word has one: it would be left over."""
    number = _FIRST_NUMBER.search(text, max(0, found.start - 5), found.start)
    return msgspec.structs.replace(found, start=number.start()) if number else found


def _rows_of_kana(text: str) -> Iterator[_Row]:
    known = numbers("ja")
    for stretch in _STRETCH["ja"].finditer(text):
        folded = "".join(map(_letter, _UNIT["ja"].findall(stretch[0])))
        long = [begins(folded, at) for at in range(len(folded))]
        if any(long):
            spelt = [known[folded[at : at + each]] if each else 0 for at, each in enumerate(long)]
            yield _Row(_spans("ja", text, stretch), spelt, long, _LONGEST_WRONG)


def _rows_of_latin(text: str) -> Iterator[_Row]:
    known = numbers("en")
    for stretch in _STRETCH["en"].finditer(text):
        typed = _UNIT["en"].findall(fold_latin(stretch[0]))
        long = bytes(map(known.__contains__, typed))
        # Most stretches are prose and end here.
        if _SIX in long:
            yield _Row(_spans("en", text, stretch), [known.get(word, 0) for word in typed], long, 1)


def _spans(language: str, text: str, stretch: re.Match[str]) -> list[tuple[int, int]]:
    return [unit.span() for unit in _UNIT[language].finditer(text, *stretch.span())]


@cache
def _letter(unit: str) -> str:
    # One letter a unit, so that places hold: a mark that fits no letter is passed over.
    return fold_kana(unit)[0]


def _found(row: _Row) -> Iterator[FoundWords]:
    free = list(row.long)
    for first, end, secret in _sure(row):
        free[first:end] = [0] * (end - first)
        yield _place(row, first, end, secret)
    # A word of a token that was found begins nothing else.
    rest = msgspec.structs.replace(row, long=free)
    for first, end, wrong in _doubtful(rest):
        yield _place(row, first, end, None, wrong)


def _place(row: _Row, first: int, end: int, secret: bytes | None, wrong: int = 0) -> FoundWords:
    return FoundWords(row.spans[first][0], row.spans[end - 1][1], secret, wrong)


def _sure(row: _Row) -> Iterator[tuple[int, int, bytes]]:
    chains, after = _chains(row), 0
    for at, chain in enumerate(chains):
        if chain >= COUNT and at >= after:
            end, spelt = _walked(row, at, COUNT)
            secret = secret_of(spelt)
            if secret is not None:
                after = end
                yield at, end, secret


def _doubtful(row: _Row) -> Iterator[tuple[int, int, int]]:
    """Give every row that is a token but for a word: first unit, last, and which word is wrong where that is sure."""
    chains, after = _chains(row), 0
    for at, chain in enumerate(chains):
        if chain and at >= after:
            end, wrong, spelt = _eleven(row, at, chain) if chain >= COUNT - 1 else _around(row, chains, at)
            if len(set(spelt)) >= _DIFFERENT:
                after = end
                yield at, end, wrong


def _eleven(row: _Row, at: int, chain: int) -> tuple[int, int, list[int]]:
    """Walk over eleven words or more in a row: where they end, and the first numbers."""
    end, spelt = _walked(row, at, COUNT - 1)
    # A row is walked to its end only if it is then passed over, so that no word is walked over twice.
    return (_walked(row, at, chain)[0] if len(set(spelt)) >= _DIFFERENT else end), 0, spelt


def _around(row: _Row, chains: Sequence[int], at: int) -> tuple[int, int, list[int]]:
    """Walk over a row with one wrong word in it: where it ends, which one is wrong; no numbers where there is none."""
    end, spelt = _walked(row, at, chains[at])
    missing = COUNT - 1 - chains[at]
    for again in range(end + 1, min(end + row.wrong + 1, len(row.long))):
        # Eleven in a row count by themselves, and where there are more words than are missing it may be any of them.
        if missing <= chains[again] < COUNT - 1:
            end, more = _walked(row, again, missing)
            return end, (len(spelt) + 1) * (chains[again] == missing), [*spelt, *more]
    return end, 0, []


def _chains(row: _Row) -> list[int]:
    """Return of each unit how many words follow one another from there on."""
    chains = [0] * (len(row.long) + 1)
    for at in range(len(row.long) - 1, -1, -1):
        if row.long[at]:
            chains[at] = chains[at + row.long[at]] + 1
    return chains[:-1]


def _walked(row: _Row, at: int, count: int) -> tuple[int, list[int]]:
    """Walk over so many words; return where the last one ends, and their numbers."""
    spelt = list[int]()
    for _ in range(count):
        spelt.append(row.known[at])
        at += row.long[at]
    return at, spelt
