"""What the bot, the staff's programs and the case store say to each other: one version of the API, as types.

Every field that could name a person is absent or is ciphertext (`bytes`, base64 in JSON). This file imports nothing of
ours, so that both sides may read it, and it holds no behaviour. Fields may be added; none may change its meaning.
"""

from datetime import date
from enum import StrEnum

import msgspec

API_VERSION = 1  # the version in every path: `/api/v1/...`


class Role(StrEnum):
    """What a bearer credential is good for; each belongs to one organ."""

    INTAKE = "intake"
    """The bot: hands over, opens inboxes by locator, drains the outbox. Reads no staff route."""
    STAFF = "staff"
    """One staff member: the cases granted to them."""
    PUBLISHER = "publisher"
    """The organ's administration: publishes rosters and staff credentials. Reads no case."""


class Stage(StrEnum):
    """Where a case stands (Guidelines 3)."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"


class Move(StrEnum):
    """What staff may do to a case's stage."""

    ACCEPT = "accept"
    DECLINE = "decline"


class Compartment(StrEnum):
    """The three sealed rooms of a case, each with a key of its own."""

    FACTS = "facts"
    IDENTITY = "identity"
    MASKED = "masked"


class Escalation(StrEnum):
    """How a case came to where it is, when nobody at the chosen desk could be given a key."""

    NONE = "none"
    FALLBACK = "fallback"
    RECOVERY = "recovery"


class Side(StrEnum):
    """Who wrote a letter of the thread; what it says is sealed."""

    REPORTER = "reporter"
    STAFF = "staff"


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all that crosses the API: immutable, and refusing fields it does not know."""


class SealedPart(Record, frozen=True):
    """A sealed letter that came with the report: the facts, or who the reporter is."""

    part_id: str
    compartment: Compartment
    ciphertext: bytes


class SealedGrant(Record, frozen=True):
    """One compartment's seed, sealed to one holder (a staff id, or `recovery`)."""

    holder: str
    compartment: Compartment
    ciphertext: bytes


class Submission(Record, frozen=True):
    """A sealed report. Its files have been put up before, under ids that the bot made."""

    submission_id: str
    desk: str
    locator: bytes
    card: bytes
    parts: tuple[SealedPart, ...]
    grants: tuple[SealedGrant, ...]
    file_ids: tuple[str, ...] = ()
    escalation: Escalation = Escalation.NONE
    #: The executive, or the deputy where the executive is kept out; told that a case was escalated.
    alert: str | None = None
    #: The reporter marked danger: staff see it now and not with the next batch. Not kept anywhere.
    at_once: bool = False


class Receipt(Record, frozen=True):
    """The case is committed. A repeat of the same submission gets the same receipt."""

    case_number: str
    desk: str
    received_on: date


class Locate(Record, frozen=True):
    """Whoever derives a locator from a token may open the mailbox behind it."""

    locator: bytes  # 32 bytes


class Letter(Record, frozen=True):
    """One sealed letter of the thread, as far as its reader may have it."""

    message_id: str
    side: Side
    on: date
    ciphertext: bytes


class Inbox(Record, frozen=True):
    """What the reporter's token opens. `card_version` goes back with every letter: two devices must not overwrite."""

    case_number: str
    submission_id: str
    stage: Stage
    desk: str
    received_on: date
    card: bytes
    card_version: int
    #: Only what was written for the reporter, oldest first.
    letters: tuple[Letter, ...]
    #: A mailbox is known at which the reporter is told of answers; one that was unreachable is known no more.
    told: bool = False
    #: An answer has not been announced yet; once the reporter has read it, `LettersRead` says that it need not be.
    announcing: bool = False


class LettersRead(Record, frozen=True):
    """The reporter has so many letters before them: what is announced no later than the last of these need not be."""

    locator: bytes
    letters: int


class FromReporter(Record, frozen=True):
    """A letter to the desk, sealed to the facts compartment, with the case card it leaves behind."""

    locator: bytes
    message_id: str
    ciphertext: bytes
    card: bytes
    card_version: int
    file_ids: tuple[str, ...] = ()
    #: As in `Submission`; what was held of the case before goes along.
    at_once: bool = False


