"""What staff write down for somebody who did not come by a chat."""

from datetime import date

from backend.contract.reporting import Submission
from backend.contract.words import Record


class Entry(Record, frozen=True):
    """A letter, a call, a visit, a form or a mail as a sealed report; what is owed is owed from its arrival on."""

    submission: Submission
    arrived_on: date
    #: A code of the organ's exceptions where there is nowhere to send an acknowledgement (Guidelines 3(1)iii).
    unsaid: str | None = None
