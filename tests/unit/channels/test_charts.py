"""The geometry of charts whose figures are ranges."""

from bot.channels.web.public.charts import Row, columns, rows
from bot.ports.publishing import Figure


def figure(least: int, most: int | None) -> Figure:
    """A figure of whatever."""
    return Figure("stage", "received", least, most)


def test_a_bar_is_full_up_to_the_lower_end_and_possible_up_to_the_upper() -> None:
    """The two parts meet, and stand on the ground."""
    chart = columns([("A", [(figure(10, 14), "ten")])], 340, 240)
    (bar,) = chart.bars
    assert bar.y + bar.height == chart.base
    assert round(bar.possible_y + bar.possible_height, 1) == round(bar.y, 1)
    assert round(bar.possible_height / bar.height, 2) == 0.4


def test_bars_stay_within_the_chart_and_apart_from_each_other() -> None:
    """However many there are, and whatever they show."""
    groups = [(str(n), [(figure(5 * n, 5 * n + 4), ""), (figure(0, 4), ""), (figure(300, None), "")]) for n in range(6)]
    chart = columns(groups, 640, 280)
    edges = [edge for bar in chart.bars for edge in (bar.x, bar.x + bar.width)]
    assert edges == sorted(edges)
    assert chart.left <= edges[0]
    assert edges[-1] <= chart.width
    assert min(bar.possible_y for bar in chart.bars) >= 0
    assert len(chart.ticks) <= 7


def test_the_scale_begins_at_nothing_and_ends_above_all() -> None:
    """An empty chart has a scale too."""
    assert columns([], 340, 240).ticks[0].words == "0"
    assert int(columns([("A", [(figure(40, 44), "")])], 340, 240).ticks[-1].words) > 44


def test_rows_are_parts_of_the_longest() -> None:
    """A range without an upper end is drawn a little longer than a step."""
    assert rows([figure(10, 19), figure(0, 4)])[1] == Row(0, 4 * 100 / 19)
    assert rows([figure(15, None)]) == [Row(15 * 100 / 22, 7 * 100 / 22)]
    assert rows([]) == []
