"""What the public page shows, put together for its template from what is published."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from bot.channels.web.public.charts import Columns, Row, columns, rows
from bot.channels.web.public.words import PublicWords, figures_in
from bot.conversation.promises import Promise
from bot.ports.publishing import Bulletin, Figure, HalfYear, Period

#: The stages of handling in their order: what limits each, and how the limit is told.
STEPS: Final = (
    ("received", "", ""),
    ("accepted", "decide_acceptance", "period.within"),
    ("investigation", "decide_investigation", "period.from_report"),
    ("progress", "tell_progress", "period.every"),
    ("result", "", ""),
    ("measures", "", ""),
    ("end", "finish", "period.from_acceptance"),
    ("care", "check_in", "period.after"),
    ("review", "review", "period.after"),
)
#: What the chart over time compares.
TREND: Final = ("received", "accepted", "closed")
#: Half-years in the wide and in the narrow chart, and in the table of earlier ones.
_WIDE, _NARROW, _TABLE = 6, 4, 4


class Step(Struct, frozen=True):
    """A stage of handling with its limit in words, if there is one."""

    name: str
    limit: str


class Line(Struct, frozen=True):
    """A line of a table of figures."""

    name: str
    words: str
    bar: Row


class Table(Struct, frozen=True):
    """Figures of one kind in the newest half-year."""

    series: str
    lines: tuple[Line, ...]


class Charts(Struct, frozen=True):
    """The chart over time, for wide and for narrow screens."""

    wide: Columns
    narrow: Columns


def steps(periods: Sequence[Period], words: PublicWords, known: Mapping[str, Promise]) -> list[Step]:
    """The stages with their limits: as the signed roster promises (`known`), else as published."""
    limits = {period.obligation: period for period in periods}
    limits |= {name: Period(name, promise.counts, promise.unit) for name, promise in known.items()}
    found = []
    for name, obligation, key in STEPS:
        period = limits.get(obligation)
        found.append(Step(name, words.say(key, period=words.period(period)) if period else ""))
    return found


def tables(half: HalfYear, words: PublicWords) -> list[Table]:
    """The tables of a half-year, each with bars to its own scale."""
    stage = [*figures_in(half, "stage"), *figures_in(half, "advice")]
    others = [figures_in(half, series) for series in ("outcome", "category", "concern")]
    return [_table(figures, words) for figures in (stage, *others) if figures]


def trend(halves: Sequence[HalfYear], words: PublicWords) -> Charts:
    """What came in, was accepted and ended, half-year by half-year."""
    groups = [(words.short_half(half), [(figure, _told(figure, words)) for figure in _stages(half)]) for half in halves]
    return Charts(wide=columns(groups[-_WIDE:], 640, 280), narrow=columns(groups[-_NARROW:], 340, 240))


def earlier(bulletin: Bulletin) -> list[HalfYear]:
    """The half-years of the table over time, newest first; nothing where there is but one."""
    return list(reversed(bulletin.halves[-_TABLE:])) if len(bulletin.halves) > 1 else []


def _table(figures: Sequence[Figure], words: PublicWords) -> Table:
    lines = zip(figures, rows(figures), strict=True)
    return Table(
        figures[0].series,
        tuple(Line(words.item(each.series, each.code), words.range(each), bar) for each, bar in lines),
    )


def _stages(half: HalfYear) -> list[Figure]:
    found = {figure.code: figure for figure in figures_in(half, "stage")}
    return [found[code] for code in TREND if code in found]


def _told(figure: Figure, words: PublicWords) -> str:
    return f"{words.item(figure.series, figure.code)}: {words.range(figure)}"
