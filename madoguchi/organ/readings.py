"""How people's names are read, in kana, so that a name typed by its sound is found: a best guess where nobody says.

Only guesses: many names are read in several ways, and an administrator who sees a wrong guess in the plan writes the
right reading into `organ.toml`. Works on this machine alone.
"""

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import jaconv

from bot.conversation.naming.folding import fold, is_japanese

if TYPE_CHECKING:
    from sudachipy import Tokenizer

_PARTS = re.compile(r"[\s,、・=]+")
_KANA = re.compile("[\u3041-\u3096ー]+")
_FAMILY = "姓"
#: Where a word's kind says that it is a family name.
_KIND = 3


def is_reading(text: str) -> bool:
    """Whether text is kana, one word or several."""
    return all(map(_is_kana, _PARTS.split(tidy(text))))


def tidy(reading: str) -> str:
    """Bring a reading into one form: hiragana, one space between the family name and the given name."""
    return " ".join(jaconv.kata2hira(unicodedata.normalize("NFKC", reading)).split())


def guessed(name: dict[str, str]) -> str:
    """Guess how a name is read; empty where there is no Japanese name, or one that no dictionary can read."""
    written = next((each for each in name.values() if is_japanese(each)), "").strip()
    parts = [part for part in _PARTS.split(written) if part]
    heard = [_heard(part, may_be_whole=len(parts) == 1) for part in parts]
    return " ".join(heard) if all(heard) else ""


def _heard(part: str, *, may_be_whole: bool) -> str:
    """Read one part of a name; a whole name without a space is parted behind its family name."""
    kana = tidy(part)
    if _is_kana(kana):
        return kana
    # A dictionary knows few old characters.
    return _read(part, may_be_whole=may_be_whole) or _read(fold(part), may_be_whole=may_be_whole)


def _read(part: str, *, may_be_whole: bool) -> str:
    words = _tokenizer().tokenize(part)
    heard = [jaconv.kata2hira(word.reading_form()) for word in words]
    if not all(map(_is_kana, heard)):
        return ""
    parted = may_be_whole and len(words) > 1 and words[0].part_of_speech()[_KIND] == _FAMILY
    return f"{heard[0]} {''.join(heard[1:])}" if parted else "".join(heard)


def _is_kana(text: str) -> bool:
    return _KANA.fullmatch(text) is not None


@cache
def _tokenizer() -> "Tokenizer":
    # Here, not above: it is heavy, and most of what the command does needs no dictionary.
    from sudachipy import Dictionary, SplitMode  # noqa: PLC0415

    return Dictionary(dict="core").tokenizer(SplitMode.C)
