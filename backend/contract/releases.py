"""What an organ tells the public: information it decides to release (Guidelines 3(5)), figures, periods."""

from datetime import date

from backend.contract.checkpoints import Checkpoint
from backend.contract.figures import PublishedHalf
from backend.contract.publishing import Period
from backend.contract.words import Record


class DraftRelease(Record, frozen=True):
    """Information to be released, as staff propose it, by language. The same id again changes the draft."""

    release_id: str
    title: dict[str, str]
    text: dict[str, str]


class Release(Record, frozen=True):
    """Information with how far it has come. What is approved is public."""

    release_id: str
    title: dict[str, str]
    text: dict[str, str]
    #: Grows with each change, so that nobody approves what they have not read.
    version: int
    drafted_by: str
    drafted_on: date
    approved_by: str | None = None
    approved_on: date | None = None


class ApproveRelease(Record, frozen=True):
    """Which version is approved."""

    version: int


class Released(Record, frozen=True):
    """Information as the public sees it."""

    on: date
    title: dict[str, str]
    text: dict[str, str]


class Published(Record, frozen=True):
    """All that the public page shows beside the roster."""

    #: Oldest first.
    halves: tuple[PublishedHalf, ...]
    #: Newest first.
    released: tuple[Released, ...]
    #: How long things may take for what is received today.
    periods: tuple[Period, ...]
    #: The newest of the checkpoints, which are published as a whole elsewhere.
    checkpoint: Checkpoint | None = None
