"""What is owed in a stage and by when, written as a table.

No row means nothing is owed there. Periods count calendar days from the day of receipt and their end is kept with the
case, so that a case keeps the law of its day when the table changes.
"""

from datetime import date, timedelta
from typing import Final

import msgspec

from backend.contract import Stage


class Obligation(msgspec.Struct, frozen=True, kw_only=True):
    """One row: in `stage`, something is owed within so many days of receipt at the latest."""

    stage: Stage
    within_days: int


OBLIGATIONS: Final = (
    # Whistleblower Protection Act, Art. 3: what is not notified within 20 days opens the way to report elsewhere.
    Obligation(stage=Stage.RECEIVED, within_days=20),
)

_BY_STAGE: Final = {row.stage: row for row in OBLIGATIONS}


def due_on(stage: Stage, received_on: date, organ_days: int | None = None) -> date | None:
    """The last day on which what is owed in a stage is in time; none where nothing is owed.

    An organ may promise fewer days than the table (`organ_days`), never more.
    """
    row = _BY_STAGE.get(stage)
    if row is None:
        return None
    days = row.within_days if organ_days is None else min(organ_days, row.within_days)
    return received_on + timedelta(days=days)
