"""What the organ has published, as the public page needs it. It may come from nowhere but the case store."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from msgspec import Struct


class Figure(Struct, frozen=True):
    """How often something happened: from `least` to `most`, both included; without `most`, `least` or more."""

    series: str
    code: str
    least: int
    most: int | None


class DaysTaken(Struct, frozen=True):
    """Days from receipt; absent where too few cases stand behind them."""

    span: str
    median: int | None
    longest: int | None


class Rating(Struct, frozen=True):
    """Answers to one question of the survey, from 1 to 5."""

    respondent: str
    question: str
    least: int
    most: int | None
    median: int | None


class HalfYear(Struct, frozen=True):
    """The figures of half a year; `half` is its first month, as `YYYY-MM`."""

    half: str
    first: date
    last: date
    published_on: date
    figures: tuple[Figure, ...]
    days: tuple[DaysTaken, ...]
    ratings: tuple[Rating, ...]


class Released(Struct, frozen=True):
    """Information that the organ has decided to release, by language."""

    on: date
    title: dict[str, str]
    text: dict[str, str]


class Period(Struct, frozen=True):
    """How long something may take. Several counts mean several times."""

    obligation: str
    counts: tuple[int, ...]
    unit: str


class Checkpoint(Struct, frozen=True):
    """Commits to the logs of all cases on a day."""

    serial: int
    day: date
    root: bytes


class Bulletin(Struct, frozen=True):
    """All that is published, half-years oldest first."""

    halves: tuple[HalfYear, ...] = ()
    released: tuple[Released, ...] = ()
    periods: tuple[Period, ...] = ()
    #: The newest.
    checkpoint: Checkpoint | None = None


class Bulletins(Protocol):
    """Where what is published can be fetched."""

    async def bulletin(self) -> Bulletin:
        """Fetch it. Raises `DeskUnreachableError` when that is not possible now."""

    async def checkpoints(self) -> bytes:
        """Fetch all signed checkpoints, as JSON for those who verify logs. Raises as `bulletin` does."""

    async def answer_survey(self, code: str, scores: Mapping[str, int]) -> bool:
        """Answer the survey with a code; no, where no such code is to be used. Raises as `bulletin` does."""
