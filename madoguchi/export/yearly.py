"""The yearly survey of operation that the supervising agency asks for (Guidelines 5(5)), as one record and as a table.

Its figures are the published ones: both half-years of a fiscal year. Exact counts stand in it only where the executive
asked for them. It names nobody: of people there are numbers by office, of sessions day, audience and attendance.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import NamedTuple

from backend.contract import Period, Record
from backend.contract.figures import Counted, PublishedHalf
from backend.contract.improving import FiguresBook, Improving, Session
from backend.contract.releases import Published
from bot.anonymity.roster import Roster


class Mechanism(Record, frozen=True):
    """How the mechanism is set up on the day of the export."""

    desks: dict[str, int]
    #: Members by role; one may have several.
    members: dict[str, int]
    trained: int
    has_executive: bool
    has_deputy: bool
    has_outside_counsel: bool
    periods: tuple[Period, ...]


class Recorded(Record, frozen=True):
    """What was recorded about the mechanism: on which day, and what."""

    on: date
    kind: Improving


class YearlySurvey(Record, frozen=True):
    """One fiscal year of one organ."""

    organ: str
    year: int
    made_on: date
    mechanism: Mechanism
    halves: tuple[PublishedHalf, ...]
    sessions: tuple[Session, ...]
    recorded: tuple[Recorded, ...]
    exact: tuple[Counted, ...] = ()


class Sources(NamedTuple):
    """What the survey is put together from."""

    roster: Roster
    published: Published
    book: FiguresBook
    year_begins: int


def yearly(sources: Sources, year: int, today: date) -> YearlySurvey | None:
    """The survey of the fiscal year that began in `year`; none, while none of it has been published."""
    halves = tuple(h for h in sources.published.halves if _fiscal_year(h.first, sources.year_begins) == year)
    if not halves:
        return None
    first, last = halves[0].first, halves[-1].last
    made = [one for one in sources.book.improvements if first <= one.on <= last]
    return YearlySurvey(
        organ=sources.roster.organ,
        year=year,
        made_on=today,
        mechanism=_mechanism(sources.roster, sources.published, today),
        halves=halves,
        sessions=tuple(held for held in sources.book.sessions if first <= held.on <= last),
        recorded=tuple(Recorded(on=one.on, kind=one.kind) for one in made),
    )


def as_table(survey: YearlySurvey) -> bytes:
    """The survey as CSV: what it is about, which of it, from, to; exact counts where they were asked for."""
    out = StringIO()
    sheet = csv.writer(out)
    sheet.writerow(("half", "table", "code", "least", "most"))
    sheet.writerows(_lines(survey))
    return out.getvalue().encode("utf-8-sig")


def _lines(survey: YearlySurvey) -> Iterator[tuple[object, ...]]:
    for table, counts in (("desks", survey.mechanism.desks), ("members", survey.mechanism.members)):
        yield from (("", table, name, count, count) for name, count in counts.items())
    yield "", "members", "trained", survey.mechanism.trained, survey.mechanism.trained
    for half in survey.halves:
        yield from ((half.half, one.series.value, one.code, one.least, one.most) for one in half.figures)
        for days in half.days:
            yield half.half, "days_median", days.span.value, days.median, days.median
            yield half.half, "days_longest", days.span.value, "", days.longest
        for rating in half.ratings:
            yield half.half, "survey", f"{rating.respondent}/{rating.question}", rating.median, rating.median
    yield from (("", "sessions", held.audience.value, held.attended, held.attended) for held in survey.sessions)
    for counted in survey.exact:
        yield from ((counted.half, f"exact_{one.series}", one.code, one.count, one.count) for one in counted.counts)


def _fiscal_year(first: date, year_begins: int) -> int:
    return first.year if first.month >= year_begins else first.year - 1


def _mechanism(roster: Roster, published: Published, today: date) -> Mechanism:
    members = Counter(role for member in roster.members for role in member.roles)
    trained = sum(member.trained_until >= today for member in roster.members)
    return Mechanism(
        desks=dict(sorted(Counter(desk.kind for desk in roster.desks).items())),
        members=dict(sorted(members.items())),
        trained=trained,
        has_executive=roster.executive is not None,
        has_deputy=roster.deputy is not None,
        has_outside_counsel=any(desk.kind == "external" for desk in roster.desks),
        periods=published.periods,
    )
