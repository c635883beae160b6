"""When a reporter's acts come before staff: the words of the setting, and the hour that is counted.

At which minute somebody wrote would tell who was at a keyboard then. With `HOUR` all acts of an hour come together.
"""

from datetime import datetime
from enum import StrEnum
from typing import Final

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
