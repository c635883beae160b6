"""Finding reference tokens in free text, so that none travels on in a report, a message or a log.

It goes by shape: five groups of five symbols with spaces or dashes between, or 25 in a row, and the same with one
symbol lost or one too many, because 24 right symbols give a token away as well. What holds the check is a token; what
only has the shape is reported without one, for the person to be asked. Words, numbers, hex and addresses of pages are
left alone. One pass, linear.
"""

import re
from collections.abc import Iterable, Iterator

import msgspec

from bot.anonymity.errors import TokenUnreadableError
from bot.anonymity.references import GROUP, SYMBOLS, ReferenceToken, fold, looks_random, read_token

_SHAPE = re.compile(
    r"(?<![0-9A-Z])(?=("
    r"[0-9A-Z]{5}(?:[- ]{0,3}[0-9A-Z]{5}){4}(?![0-9A-Z])"
    r"|[0-9A-Z]{4,6}(?:[- ]{1,3}[0-9A-Z]{4,6}){4}(?![0-9A-Z])"
    r"|[0-9A-Z]{24,26}(?![0-9A-Z])"
    r"))"
)
_PAGE_ADDRESS = re.compile(r"(?:https?|ftp)://[!-~]+|www\.[!-~]+", re.IGNORECASE)
_DASHED = re.compile(r"[0-9A-Z]+(?: ?-+ ?[0-9A-Z]+){4}")
#: groups that hold both a digit and a letter; dates and model numbers in prose rarely reach three in a row
_MIXED_GROUPS = 3


class FoundToken(msgspec.Struct, frozen=True):
    """A place in a text, `text[start:end]`; the token when its check holds, None when only the shape fits."""

    start: int
    end: int
    token: ReferenceToken | None

    def __repr__(self) -> str:
        return f"<FoundToken {self.start}:{self.end}>"


def find_tokens(text: str) -> tuple[FoundToken, ...]:
    """Find every token-shaped run, in order and without overlaps.

    What has only the shape is passed over inside the address of a page, where such runs are common.
    """
    folded = "".join(map(fold, text))
    candidates = tuple(_candidates(folded))
    taken = bytearray(len(text))
    sure = tuple(_sure(folded, (one for one in candidates if one.token), taken))
    for address in _PAGE_ADDRESS.finditer(text):
        _take(taken, address.start(), address.end())
    doubtful = _merged(one for one in candidates if not one.token and not any(taken[one.start : one.end]))
    return tuple(sorted((*sure, *doubtful), key=_start))


def cut_tokens(text: str, found: Iterable[FoundToken], mark: str) -> str:
    """Put `mark` in the place of each run that `find_tokens` found in this very text."""
    kept, at = [], 0
    for one in sorted(found, key=_start):
        kept += [text[at : one.start], mark]
        at = one.end
    return "".join([*kept, text[at:]])


def _candidates(folded: str) -> Iterator[FoundToken]:
    for match in _SHAPE.finditer(folded):
        run = match[1]
        symbols = run.replace(" ", "").replace("-", "")
        if not looks_random(symbols) or abs(len(symbols) - SYMBOLS) > 1:
            continue
        try:
            token = read_token(symbols)
        except TokenUnreadableError:
            if not _striking(run, symbols):
                continue
            token = None
        yield FoundToken(match.start(), match.start() + len(run), token)


def _striking(run: str, symbols: str) -> bool:
    """Whether a run that fails the check is still too much like a token to be let through unasked."""
    groups = [symbols[at : at + GROUP] for at in range(0, len(symbols), GROUP)]
    mixed = sum(not group.isalpha() and not group.isdigit() for group in groups)
    return mixed >= _MIXED_GROUPS or _DASHED.fullmatch(run) is not None


def _sure(folded: str, candidates: Iterable[FoundToken], taken: bytearray) -> Iterator[FoundToken]:
    # Real groups are full of digits, a five-letter word beside them is not: of overlapping readings the richest wins.
    for one in sorted(candidates, key=lambda one: -sum(map(str.isdigit, folded[one.start : one.end]))):
        if not any(taken[one.start : one.end]):
            _take(taken, one.start, one.end)
            yield one


def _merged(doubtful: Iterable[FoundToken]) -> list[FoundToken]:
    merged: list[FoundToken] = []
    for one in doubtful:
        joins = merged and one.start < merged[-1].end
        merged.append(FoundToken(merged.pop().start, one.end, None) if joins else one)
    return merged


def _take(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\x01" * (end - start)


def _start(found: FoundToken) -> int:
    return found.start
