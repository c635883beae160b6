"""Finding reference tokens in free text, so that none travels on in a report, a message or a log.

Those in words are found as `word_guard` says. The others by their shape: five groups of five symbols with spaces or
dashes between, or 25 in a row, and the same with one symbol lost or one too many, because 24 right symbols give a token
away as well. What holds the check is a token; what only has the shape is reported without one, for the person to be
asked. Words, numbers, hex and addresses of pages are left alone. One pass, linear.
"""

import re
from collections.abc import Iterable, Iterator

import msgspec

from bot.anonymity.errors import TokenUnreadableError
from bot.anonymity.references import SYMBOLS, ReferenceToken, fold, looks_random, read_token, token_of
from bot.anonymity.word_guard import FoundWords, find_words

_SHAPE = re.compile(
    r"(?<![0-9A-Z])(?=("
    r"[0-9A-Z]{5}(?:[- ]{0,3}[0-9A-Z]{5}){4}(?![0-9A-Z])"
    r"|[0-9A-Z]{4,6}(?:[- ]{1,3}[0-9A-Z]{4,6}){4}(?![0-9A-Z])"
    r"|[0-9A-Z]{24,26}(?![0-9A-Z])"
    r"))"
)
_PAGE_ADDRESS = re.compile(r"(?:https?|ftp)://[!-~]+|www\.[!-~]+", re.IGNORECASE)
_DASHED = re.compile(r"[0-9A-Z]+(?: ?-+ ?[0-9A-Z]+){4}")
#: what is read as one group when symbols stand in longer runs
_GROUPS = re.compile(r"[0-9A-Z]{4,6}(?![0-9A-Z])|[0-9A-Z]{5}|[0-9A-Z]+")
#: groups that hold both a digit and a letter; years and decades in prose do not make three of them
_MIXED_GROUPS = 3


class FoundToken(msgspec.Struct, frozen=True):
    """A place in a text, `text[start:end]`; the token when its check holds, None when only the shape fits."""

    start: int
    end: int
    token: ReferenceToken | None
    #: It is spelt in words; and which of the twelve is in no list, from 1, where that is sure.
    in_words: bool = False
    place: int = 0

    def __repr__(self) -> str:
        return f"<FoundToken {self.start}:{self.end}>"


def find_tokens(text: str) -> tuple[FoundToken, ...]:
    """Find every run that is or could be a token, in order and without overlaps.

    What has only the shape is passed over inside the address of a page, where such runs are common.
    """
    in_words = [_as_token(found) for found in find_words(text)]
    in_symbols = _in_symbols(text)
    if in_words and in_symbols:
        settled = _marked(len(text), ((one.start, one.end) for one in in_words))
        in_symbols = [one for one in in_symbols if not any(settled[one.start : one.end])]
    return tuple(sorted((*in_words, *in_symbols), key=_start))


def cut_tokens(text: str, found: Iterable[FoundToken], mark: str) -> str:
    """Put `mark` in the place of each run that `find_tokens` found in this very text."""
    kept, at = [], 0
    for one in sorted(found, key=_start):
        kept += [text[at : one.start], mark]
        at = one.end
    return "".join([*kept, text[at:]])


def _as_token(found: FoundWords) -> FoundToken:
    token = token_of(found.secret) if found.secret else None
    return FoundToken(found.start, found.end, token, in_words=True, place=found.place)


def _in_symbols(text: str) -> list[FoundToken]:
    # Every token has a digit and most words have none: the common case ends here.
    if not any(map(str.isdigit, text)):
        return []
    folded = "".join(map(fold, text))
    pages = _marked(len(text), (address.span() for address in _PAGE_ADDRESS.finditer(text)))
    candidates = [one for one in _candidates(folded) if one.token or not pages[one.start]]
    sure = _sure(folded, candidates)
    settled = _marked(len(text), ((one.start, one.end) for one in sure))
    return [*sure, *_merged(one for one in candidates if not any(settled[one.start : one.end]))]


def _candidates(folded: str) -> Iterator[FoundToken]:
    for match in _SHAPE.finditer(folded):
        run = match[1]
        symbols = run.replace(" ", "").replace("-", "")
        if not looks_random(symbols, digits=1) or abs(len(symbols) - SYMBOLS) > 1:
            continue
        try:
            token = read_token(symbols)
        except TokenUnreadableError:
            # Fails the check, and yet may be too much like a token to be let through unasked.
            if _mixed(run) < _MIXED_GROUPS and not _DASHED.fullmatch(run):
                continue
            token = None
        yield FoundToken(match.start(), match.start() + len(run), token)


def _sure(folded: str, candidates: Iterable[FoundToken]) -> list[FoundToken]:
    # A word beside a mistyped token makes a reading that holds the check once in 32 times. Of readings that overlap,
    # the one with the most groups that are no words is the right one, whether it holds the check or not.
    taken, sure = bytearray(len(folded)), []
    for one in sorted(candidates, key=lambda one: (-_mixed(folded[one.start : one.end]), one.token is None)):
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\x01" * (one.end - one.start)
            sure += [one] if one.token else []
    return sure


def _merged(doubtful: Iterable[FoundToken]) -> list[FoundToken]:
    merged: list[FoundToken] = []
    for one in doubtful:
        joins = merged and one.start < merged[-1].end
        merged.append(FoundToken(merged.pop().start if joins else one.start, one.end, None))
    return merged


def _mixed(run: str) -> int:
    return sum(not group.isalpha() and not group.isdigit() for group in _GROUPS.findall(run))


def _marked(length: int, spans: Iterable[tuple[int, int]]) -> bytearray:
    marks = bytearray(length)
    for start, end in spans:
        marks[start:end] = b"\x01" * (end - start)
    return marks


def _start(found: FoundToken) -> int:
    return found.start
