"""Names looked for in Japanese text: each with how sure it is that it means somebody.

A longer name that is surely meant takes its letters: in 佐藤花子 nobody else called 佐藤 is meant.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from msgspec import Struct

from bot.conversation.naming.context import Line, Standing, standing, word_around
from bot.conversation.naming.folding import is_kanji
from bot.conversation.naming.spellings import Part, Spelling
from bot.conversation.naming.titles import ends_with_office, without_titles

#: Characters of a Japanese name with its given name: 長谷川健太郎 has six, most have four.
_FULL_NAME = 5
#: A family name of one character, with the given name: 林健太郎.
_SHORT_FULL_NAME = 4
_GIVEN_NAME = 3
_ONE_IN_A_NAME = 3
#: How often one spelling is looked at in one text; whoever is meant is meant before that.
_TIMES = 50


class Mention(Struct, frozen=True):
    """A spelling that was found in a text."""

    spelling: Spelling
    start: int
    end: int
    surely: bool


def mentions(line: Line, spellings: Iterable[Spelling], families: Mapping[str, object]) -> tuple[Mention, ...]:
    """Find what is meant, the longest first; `families` are all the family names that are known."""
    found = [
        Mention(spelling, start, end, surely)
        for spelling in spellings
        for start, end in islice(line.spans(spelling.text), _TIMES)
        if (surely := _meant(line, spelling, start, end, families)) is not None
    ]
    found.sort(key=lambda mention: (not mention.surely, mention.start - mention.end))
    return tuple(_apart(found))


def _apart(found: Iterable[Mention]) -> Iterator[Mention]:
    """Leave out what lies within a name that is surely meant."""
    taken: dict[int, tuple[int, int]] = {}
    for mention in found:
        here = (mention.start, mention.end)
        # Two people may bear the same name.
        if all(taken.get(letter, here) == here for letter in range(*here)):
            yield mention
            taken |= dict.fromkeys(range(*here), here) if mention.surely else {}


def _meant(line: Line, spelling: Spelling, start: int, end: int, families: Mapping[str, object]) -> bool | None:
    """Tell whether it is surely meant, perhaps (False) or not (None)."""
    stands = standing(line, start, end)
    match spelling.part:
        case Part.FULL:
            return stands is Standing.CLEAR
        case Part.FAMILY if stands is Standing.CLEAR:
            return not _goes_on(line, end, families)
        case Part.FAMILY:
            return False if stands is Standing.BLURRED or _may_be_family(line, start, end) else None
        case _:
            return False if stands > _least(spelling.text) or _may_be_given(line, start, end) else None


def _least(given: str) -> Standing:
    """A short given name in a sentence is too easily something else."""
    return Standing.WITHIN if len(given) >= _GIVEN_NAME else Standing.BLURRED


def _goes_on(line: Line, end: int, families: Mapping[str, object]) -> bool:
    """Whether behind a space there comes what looks like a given name, so that somebody else of the family is meant."""
    if end not in line.spaces:
        return False
    follows = line.behind(end)
    bare = without_titles(follows)
    return 0 < len(bare) <= _GIVEN_NAME and bare not in families and not ends_with_office(follows)


def _may_be_family(line: Line, start: int, end: int) -> bool:
    if not is_kanji(line.letters[start]):
        return False
    word, leads = word_around(line, start, end)
    if end - start > 1:
        return len(word) <= _FULL_NAME
    return len(word) <= (_SHORT_FULL_NAME if leads else _ONE_IN_A_NAME)


def _may_be_given(line: Line, start: int, end: int) -> bool:
    word, _ = word_around(line, start, end)
    return end - start > 1 and is_kanji(line.letters[start]) and len(word) <= _FULL_NAME
