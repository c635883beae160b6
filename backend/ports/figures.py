"""Counters of what happened, the half-years that were published, and answers to the survey."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from backend.contract.figures import PublishedHalf, Respondent, Span
from backend.domain.figures import Counter


class Figures(Protocol):
    """The counters of one organ by half-year; nothing in them leads to a case, or to a person."""

    def count(self, half: str, counter: Counter, *, apart: bool = False) -> None:
        """Add one to a counter; to one of its own, if it is about a case that the executive is kept out of."""

    def count_days(self, half: str, span: Span, days: int) -> None:
        """Add one to how often so many days were taken."""

    def counts(self, half: str, *, apart: bool = False) -> Mapping[Counter, int]:
        """All counters of a half-year that were ever added to, those of such cases alone or all others."""

    def day_counts(self, half: str) -> Mapping[Span, Mapping[int, int]]:
        """How often how many days were taken."""

    def begin(self, half: str) -> str:
        """Note the half-year from which figures are published, unless one is noted; the one that is."""

    def published(self) -> Sequence[PublishedHalf]:
        """What was published, oldest first."""

    def publish(self, half: PublishedHalf) -> bool:
        """Keep a half-year as it is published; no, if it was published before."""


class Surveys(Protocol):
    """Answers to the survey: only how often each was given, and who need not be asked again."""

    def offer(self, proof: bytes, respondent: Respondent) -> None:
        """Let whoever brings what has this SHA-256 answer once."""

    def take(self, proof: bytes) -> Respondent | None:
        """Take an offer, which cannot be taken again; none, if there is none."""

    def take_first(self, proof: bytes) -> bool:
        """Note that somebody answered; no, if they have before."""

    def is_taken(self, proof: bytes) -> bool:
        """Tell whether they have."""

    def score(self, half: str, respondent: Respondent, question: str, score: int) -> None:
        """Add one to how often an answer was given."""

    def scores(self, half: str) -> Mapping[tuple[Respondent, str], Mapping[int, int]]:
        """How often each answer was given."""
