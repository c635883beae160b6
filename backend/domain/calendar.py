"""Days at an organ: which it is open on, and when a period that begins on a day is over.

A period that ends on a day on which the organ is closed ends on the open day before, so that nothing is late by a
holiday. Knows no time of day. Public holidays come from the `holidays` library, weekends and closures from here.
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from importlib import import_module
from typing import Final

from holidays.holiday_base import HolidayBase
from holidays.registry import COUNTRIES

from backend.contract import Policy, Unit

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
#: Where each country's holidays stand, by its code.
_MODULES: Final = {code: (module, name) for module, (name, code, *_) in COUNTRIES.items()}


class Calendar:
    """The days of one organ."""

    def __init__(self, country: str, closures: tuple[date, ...] = (), yearly: tuple[str, ...] = ()) -> None:
        """Take an ISO 3166 code, single days, and days of every year as `MM-DD`, on which the organ is closed."""
        self._public: Final = _public_holidays(country)
        self._closures: Final = frozenset(closures)
        self._yearly: Final = frozenset(yearly)

    def is_open(self, day: date) -> bool:
        """Tell whether people work on this day."""
        return not (
            day.weekday() >= _SATURDAY
            or day in self._closures
            or day.strftime("%m-%d") in self._yearly
            or day in self._public
        )

    def after(self, begun: date, count: int, unit: Unit) -> date:
        """The last day of a period of so many units that begins after `begun`; never before `begun`."""
        if unit is Unit.BUSINESS_DAYS:
            return self._business_days_after(begun, count)
        end = _months_after(begun, count) if unit is Unit.MONTHS else begun + timedelta(days=count)
        before = self._open_at(end, -_DAY)
        return before if before >= begun else self._open_at(end, _DAY)

    def _open_at(self, day: date, step: timedelta) -> date:
        while not self.is_open(day):
            day += step
        return day

    def _business_days_after(self, day: date, count: int) -> date:
        for _ in range(count):
            day = self._open_at(day + _DAY, _DAY)
        return day


_made: Final = lru_cache(maxsize=64)(Calendar)


def calendar_of(policy: Policy) -> Calendar:
    """The calendar of an organ, made once."""
    return _made(policy.country, policy.closures, policy.yearly_closures)


def is_known_country(code: str) -> bool:
    """Tell whether public holidays are known for an ISO 3166 code of two letters."""
    return code in _MODULES


def _public_holidays(country: str) -> HolidayBase:
    # The library's own way in loads every country there is, which takes longer than all else at a start.
    module, name = _MODULES[country]
    public: HolidayBase = getattr(import_module(f"holidays.countries.{module}"), name)()
    return public


def _months_after(day: date, count: int) -> date:
    years, month = divmod(day.month - 1 + count, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
