"""Made-up texts in which people name themselves, or others; and how well the self-check tells which.

A passage is marked `⟦kind:words⟧`. The rules were made while looking at the tuned part. The other part was written when
they were finished, by the same hand, and no rule was changed because of it.
"""

import re
import tomllib
from collections.abc import Iterable
from typing import NamedTuple

from bot.screening.self_check.looking import Passage, look
from bot.screening.self_check.reading import NameReader
from tests.support.repository import ROOT

FOLDER = ROOT / "tests" / "corpus" / "self_identification"
PARTS = ("tuned", "held_out")
LANGUAGES = ("ja", "en")
#: Kinds that only fit the words around them: what somebody is, or alone knows.
BY_CIRCUMSTANCE = frozenset(("position", "only_i"))
_MARK = re.compile(r"⟦(\w+):([^⟧]*)⟧")


class Sample(NamedTuple):
    """One text without its marks, and the passages that were marked."""

    part: str
    language: str
    words: str
    marked: tuple[Passage, ...]


class Score(NamedTuple):
    """How many marked passages were found, how many were not, and how many passages were found that name nobody."""

    found: int
    missed: int
    wrong: int

    @property
    def recall(self) -> float:
        """The share of what names the writer that is found."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 1.0

    @property
    def precision(self) -> float:
        """The share of what is shown that names the writer."""
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0


def samples() -> tuple[Sample, ...]:
    """Read all texts."""
    return tuple(
        _sample(part, language, text["words"])
        for part in PARTS
        for language in LANGUAGES
        for text in tomllib.loads((FOLDER / f"{part}.{language}.toml").read_text("utf-8"))["text"]
    )


def looked(words: str, reader: NameReader) -> list[Passage]:
    """Look through one text."""
    return [passage for piece in look(words, reader) for passage in piece]


def only(texts: Iterable[Sample], *, by_circumstance: bool) -> list[Sample]:
    """The same texts with the marks alone of what names directly, or of what names by circumstance."""
    return [
        text._replace(marked=tuple(each for each in text.marked if (each.kind in BY_CIRCUMSTANCE) == by_circumstance))
        for text in texts
    ]


def score(texts: Iterable[Sample], reader: NameReader) -> Score:
    """Count. A marked passage is found when half of it at least is shown, whatever it is called.

    What is shown is wrong when no part of it is marked.
    """
    found = missed = wrong = 0
    for text in texts:
        passages = looked(text.words, reader)
        hits = [any(_covers(passage, mark) for passage in passages) for mark in text.marked]
        found += sum(hits)
        missed += len(hits) - sum(hits)
        wrong += sum(not any(_shared(passage, mark) > 0 for mark in text.marked) for passage in passages)
    return Score(found, missed, wrong)


def _covers(passage: Passage, mark: Passage) -> bool:
    return _shared(passage, mark) * 2 >= mark.end - mark.start


def _shared(passage: Passage, mark: Passage) -> int:
    return min(passage.end, mark.end) - max(passage.start, mark.start)


def _sample(part: str, language: str, written: str) -> Sample:
    words, marked, at = "", [], 0
    for mark in _MARK.finditer(written):
        words += written[at : mark.start()]
        marked.append(Passage(len(words), len(words) + len(mark[2]), mark[1]))
        words += mark[2]
        at = mark.end()
    return Sample(part, language, words + written[at:], tuple(marked))