class Told(Record, frozen=True):
    """Whether the reporter wants to be told of answers: a mailbox id that only the bot can trace, or none."""

    locator: bytes
    mailbox: str | None
    card: bytes
    card_version: int


class Push(Record, frozen=True):
    """Something is waiting at a mailbox. It says no more than that."""

    push_id: str
    mailbox: str


class Lease(Record, frozen=True):
    """A worker asks for pushes. One that is new falls due at a random moment `within` so many seconds from now."""

    within: int = 0


class Leased(Record, frozen=True):
    """Pushes handed to one worker until the lease ends; unacknowledged ones are handed out again."""

    pushes: tuple[Push, ...]


class Delivered(Record, frozen=True):
    """Pushes that arrived, and those that never will (the mailbox is gone)."""

    push_ids: tuple[str, ...]
    undeliverable: tuple[str, ...] = ()


class CaseLine(Record, frozen=True):
    """One case in a staff member's inbox."""

    case_number: str
    submission_id: str
    desk: str
    stage: Stage
    received_on: date
    #: When acceptance or the next notice is owed; nothing is owed where it is absent.
    due_on: date | None
    escalation: Escalation
    letters: int
    #: A letter from the reporter came after the last one from staff (or nobody has answered yet).
    awaits_answer: bool


class Alert(Record, frozen=True):
    """For an executive or deputy: a case went past its desk. No content, no grant."""

    case_number: str
    desk: str
    escalation: Escalation
    on: date


class StaffInbox(Record, frozen=True):
    """What a staff member sees first: due cases on top."""

    cases: tuple[CaseLine, ...]
    alerts: tuple[Alert, ...] = ()


class FileLine(Record, frozen=True):
    """A sealed file of a case; its name, type and key are inside the letters."""

    file_id: str
    size: int


class LogEntry(Record, frozen=True):
    """One link of a case's log. `entry_hash` commits to the fields here and to the link before."""

    sequence: int
    on: date
    actor: str
    act: str
    content_hash: bytes
    previous_hash: bytes
    entry_hash: bytes


class CaseFile(Record, frozen=True):
    """A case as one staff member may open it: sealed parts, their grants, the thread. Opening it is logged."""

    line: CaseLine
    parts: tuple[SealedPart, ...]
    grants: tuple[SealedGrant, ...]
    letters: tuple[Letter, ...]
    files: tuple[FileLine, ...]
    log: tuple[LogEntry, ...]
    #: Letters in the thread; goes back with every act, so that nobody answers over an unseen one.
    seen: int


class FromStaff(Record, frozen=True):
    """A letter of the desk. `for_reporter` is absent for a note; both hold the same signed letter."""

    message_id: str
    for_desk: bytes
    for_reporter: bytes | None
    seen: int


class MoveCase(Record, frozen=True):
    """A stage change with its notice. `reason` is a code of the organ's list and required for a refusal."""

    move: Move
    from_stage: Stage
    reason: str | None
    letter: FromStaff


class PostedBy(Record, frozen=True):
    """A staff member's credential, as the store keeps it: the SHA-256 of the bearer token."""

    staff_id: str
    credential_hash: bytes


class Publication(Record, frozen=True):
    """A signed roster with what the store must know of it in clear. The bot trusts only the signed document."""

    serial: int
    document: bytes
    desks: tuple[str, ...]
    credentials: tuple[PostedBy, ...]
    reasons: tuple[str, ...]  # codes for not accepting a report (Guidelines 3(1)iv)


class RosterDocument(Record, frozen=True):
    """The newest published roster, as signed bytes."""

    serial: int
    document: bytes


class Fault(StrEnum):
    """Why a request was refused; the HTTP status says who must act."""

    UNREADABLE = "unreadable"
    NOT_ALLOWED = "not_allowed"
    NOT_FOUND = "not_found"
    CHANGED_MEANWHILE = "changed_meanwhile"
    NO_SUCH_MOVE = "no_such_move"
    REASON_NEEDED = "reason_needed"
    FILE_MISSING = "file_missing"
    OLDER_ROSTER = "older_roster"
    TOO_LARGE = "too_large"
    BUSY = "busy"


class Refusal(Record, frozen=True):
    """The body of every answer that is not 2xx."""

    fault: Fault
