"""When a reporter's acts come before staff: the words of the setting, and the hour that is counted.

At which minute somebody wrote would tell who was at a keyboard then. With `HOUR` all acts of an hour come together.
"""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

_HOUR: Final = 3600


class StaffBatch(StrEnum):
    """How long acts are held."""

    HOUR = "hour"
    """To the next full hour at the organ."""
    ONCE = "once"
    """Not at all."""


def hour_of(moment: datetime) -> int:
    """Number the hours as the organ's clock strikes them; `moment` is aware and in the organ's time zone."""
    offset = moment.utcoffset()
    return int(moment.timestamp() + (offset.total_seconds() if offset else 0)) // _HOUR


def strikes_by(now: int, time_zone: str) -> int:
    """Number the strikes of an organ's clock until a moment, given in seconds since the epoch.

    One each full hour there, also in the hour that is lived twice when summer time ends; none is lost when it begins.
    """
    offset = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(time_zone)).utcoffset()
    return (now + (int(offset.total_seconds()) if offset else 0) % _HOUR) // _HOUR
