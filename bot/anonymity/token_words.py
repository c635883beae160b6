"""The other spelling of a reference token: the same 120 bits as twelve words of a list, which a hand copies well.

Twelve words hold 132 bits: the token's 120, then one bit of SHA-256 over them, then the last word, which makes a
weighted sum of all twelve zero in GF(2^11), x^11 + x^2 + 1. The weights are distinct powers of x, so that sum catches
every single wrong word and every two words that changed places; of all else, such as two wrong words or twelve words
of prose, both checks together let pass one in 4,096. Label, order of the bits and weights may never change: tokens in
people's drawers depend on them. Nothing here is looked up, and no fault says a word.
"""

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby

import msgspec

from bot.anonymity.errors import TokenFault, TokenUnreadableError
from bot.anonymity.word_lists import LISTS, fold_kana, fold_latin, numbers, words

#: Words of one token.
COUNT = 12

_BITS = 11
_MASK = (1 << _BITS) - 1
_FIELD = 0b100000000101
_LABEL = b"madoguchi/token words/1/"
_SECRET_BITS = 120

#: Fewer known words than this among what was typed, and it is no attempt at a token in words.
_ATTEMPT = 6

KANA = "ぁ-ゖァ-ヺｦ-ｯｱ-ﾝ"
#: What stands beside a letter of kana and belongs to it.
MARKS = "\u3099-\u309c\uff9e\uff9f"
LATIN = "A-Za-zＡ-Ｚａ-ｚ"
_TYPED = {
    "ja": re.compile(rf"[{KANA}][{KANA}{MARKS}]*"),
    "en": re.compile(f"[{LATIN}]+"),
}
_OTHER_LETTERS = {
    "ja": re.compile(rf"[^\W\d_①-⓿❶-➓ーｰ{KANA}{MARKS}]"),
    "en": re.compile(f"[^\\W\\d_①-⓿❶-➓{LATIN}]"),
}


class Attempt(msgspec.Struct, frozen=True):
    """What somebody typed, word by word, as numbers of a list; None for what is no word of it."""

    numbers: tuple[int | None, ...]

    @property
    def known(self) -> int:
        """How many are words of the list."""
        return len(self.numbers) - self.numbers.count(None)

    @property
    def wrong(self) -> int:
        """Which of twelve is no word of the list, from 1, where it is just one; else 0."""
        is_one = len(self.numbers) == COUNT and self.known == COUNT - 1
        return self.numbers.index(None) + 1 if is_one else 0

    def __repr__(self) -> str:
        return f"<Attempt of {len(self.numbers)} words>"


def spell(secret: bytes, language: str) -> tuple[str, ...]:
    """Spell the 15 bytes of a token as twelve words of the list of a language."""
    listed = words(language)
    return tuple(listed[number] for number in _numbers_of(secret))


def secret_of(spelt: Sequence[int]) -> bytes | None:
    """Return the 15 bytes that twelve numbers of words stand for; None where the checks do not hold."""
    total = 0
    for number in spelt:
        total = _doubled(total) ^ number
    if total or len(spelt) != COUNT:
        return None
    held = 0
    for number in spelt[:-1]:
        held = held << _BITS | number
    secret = (held >> 1).to_bytes(_SECRET_BITS // 8, "big")
    return secret if held & 1 == _bit(secret) else None


def read_words(attempt: Attempt) -> bytes:
    """Return the 15 bytes of a token that was typed in words.

    Raises `TokenUnreadableError`; where exactly one of twelve is in no list, its place says which one, from 1.
    """
    if len(attempt.numbers) != COUNT:
        raise TokenUnreadableError(TokenFault.LENGTH)
    if attempt.known < COUNT:
        raise TokenUnreadableError(TokenFault.WORD, attempt.wrong)
    secret = secret_of([number for number in attempt.numbers if number is not None])
    if secret is None:
        raise TokenUnreadableError(TokenFault.CHECK)
    return secret


def attempted(typed: str) -> Attempt | None:
    """Read what was typed as words of one list: with any numbers, marks and spaces between, or kana without; else None.

    Kana may be composed or not, half-width, katakana; Latin letters full-width, capital, and a word cut after four.
    """
    for language in LISTS:
        if _OTHER_LETTERS[language].search(typed) is None:
            attempt = Attempt(tuple(_read(typed, language)))
            if attempt.known >= _ATTEMPT:
                return attempt
    return None


def begins(folded: str, at: int) -> int:
    """Return the length of the one word of the Japanese list that begins at a place of folded kana; 0 where none."""
    for word in _by_beginning().get(folded[at : at + 3], ()):
        if folded.startswith(word, at):
            return len(word)
    return 0


def _read(typed: str, language: str) -> list[int | None]:
    known, found = numbers(language), _TYPED[language].findall(typed)
    if language == "ja":
        return [known.get(word) for run in found for word in _apart(fold_kana(run))]
    return [known.get(fold_latin(word)) for word in found]


@cache
def _by_beginning() -> dict[str, tuple[str, ...]]:
    return {start: tuple(group) for start, group in groupby(sorted(words("ja")), key=lambda word: word[:3])}


def _apart(run: str) -> list[str]:
    """Part words that were typed without anything between; what does not part into words without a rest stays whole."""
    parts, at = list[str](), 0
    while at < len(run):
        long = begins(run, at)
        if not long:
            return [run]
        parts.append(run[at : at + long])
        at += long
    return parts


def _numbers_of(secret: bytes) -> list[int]:
    held = int.from_bytes(secret, "big") << 1 | _bit(secret)
    spelt = [held >> shift & _MASK for shift in range(10 * _BITS, -1, -_BITS)]
    total = 0
    for number in spelt:
        total = _doubled(total) ^ number
    return [*spelt, _doubled(total)]


def _bit(secret: bytes) -> int:
    return hashlib.sha256(_LABEL + secret).digest()[0] >> 7


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ _FIELD if value >> _BITS else value
