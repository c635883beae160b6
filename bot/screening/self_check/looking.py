"""Looks through one text: every rule on every piece, and of passages that overlap the longest."""

from collections.abc import Iterator
from typing import NamedTuple

from bot.screening.self_check.folding import fold
from bot.screening.self_check.living import LIVING
from bot.screening.self_check.naming_en import NAMING_EN
from bot.screening.self_check.naming_ja import NAMING_JA, names
from bot.screening.self_check.piece import Piece
from bot.screening.self_check.pieces import pieces
from bot.screening.self_check.reaching import REACHING
from bot.screening.self_check.reading import NameReader
from bot.screening.self_check.rule import Rule
from bot.screening.self_check.signing import signatures
from bot.screening.self_check.standing_en import STANDING_EN
from bot.screening.self_check.standing_ja import STANDING_JA

RULES: tuple[Rule, ...] = (*REACHING, *LIVING, *NAMING_JA, *NAMING_EN, *STANDING_JA, *STANDING_EN)


class Passage(NamedTuple):
    """A place in a text, in characters of the text as it stands, and what stands there."""

    start: int
    end: int
    kind: str


def look(text: str, reader: NameReader) -> Iterator[list[Passage]]:
    """Yield, piece by piece, the passages that would name the writer, in order and without overlap."""
    for start, words in pieces(text):
        folded = fold(words)
        piece = Piece(folded.words, last=start + len(words) == len(text))
        found = [Passage(*folded.back(*passage[:2]), passage.kind) for passage in _in_piece(piece, reader)]
        yield [Passage(start + each.start, start + each.end, each.kind) for each in _apart(found)]


def _in_piece(piece: Piece, reader: NameReader) -> Iterator[Passage]:
    """Yield what is found; of two rules that find the same, the first one's kind counts."""
    yield from (Passage(start, end, "signature") for start, end in signatures(piece, reader))
    yield from (Passage(start, end, "name") for start, end in names(piece, reader))
    for row in RULES:
        for match in row.pattern.finditer(piece.words):
            start, end = match.span("hit" if "hit" in row.pattern.groupindex else 0)
            if start < end and not any(guard(piece, start, end) for guard in row.unless):
                yield Passage(start, end, row.kind)


def _apart(found: list[Passage]) -> list[Passage]:
    """Keep of passages that overlap the longest; of equally long ones the first."""
    kept: list[Passage] = []
    for each in sorted(found, key=lambda passage: passage.start - passage.end):
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
    return sorted(kept)
