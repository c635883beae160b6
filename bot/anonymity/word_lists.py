"""The two lists that tokens in words are spelt with, 2,048 words each, and how a word is looked up the way it is typed.

The lists are the Japanese and the English one of BIP-39, as the package `mnemonic` has them: no word of the Japanese
list begins another, and no two of the English one share their first four letters. Their order may never change: tokens
in people's drawers depend on it. Nothing here knows what the words stand for.
"""

import unicodedata
from functools import cache

from mnemonic import Mnemonic

#: The lists, by language, under the package's names.
LISTS = {"ja": "japanese", "en": "english"}

#: Letters of an English word that leave no doubt which one is meant.
_ENOUGH = 4

#: The voiced and half-voiced marks that stand beside a letter rather than on it, as those that combine.
_MARKS = str.maketrans("\u309b\u309c\uff9e\uff9f", "\u3099\u309a\u3099\u309a")
_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_NARROW = {code + 0xFEE0: code for code in range(ord("a"), ord("z") + 1)}


@cache
def words(language: str) -> tuple[str, ...]:
    """Return a list in its order, each word as it is shown: letters and their marks in one (NFC)."""
    listed = Mnemonic(LISTS[language]).wordlist
    return tuple(unicodedata.normalize("NFC", word) for word in listed)


@cache
def numbers(language: str) -> dict[str, int]:
    """Return the number of each word, by every form that `fold_kana` or lower case leaves it in.

    An English word is also found by so many of its first letters that no other word is meant: four or more.
    """
    listed = words(language)
    found = {word: number for number, word in enumerate(listed)}
    if language == "en":
        for word, number in tuple(found.items()):
            found |= {word[:end]: number for end in range(_ENOUGH, len(word)) if word[:end] not in found}
    return found


def fold_kana(typed: str) -> str:
    """Bring kana to the one form of the list: katakana, half-width, and marks that stand apart from their letter."""
    # A mark that combines joins its letter only if nothing stands between; NFKC would put a space before the others.
    return unicodedata.normalize("NFKC", typed.translate(_MARKS)).translate(_HIRAGANA)


def fold_latin(typed: str) -> str:
    """Bring Latin letters to the one form of the list, capitals and full-width ones; as many characters as before."""
    return typed.lower() if typed.isascii() else typed.lower().translate(_NARROW)
