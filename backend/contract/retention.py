"""What is said about keeping cases and destroying them: legal holds, decisions, receipts, addresses to be forgotten."""

from datetime import date

from backend.contract.handling import LogEntry
from backend.contract.words import CaseKind, Record


class HoldCase(Record, frozen=True):
    """A case may not be destroyed, for a reason of the organ's list."""

    reason: str


class DestroyCase(Record, frozen=True):
    """A decision that cannot be undone: the number of the case is typed once more."""

    confirmed: str


class TransferCase(Record, frozen=True):
    """A case goes to an archive, and is then destroyed here, or kept for another period of preservation."""

    confirmed: str
    #: The archive, as a short code; stays readable after everything else is gone.
    archive: str
    keep: bool


class PreservedLine(Record, frozen=True):
    """A case whose preservation period is over: whoever oversees it decides."""

    case_number: str
    desk: str
    kind: CaseKind
    ended_on: date | None
    due_on: date
    #: Why it may not be destroyed, and since when, if somebody has said so.
    hold: str | None = None
    held_since: date | None = None
    #: The archive that has it.
    archive: str | None = None


class PreservedCases(Record, frozen=True):
    """What somebody must decide about, longest due on top."""

    cases: tuple[PreservedLine, ...]


class Decided(Record, frozen=True):
    """What came of a decision; of a case that was destroyed, the last entry of its log, which is the receipt."""

    case_number: str
    receipt: LogEntry | None = None


class Mailboxes(Record, frozen=True):
    """Mailboxes of destroyed cases, which the bot forgets; or those that it has forgotten."""

    mailboxes: tuple[str, ...]
