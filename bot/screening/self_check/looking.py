"""Looks through one text: every rule on every piece, and of passages that overlap the longest."""

import re
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

#: Rules, and without which signs none of them can find anything.
RULES: tuple[tuple[re.Pattern[str], tuple[Rule, ...]], ...] = (
    (re.compile(r"[\d@]|(?i:line|ライン|telegram|twitter|insta)"), REACHING),
    (re.compile(r"[都道府県市区町村郡住宅家]|(?i:\b(?:i|i'm|we|my|me|write|send|post|mail|letters?)\b)"), LIVING),
    (re.compile(r"申|もうし|呼んで|名|差出人|なまえ"), NAMING_JA),
    (re.compile(r"(?i:\b(?:i|i'm|i’m|im|my|me|this|it|it's|it’s|name|name's|name’s|here)\b)"), NAMING_EN),
    (re.compile(r"[ぁ-ん]"), STANDING_JA),
    (re.compile(r"(?i:\b(?:i|i'm|i’m|me|my|us|myself|else|who|i've|i’ve)\b)"), STANDING_EN),
)


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
    for row in (row for cue, rows in RULES if cue.search(piece.words) for row in rows):
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
