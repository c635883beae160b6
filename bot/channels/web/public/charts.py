"""Charts of figures that are ranges: a bar is full up to the lower end, and lighter up to the upper one.

Pure geometry; the templates draw it. Colours are classes of the page's style and attributes besides, so that a chart
that was saved as a file looks the same.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from bot.ports.publishing import Figure

#: How far a range that has no upper end is drawn.
_OPEN: Final = 7
_TICKS: Final = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000)
_MOST_TICKS: Final = 5


class Bar(Struct, frozen=True, kw_only=True):
    """One bar of a column chart, in the chart's units."""

    x: float
    width: float
    #: Upper edge and height of the full part.
    y: float
    height: float
    #: The same of the part that is possible.
    possible_y: float
    possible_height: float
    kind: int
    words: str


class Label(Struct, frozen=True):
    """Words at a place."""

    x: float
    y: float
    words: str


class Columns(Struct, frozen=True, kw_only=True):
    """A column chart."""

    width: int
    height: int
    left: int
    base: float
    bars: tuple[Bar, ...]
    ticks: tuple[Label, ...]
    groups: tuple[Label, ...]


class Row(Struct, frozen=True):
    """A bar in a table's cell, as parts of a hundred."""

    sure: float
    possible: float


def columns(
    groups: Sequence[tuple[str, Sequence[tuple[Figure, str]]]], width: int, height: int, left: int = 34
) -> Columns:
    """Lay out groups of bars side by side: a name each, and figures with the words that tell them."""
    top, foot = 10, 26
    base = height - foot
    scale = _scale([figure for _, figures in groups for figure, _ in figures])
    unit = (base - top) / scale[-1]
    step = (width - left) / max(len(groups), 1)
    return Columns(
        width=width,
        height=height,
        left=left,
        base=base,
        bars=tuple(
            _bar(figure, words, kind, left + place * step, step / (len(figures) + 1), base, unit)
            for place, (_, figures) in enumerate(groups)
            for kind, (figure, words) in enumerate(figures)
        ),
        ticks=tuple(Label(left - 8, base - tick * unit, str(tick)) for tick in scale),
        groups=tuple(Label(left + (place + 0.5) * step, height - 8, name) for place, (name, _) in enumerate(groups)),
    )


def rows(figures: Sequence[Figure]) -> list[Row]:
    """Scale figures to the largest of them, for bars in a table."""
    most = max((_upper(figure) for figure in figures), default=1)
    return [Row(figure.least * 100 / most, (_upper(figure) - figure.least) * 100 / most) for figure in figures]


def _bar(figure: Figure, words: str, kind: int, x: float, slot: float, base: float, unit: float) -> Bar:
    height = figure.least * unit
    possible = (_upper(figure) - figure.least) * unit
    return Bar(
        x=round(x + slot * (kind + 0.5) + slot * 0.08, 2),
        width=round(slot * 0.84, 2),
        y=round(base - height, 2),
        height=round(height, 2),
        possible_y=round(base - height - possible, 2),
        possible_height=round(possible, 2),
        kind=kind,
        words=words,
    )


def _upper(figure: Figure) -> int:
    return figure.least + _OPEN if figure.most is None else figure.most


def _scale(figures: Sequence[Figure]) -> tuple[int, ...]:
    """Ticks from zero to above the largest, a handful of them."""
    most = max((_upper(figure) for figure in figures), default=1)
    step = next((tick for tick in _TICKS if most / tick <= _MOST_TICKS), _TICKS[-1])
    return tuple(range(0, most + step, step))
