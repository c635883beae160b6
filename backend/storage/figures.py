"""Counters of one organ, and the half-years it has published. Adds, keeps, reads; decides nothing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from sqlalchemy import Table, bindparam, select, update

from backend.contract.figures import PublishedHalf, Series, Span
from backend.domain.figures import Counter
from backend.storage.rows import Rows, of_organ
from backend.storage.tables.figures import day_counts, event_counts, figures_begun, publications

_ADD_EVENT: Final = (
    update(event_counts)
    .where(
        of_organ(event_counts),
        event_counts.c.half == bindparam("of_half"),
        event_counts.c.series == bindparam("of_series"),
        event_counts.c.code == bindparam("of_code"),
        event_counts.c.apart == bindparam("of_apart"),
    )
    .values(count=event_counts.c.count + 1)
)
_ADD_DAYS: Final = (
    update(day_counts)
    .where(
        of_organ(day_counts),
        day_counts.c.half == bindparam("of_half"),
        day_counts.c.span == bindparam("of_span"),
        day_counts.c.days == bindparam("of_days"),
    )
    .values(count=day_counts.c.count + 1)
)
_EVENTS: Final = select(event_counts).where(
    of_organ(event_counts), event_counts.c.half == bindparam("half"), event_counts.c.apart == bindparam("apart")
)
_DAYS: Final = select(day_counts).where(of_organ(day_counts), day_counts.c.half == bindparam("half"))
_BEGUN: Final = select(figures_begun.c.half).where(of_organ(figures_begun))
_PUBLISHED: Final = select(publications.c.content).where(of_organ(publications)).order_by(publications.c.half)


class SqlFigures:
    """`ports.Figures` over rows."""

    def __init__(self, rows: Rows) -> None:
        """Work inside the transaction of these rows."""
        self._rows: Final = rows

    def count(self, half: str, counter: Counter, *, apart: bool = False) -> None:
        """Add one to a counter."""
        series, code = counter
        self._at_least_none(event_counts, {"half": half, "series": series, "code": code, "apart": apart})
        self._rows.run(_ADD_EVENT, of_half=half, of_series=series, of_code=code, of_apart=apart)

    def count_days(self, half: str, span: Span, days: int) -> None:
        """Add one to a number of days."""
        self._at_least_none(day_counts, {"half": half, "span": span, "days": days})
        self._rows.run(_ADD_DAYS, of_half=half, of_span=span, of_days=days)

    def counts(self, half: str, *, apart: bool = False) -> Mapping[Counter, int]:
        """All counters of a half-year."""
        found = self._rows.every(_EVENTS, half=half, apart=apart)
        return {(Series(row.series), row.code): row._mapping["count"] for row in found}  # noqa: SLF001 - `row.count` is the tuple's own method

    def day_counts(self, half: str) -> Mapping[Span, Mapping[int, int]]:
        """How often how many days were taken."""
        found: dict[Span, dict[int, int]] = defaultdict(dict)
        for row in self._rows.every(_DAYS, half=half):
            found[Span(row.span)][row.days] = row._mapping["count"]  # noqa: SLF001 - as above
        return found

    def begin(self, half: str) -> str:
        """Note from when figures are published, once."""
        self._rows.add_if_new(figures_begun, {"half": half})
        noted = self._rows.look(_BEGUN)
        return noted.half if noted is not None else half

    def published(self) -> Sequence[PublishedHalf]:
        """What was published."""
        return [msgspec.json.decode(row.content, type=PublishedHalf) for row in self._rows.every(_PUBLISHED)]

    def publish(self, half: PublishedHalf) -> bool:
        """Keep a half-year, unless it is there."""
        row = {"half": half.half, "published_on": half.published_on, "content": msgspec.json.encode(half)}
        return self._rows.add_if_new(publications, row)

    def _at_least_none(self, counters: Table, row: Mapping[str, object]) -> None:
        # Whoever adds first makes the row; who adds at the same time waits for that, and then adds.
        self._rows.add_if_new(counters, {**row, "count": 0})
