"""Half-years, steps and medians, by example."""

from datetime import date

import pytest

from backend.domain.statistics import (
    Shown,
    days_of,
    half_of,
    median_and_longest,
    median_score,
    most_of_parts,
    nearest_five,
    next_half,
    shown,
)


@pytest.mark.parametrize(
    ("day", "begins", "half"),
    [
        (date(2026, 4, 1), 4, "2026-04"),
        (date(2026, 9, 30), 4, "2026-04"),
        (date(2026, 10, 1), 4, "2026-10"),
        (date(2027, 3, 31), 4, "2026-10"),
        (date(2026, 12, 31), 1, "2026-07"),
        (date(2026, 11, 30), 12, "2026-06"),
        (date(2026, 1, 1), 12, "2025-12"),
    ],
)
def test_a_day_belongs_to_the_half_of_its_fiscal_year(day: date, begins: int, half: str) -> None:
    """Whichever month the year begins with, and across the turn of the calendar's year."""
    assert half_of(day, begins) == half
    first, last = days_of(half)
    assert first <= day <= last


def test_half_years_follow_each_other_without_a_gap() -> None:
    """The day after the last of one is the first of the next."""
    half = "2025-10"
    assert days_of(half) == (date(2025, 10, 1), date(2026, 3, 31))
    assert (next_half(half), next_half(next_half(half))) == ("2026-04", "2026-10")


def test_counts_are_shown_in_steps_of_five() -> None:
    """None at all is shown as fewer than five."""
    assert [shown(count) for count in (0, 4, 5, 14, 15)] == [
        Shown(0, 4),
        Shown(0, 4),
        Shown(5, 9),
        Shown(10, 14),
        Shown(15, 19),
    ]


def test_the_last_steps_below_what_parts_allow_are_one() -> None:
    """A total that could be no more than its parts together still has three values or more."""
    assert shown(20, 20) == shown(15, 20) == Shown(15, None)
    assert shown(14, 20) == Shown(10, 14)
    assert shown(22, 22) == Shown(20, 24)
    assert shown(1, 1) == Shown(0, 4)
    assert most_of_parts([4, 4, 4, 4, 4]) == 20
    assert most_of_parts([]) is None


def test_days_are_kept_to_the_nearest_five() -> None:
    """And the median is told likewise, the longest in steps of thirty."""
    assert [nearest_five(days) for days in (0, 2, 3, 7, 8, 92)] == [0, 0, 5, 5, 10, 90]
    assert median_and_longest({10: 3, 20: 2}) == (10, 30)
    assert median_and_longest({10: 3, 25: 3}) == (15, 30)
    assert median_and_longest({10: 4, 90: 1}) == (10, 120)


def test_fewer_than_five_say_nothing_of_days_and_answers() -> None:
    """A median of a few is somebody's own."""
    assert median_and_longest({10: 4}) == (None, None)
    assert median_and_longest({}) == (None, None)
    assert median_score({4: 4}) is None
    assert median_score({2: 3, 5: 3}) == 2
