"""Which day it is at the organ: dates that people read and that the law counts are those of its country."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_ZONE = ZoneInfo("Asia/Tokyo")


def today(zone: str = "") -> date:
    """Return the date at the organ; of one that has set another time zone, by that."""
    return datetime.now(UTC).astimezone(ZoneInfo(zone) if zone else _ZONE).date()


def day_of(moment: datetime) -> date:
    """Return the date at the organ at a moment; one that names no zone is taken as said there."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=_ZONE)).astimezone(_ZONE).date()
