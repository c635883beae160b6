"""Names looked for in Latin letters, word by word: each with how sure it is that it means somebody.

Whole names first, in either order, with a comma or without. What is left falls into phrases at small words and commas;
a family name is surely meant where it is a phrase of its own, since beside another word it may be somebody else's.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from itertools import groupby

from msgspec import Struct
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.conversation.naming.sounds import romanised, sound
from bot.conversation.naming.spellings import LATIN_WORD, sound_free
from bot.conversation.naming.titles import LATIN_ENDINGS, LATIN_TITLES, LATIN_WORDS


class Sure(StrEnum):
    """How sure it is that words mean whoever bears a name."""

    #: A whole name.
    FULL = "full"
    #: A family name as the roster spells it.
    EXACT = "exact"
    #: A family name by its sound: surely meant if one family bears it.
    HEARD = "heard"
    #: Must be asked.
    MAYBE = "maybe"


#: Words a name may have.
_WORDS_IN_A_NAME = 4
#: Keys shorter than this are too near to too many others: Sato, Kato, Goto.
_SHORTEST = 4
#: Kana that go on for longer are a sentence: "ちょうそかべ しんのすけ" has eleven.
_LONGEST_KANA = 16
#: From this length on two slips are forgiven.
_LONG = 10

Ids = frozenset[str]


class LatinNames(Struct, frozen=True):
    """All names in Latin letters: who bears them."""

    full: Mapping[str, Ids]
    #: As the roster spells it.
    written: Mapping[str, Ids]
    family: Mapping[str, Ids]
    given: Mapping[str, Ids]


class Word(Struct, frozen=True):
    """A word of the text, and whether a new phrase or a new sentence begins with it."""

    text: str
    #: Its letters and their key, and the same without a title that was typed onto it.
    spelt: tuple[tuple[str, str], ...]
    opens_phrase: bool = False
    opens_sentence: bool = False


def words_of(folded: str) -> tuple[Word, ...]:
    """Take folded text apart into words; titles are left out."""
    words: list[Word] = []
    end, between = 0, ""
    spelt = cache(_spelt)
    for found in LATIN_WORD.finditer(folded):
        between += folded[end : found.start()]
        end = found.end()
        if found[0] in LATIN_TITLES:
            continue
        sentence = bool(between.strip(" \t\u3000,、."))
        words.append(Word(found[0], spelt(found[0]), sentence or bool(between.strip(" \t\u3000.")), sentence))
        between = ""
    return tuple(words)


def _spelt(word: str) -> tuple[tuple[str, str], ...]:
    plain = sound_free(word)
    untitled = (plain.removesuffix(end) for end in LATIN_ENDINGS if plain.endswith(end) and plain != end)
    return tuple((each, sound(each)) for each in (plain, *untitled))


def named(words: tuple[Word, ...], names: LatinNames) -> Iterator[tuple[Sure, Ids]]:
    """Find who is meant: how sure, and everybody who bears the name."""
    left: list[Word | None] = list(words)
    for size in range(_WORDS_IN_A_NAME, 0, -1):
        for at in range(len(words) - size + 1):
            window = left[at : at + size]
            key = next((key for key in _joined(window) if key in names.full), None)
            if key is not None:
                yield Sure.FULL, names.full[key]
                left[at : at + size] = [None] * size
    near = cache(lambda key: tuple(_near(key, names.family)))
    for phrase in _phrases(left):
        yield from _in_phrase(phrase, names, near)


def _joined(window: Iterable[Word | None]) -> Iterator[str]:
    """Give the keys of words that stand together as one name."""
    first, *others = window
    if first is None or any(word is None or word.opens_sentence for word in others):
        return
    words = [word for word in (first, *others) if word]
    before = "".join(word.spelt[0][1] for word in words[:-1])
    for _, key in words[-1].spelt:
        yield before + key


def _phrases(left: Iterable[Word | None]) -> Iterator[list[Word]]:
    """Put together what stands together between small words, commas and names that were found."""
    number = 0
    numbered: list[tuple[int, Word]] = []
    for word in left:
        apart = word is None or word.text in LATIN_WORDS
        number += apart or word is None or word.opens_phrase
        if word is not None and not apart:
            numbered.append((number, word))
    for _, phrase in groupby(numbered, key=lambda pair: pair[0]):
        yield [word for _, word in phrase]


def _in_phrase(
    phrase: list[Word], names: LatinNames, near: Callable[[str], tuple[Ids, ...]]
) -> Iterator[tuple[Sure, Ids]]:
    for word in {word.text: word for word in phrase}.values():
        found = tuple(hit for letters, key in word.spelt for hit in _borne(letters, key, names))
        # Beside another word it may be somebody else's: Kenji Sato.
        yield from found if len(phrase) == 1 else ((Sure.MAYBE, ids) for _, ids in found)
        if not found:
            yield from ((Sure.MAYBE, ids) for _, key in word.spelt for ids in near(key))
    if len(phrase) <= _WORDS_IN_A_NAME:
        yield from ((Sure.MAYBE, ids) for key in _joined(phrase) for ids in _near(key, names.full))


def _borne(letters: str, key: str, names: LatinNames) -> Iterator[tuple[Sure, Ids]]:
    """Find who bears a name that is spelt so, else one that sounds so."""
    exact = names.written.get(letters)
    if exact:
        yield Sure.EXACT, exact
    if key in names.family:
        yield (Sure.MAYBE if exact else Sure.HEARD), names.family[key]
    elif key in names.given:
        yield Sure.MAYBE, names.given[key]


def _near(key: str, names: Mapping[str, Ids]) -> Iterator[Ids]:
    """A slip of the finger: a letter wrong, missing, too many, or two that changed places."""
    if len(key) < _SHORTEST:
        return
    slips = 2 if len(key) >= _LONG else 1
    for name, *_ in process.extract(key, tuple(names), scorer=OSA.distance, score_cutoff=slips, limit=None):
        # The first letter of a short name makes another name of it.
        if len(name) > _SHORTEST or name[:1] == key[:1]:
            yield names[name]


def kana_words(folded: str) -> tuple[Word, ...]:
    """Spell words in kana, which a slip may have entered, in Latin letters."""
    runs = (run for run in re.split("[^\u3041-\u3096ー]+", folded) if run and len(run) <= _LONGEST_KANA)
    return tuple(Word(run, _spelt(romanised(run)), opens_phrase=True) for run in runs)
