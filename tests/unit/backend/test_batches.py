"""The hour that strikes for staff, by the organ's clock; and the moment at which an announcement leaves."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from backend.domain.batches import hour_of
from backend.domain.pushes import delay


@pytest.mark.parametrize(
    ("zone", "last", "strikes"),
    [
        ("Asia/Tokyo", "2026-11-22T03:59:59", "2026-11-22T04:00:00"),
        # A zone that is half an hour off strikes when its own clocks do.
        ("Asia/Kolkata", "2026-11-22T04:29:59", "2026-11-22T04:30:00"),
        ("America/New_York", "2026-11-22T23:59:59", "2026-11-23T00:00:00"),
    ],
)
def test_an_hour_strikes_when_the_organs_clock_says_so(zone: str, last: str, strikes: str) -> None:
    """At the full hour there, and not at any second of the hour before it."""
    there = ZoneInfo(zone)
    before, after = (datetime.fromisoformat(text).replace(tzinfo=UTC).astimezone(there) for text in (last, strikes))
    assert hour_of(after) == hour_of(before) + 1
    assert hour_of(before) == hour_of(before.replace(minute=0, second=0))


def test_an_announcement_may_leave_at_any_second_of_its_time() -> None:
    """The first and the last as well as those between; without any time it leaves at once."""
    assert {delay(number.to_bytes(4), 5) for number in range(100)} == set(range(6))
    assert delay(b"\xff" * 4, 0) == 0
