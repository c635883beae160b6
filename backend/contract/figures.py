"""Figures of an organ's operation, and what is published beside them: ranges, medians, released information.

A figure crosses the API as a range, never as a count; `Counted` is the one exception, and who asks for it is recorded.
"""

from datetime import date
from enum import StrEnum

from backend.contract.words import Record


class Series(StrEnum):
    """What is counted, by the event and in the half-year of the event."""

    STAGE = "stage"
    """Reports that came in and moved on, by what happened to them."""
    OUTCOME = "outcome"
    """What investigations found, by the organ's codes."""
    CATEGORY = "category"
    """What reports that ended were about, by the organ's codes."""
    CONCERN = "concern"
    """Retaliation, search, silence, leak, feedback: what reporters said beside the matter."""
    ADVICE = "advice"
    """Consultations that came in."""


class Span(StrEnum):
    """What days are counted between; the first is always the receipt."""

    ACCEPTANCE = "acceptance"
    END = "end"


class Respondent(StrEnum):
    """Who answers the survey on the mechanism (Guidelines 5(4)ii)."""

    REPORTER = "reporter"
    STAFF = "staff"
    THIRD = "third"
    """A neutral third party."""


class Figure(Record, frozen=True):
    """How often something happened: from `least` to `most`, both included; without `most`, `least` or more."""

    series: Series
    code: str
    least: int
    most: int | None


class DaysTaken(Record, frozen=True):
    """How long it took, as far as five cases or more stand behind it: else both are absent."""

    span: Span
    #: To the nearest five days.
    median: int | None
    #: Nothing took longer; in steps of thirty days.
    longest: int | None


class Rating(Record, frozen=True):
    """Answers to one question of the survey, which go from 1 (not at all) to 5 (fully)."""

    respondent: Respondent
    question: str
    least: int
    most: int | None
    #: The middle answer, where there are five answers or more.
    median: int | None


class PublishedHalf(Record, frozen=True):
    """The figures of half a year, published once and kept as they are. `half` is its first month, as `YYYY-MM`."""

    half: str
    first: date
    last: date
    published_on: date
    figures: tuple[Figure, ...]
    days: tuple[DaysTaken, ...]
    ratings: tuple[Rating, ...]


class Count(Record, frozen=True):
    """One exact count."""

    series: str
    code: str
    count: int


class Counted(Record, frozen=True):
    """Exact counts of half a year, for the executive; whoever asks for them is recorded."""

    half: str
    counts: tuple[Count, ...]


class Score(Record, frozen=True):
    """An answer to one question of the survey: 1 to 5."""

    question: str
    score: int
