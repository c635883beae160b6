"""Which day it is at the organ: dates that people read and that the law counts are those of its country."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_ZONE = ZoneInfo("Asia/Tokyo")


def today() -> date:
    """Return the date at the organ."""
    return datetime.now(UTC).astimezone(_ZONE).date()
