"""Counts reporters' acts by day, and shows a day only when it is over: a moving figure would say when someone wrote."""

from collections import Counter
from datetime import date


class Tally:
    """What reporters did, by kind of act."""

    def __init__(self) -> None:
        """Begin with nothing; what a process has counted ends with it."""
        self._today: Counter[str] = Counter()
        self._over: Counter[str] = Counter()
        self._day: date | None = None

    def count(self, act: str, today: date) -> None:
        """One more."""
        self._turn(today)
        self._today[act] += 1

    def until_yesterday(self, today: date) -> dict[str, int]:
        """The sums of all days that are over."""
        self._turn(today)
        return dict(self._over)

    def _turn(self, today: date) -> None:
        if self._day != today:
            self._over.update(self._today)
            self._today.clear()
            self._day = today
