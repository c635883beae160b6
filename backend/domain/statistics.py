"""How figures are shown so that nobody can be picked out of them, not even by subtracting figures from each other.

Counts belong to half-years that do not overlap, and to the one in which the event happened. A half-year is shown once,
after its end. A count is shown as one of the steps 0 to 4, 5 to 9, 10 to 14, …; so is a total, by its own count and
not by its parts. Steps that begin at multiples of five are what makes ranges hold: a sum of lower ends is again the
lower end of a step. Rounding to the nearest five would not do: 7, 7, 7 and 7 would be shown as 5, and their total as
30, which leaves no other numbers. A total at the upper end of what its parts allow would tell them too; its last steps
are therefore shown as one. `docs/figures.md` has the rule, its sources and what it does not promise.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

import msgspec

#: A step has so many values; fewer than so many cases stand behind no statement on days or answers.
STEP: Final = 5
#: So many values a count must still be able to have, whatever else is published.
LEFT_OPEN: Final = 3
#: The longest time is told in steps of so many days: it is one case's.
_LONG_STEP: Final = 30
_HALF: Final = 6
_YEAR: Final = 12


class Shown(msgspec.Struct, frozen=True):
    """The range that stands for a count; without `most`, it is `least` or more."""

    least: int
    most: int | None


def half_of(day: date, year_begins: int) -> str:
    """The half-year of a day as its first month, `YYYY-MM`; the fiscal year begins with the month `year_begins`."""
    months = day.year * _YEAR + day.month - year_begins
    year, month = divmod(months - months % _HALF + year_begins - 1, _YEAR)
    return f"{year:04}-{month + 1:02}"


def days_of(half: str) -> tuple[date, date]:
    """The first and the last day of a half-year."""
    first = date.fromisoformat(f"{half}-01")
    year, month = divmod(first.year * _YEAR + first.month - 1 + _HALF, _YEAR)
    return first, date(year, month + 1, 1) - timedelta(days=1)


def next_half(half: str) -> str:
    """The half-year after this one."""
    return (days_of(half)[1] + timedelta(days=1)).isoformat()[:7]


def shown(count: int, most: int | None = None) -> Shown:
    """The step that a count is in.

    `most` is what everybody can tell that the count is not above, such as the upper ends of its parts together. The
    last steps below it are then one, so that it has `LEFT_OPEN` values or more.
    """
    least = _down(count)
    if most is None:
        return Shown(least, least + STEP - 1)
    last = _down(max(most - LEFT_OPEN + 1, 0))
    least = min(least, last)
    is_open = least == last and most >= last + STEP
    return Shown(least, None if is_open else least + STEP - 1)


def most_of_parts(parts: Iterable[int]) -> int | None:
    """What everybody can tell that a total is not above, given the steps of its parts; nothing without parts."""
    return sum(shown(count).least + STEP - 1 for count in parts) or None


def nearest_five(days: int) -> int:
    """Days as they are kept: to the nearest five."""
    return _down(days + STEP // 2)


def median_and_longest(kept: Mapping[int, int]) -> tuple[int | None, int | None]:
    """The median and the longest of days, given how often each `nearest_five` occurs; none of fewer than five cases."""
    if sum(kept.values()) < STEP:
        return None, None
    longest = max(days for days, count in kept.items() if count) + STEP // 2
    return nearest_five(_median(kept)), -(-longest // _LONG_STEP) * _LONG_STEP


def median_score(answers: Mapping[int, int]) -> int | None:
    """The middle answer, the lower of two; none of fewer than five answers."""
    return None if sum(answers.values()) < STEP else _in_order(answers)[(sum(answers.values()) - 1) // 2]


def _down(count: int) -> int:
    return count - count % STEP


def _in_order(kept: Mapping[int, int]) -> list[int]:
    return [value for value in sorted(kept) for _ in range(kept[value])]


def _median(kept: Mapping[int, int]) -> int:
    every = _in_order(kept)
    middle = len(every) // 2
    return every[middle] if len(every) % 2 else (every[middle - 1] + every[middle]) // 2
