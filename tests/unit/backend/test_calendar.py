"""Days at an organ."""

from datetime import date

import pytest

from backend.contract import Unit
from backend.domain.calendar import Calendar

JAPAN = Calendar("JP", (date(2026, 11, 20),), ("12-29", "12-30", "12-31", "01-02"))


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date(2026, 11, 19), True),
        (date(2026, 11, 20), False),  # the organ's own closure
        (date(2026, 11, 21), False),  # a Saturday
        (date(2026, 11, 23), False),  # a public holiday
        (date(2026, 12, 29), False),  # every year
        (date(2027, 3, 22), False),  # the day after a holiday that fell on a Sunday
    ],
)
def test_an_organ_is_closed_on_weekends_holidays_and_days_of_its_own(day: date, *, is_open: bool) -> None:
    """Days on which nobody is there to keep a promise."""
    assert JAPAN.is_open(day) is is_open


@pytest.mark.parametrize(
    ("begun", "count", "unit", "last"),
    [
        (date(2026, 11, 19), 1, Unit.BUSINESS_DAYS, date(2026, 11, 24)),
        (date(2026, 11, 19), 4, Unit.DAYS, date(2026, 11, 19)),
        (date(2026, 11, 20), 1, Unit.DAYS, date(2026, 11, 24)),
        (date(2026, 8, 31), 1, Unit.MONTHS, date(2026, 9, 30)),
        (date(2028, 1, 31), 1, Unit.MONTHS, date(2028, 2, 29)),
        (date(2026, 9, 30), 15, Unit.MONTHS, date(2027, 12, 28)),
    ],
)
def test_a_period_ends_on_an_open_day_and_never_late(begun: date, count: int, unit: Unit, last: date) -> None:
    """A closed last day moves to the open day before; where there is none since the beginning, to the next."""
    assert JAPAN.after(begun, count, unit) == last


def test_business_days_skip_every_closed_day() -> None:
    """Ten working days over the year's end."""
    assert JAPAN.after(date(2026, 12, 25), 3, Unit.BUSINESS_DAYS) == date(2027, 1, 5)
