"""A person's name in every spelling: as written, by its reading, in Latin letters, in both orders.

Which part is the family's is known from where it stands in Japanese, from the reading, and from commas and capitals in
Latin letters; where nothing tells, a Latin name ends with it. A name in one piece counts as a family name.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from itertools import product

from msgspec import Struct

from bot.conversation.naming.folding import fold, is_japanese
from bot.conversation.naming.sounds import sound, sounds_of
from bot.conversation.organ import Person


class Part(StrEnum):
    """How much of a name a spelling is."""

    FULL = "full"
    FAMILY = "family"
    GIVEN = "given"


class Spelling(Struct, frozen=True):
    """One way to write a name or a part of it, folded; in Latin letters the key of how it sounds, unless exact."""

    text: str
    part: Part
    #: Written so on the roster; else it only sounds so, and may be another name as well.
    exact: bool = False


#: A word in Latin letters, as it stands in folded text.
LATIN_WORD = re.compile("[a-z]+(?:['’\u2010-][a-z]+)*")

_BETWEEN = re.compile(r"[\s,、・=.]+")
_FOREIGN = re.compile(r"[\u30a1-\u30ff]+[=\s・][\u30a1-\u30ff=\s]+")
#: A Japanese name without a space: its first two characters are most often the family's.
_FAMILY_SIGNS = 2
_LONG_O = (("おお", "おう"), ("おう", "おお"))


def in_japanese(person: Person) -> frozenset[Spelling]:
    """Give the spellings in kanji and kana, either part in either: 佐藤花子, 花子佐藤, さとう花子."""
    families: set[tuple[str, bool]] = set()
    givens: set[str] = set()
    spelt: set[Spelling] = set()
    for name in filter(is_japanese, person.name.values()):
        family, given = _pieces(name)
        families |= {(each, True) for each in family}
        givens |= set(given)
        spelt |= set(_unspaced(name, given))
    family, given = _pieces(person.reading, foreign=any(map(_is_foreign, person.name.values())))
    families |= {(each, False) for part in family for each in _long_ways(part)}
    givens |= {each for part in given for each in _long_ways(part)}
    spelt |= {Spelling(text, Part.FAMILY, exact) for text, exact in families}
    spelt |= {Spelling(text, Part.GIVEN) for text in givens}
    return frozenset(spelt | {Spelling(text, Part.FULL) for text in _both({text for text, _ in families}, givens)})


def in_latin(person: Person) -> frozenset[Spelling]:
    """Give the spellings in Latin letters: the family name as the roster has it, and how all of it sounds."""
    # How a foreign name is read in kana says nothing about how it is spelt.
    reading = "" if any(map(_is_foreign, person.name.values())) else person.reading
    families, givens = (frozenset(key for part in parts for key in sounds_of(part)) for parts in _pieces(reading))
    spelt = set(_heard(families, givens))
    for name in person.name.values():
        words = [] if is_japanese(name) else LATIN_WORD.findall(fold(name))
        if words:
            family_first = _is_family_first(name, words, families)
            family, given = (words[0], words[1:]) if family_first else (words[-1], words[:-1])
            spelt.add(Spelling(sound_free(family), Part.FAMILY, exact=True))
            spelt |= set(_heard({sound(family)}, {sound("".join(given)), *map(sound, given[:1])} - {""}))
    return frozenset(spelt)


def sound_free(word: str) -> str:
    """Take the marks out of a word in Latin letters: jun'ichi and jun-ichi are one."""
    return re.sub("[^a-z]", "", word)


def _heard(
    families: Iterator[str] | set[str] | frozenset[str], givens: set[str] | frozenset[str]
) -> Iterator[Spelling]:
    yield from (Spelling(key, Part.FAMILY) for key in families)
    yield from (Spelling(key, Part.GIVEN) for key in givens)
    for first, second in product(families, givens):
        for joined in (first + second, second + first):
            yield Spelling(joined, Part.FULL)
            # Typed together, two vowels meet: Naoko Ono.
            yield Spelling(sound(joined), Part.FULL)


def _pieces(name: str, *, foreign: bool = False) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give what may be the family name and what the given name; a name that is foreign to Japanese has no order."""
    parts = [part for part in _BETWEEN.split(unicodedata.normalize("NFKC", name).strip()) if part]
    family, given = tuple(map(fold, parts[:1])), tuple(map(fold, ("".join(parts[1:]),) if parts[1:] else ()))
    if given and (foreign or _is_foreign(name)):
        return (*family, fold(parts[-1])), (*given, fold("".join(parts[:-1])))
    return family, given


def _is_foreign(name: str) -> bool:
    """Whether it is written in katakana with its parts apart: ジョン・スミス."""
    return _FOREIGN.fullmatch(unicodedata.normalize("NFKC", name)) is not None


def _unspaced(name: str, given: tuple[str, ...]) -> Iterator[Spelling]:
    """Of a name without a space the whole is known, and its beginning taken for the family's."""
    folded = fold(name)
    if not given and len(folded) > _FAMILY_SIGNS:
        yield Spelling(folded, Part.FULL)
        yield Spelling(folded[:_FAMILY_SIGNS], Part.FAMILY, exact=True)


def _long_ways(part: str) -> tuple[str, ...]:
    """Let long vowels be written either way."""
    return (part, *(part.replace(was, becomes) for was, becomes in _LONG_O))


def _both(families: set[str], givens: set[str]) -> Iterator[str]:
    for family, given in product(families, givens):
        for joined in (family + given, given + family):
            # What is written together may fold otherwise than its pieces: a long mark, 之 within a name.
            yield joined
            yield fold(joined)


def _is_family_first(name: str, words: list[str], families: frozenset[str]) -> bool:
    if "," in name or sound(words[-1]) in families:
        return "," in name
    first, *others = name.split()
    return sound(words[0]) in families or (first.isupper() and not all(map(str.isupper, others)))
