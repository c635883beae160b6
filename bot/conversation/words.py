"""Words as people type them: made storable, folded for comparison, read as a command or as an option.

It changes nothing in what is kept, except the two kinds of character that no store can hold. Folding is for comparing
only and never for keeping. Nothing here is refused for its length; long words are simply no command.
"""

import re
import unicodedata
from collections.abc import Mapping

#: Longest text that is compared with commands and labels. A longer one is a story, whatever it contains.
LONGEST_COMPARED = 80

#: Letters that are looked at to guess a language; a story of any length must cost the same.
_ENOUGH_TO_GUESS = 1000

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_NUMBERS = re.compile(r"\d{1,3}(?:[\s,、.]+\d{1,3})*[.)]?")
#: 25 symbols, give or take a few, in one run or in groups of about five, with a digit: no sentence has this shape.
_TOKEN_SHAPE = re.compile(r"\W*(?=.*\d)(?:[0-9A-Za-z]{18,32}|[0-9A-Za-z]{4,6}(?:[\W_]+[0-9A-Za-z]{4,6}){3,5})\W*")
_EDGES = " \t\r\n.,!?。、!?「」\"'"


def clean(text: str) -> str:
    """Make text storable: a lone surrogate becomes U+FFFD, NUL becomes U+2400. Nothing else is changed."""
    if "\0" not in text and _encodable(text):
        return text
    return _UNSTORABLE.sub(lambda found: "\u2400" if found[0] == "\0" else "\ufffd", text)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def fold(text: str) -> str:
    """Bring different ways to type the same thing together: width, case, spaces and punctuation at the edges."""
    return unicodedata.normalize("NFKC", text).casefold().strip(_EDGES)


def read_command(typed: str, words: Mapping[str, str]) -> str:
    """Read `/back`, `/back@desk_bot` or a plain word for it; empty when the text is no command."""
    if len(typed) > LONGEST_COMPARED:
        return ""
    folded = fold(typed)
    return words.get(folded.partition("@")[0] if folded.startswith("/") else folded, "")


def read_numbers(typed: str) -> tuple[int, ...]:
    """Read `2`, full-width `2`, `1,3` or `1、3` as numbers; empty when anything else is in it."""
    if len(typed) > LONGEST_COMPARED:
        return ()
    plain = unicodedata.normalize("NFKC", typed).strip()
    if not _NUMBERS.fullmatch(plain):
        return ()
    return tuple(int(number) for number in re.findall(r"\d+", plain))


def looks_like_token(text: str) -> bool:
    """Whether text in a field for tokens is an attempt at one, and no words that must be kept.

    A token with a slip in it must not be taken for words: as a reply it would show the desk almost all of it.
    """
    return _TOKEN_SHAPE.fullmatch(unicodedata.normalize("NFKC", text[:LONGEST_COMPARED])) is not None


def join(before: str, after: str) -> str:
    """Put words below words, with a blank line between; nothing is added where it already stands."""
    if not before or after == before:
        return after
    return before if not after.strip() or after in before.split("\n\n") else f"{before}\n\n{after}"


def guess_language(text: str) -> str:
    """Guess from the script: Japanese letters give `ja`, Latin ones `en`, anything else nothing.

    A guess only chooses the language of the answers; it can be changed at any point.
    """
    found = ""
    for letter in text[:_ENOUGH_TO_GUESS]:
        if "\u3040" <= letter <= "\u30ff" or "\u4e00" <= letter <= "\u9fff" or "\uff66" <= letter <= "\uff9f":
            return "ja"
        found = found or ("en" if letter.isascii() and letter.isalpha() else "")
    return found
