"""What staff see of cases and do to them."""

from datetime import date

from backend.contract.reporting import Letter, SealedGrant, SealedPart
from backend.contract.words import AlertKind, CaseKind, Ending, Escalation, Move, Obligation, Record, Stage


class Duty(Record, frozen=True):
    """One thing owed on one case."""

    #: The obligation and a number, such as `check_in-2`; unique within the case.
    duty_id: str
    obligation: Obligation
    begun_on: date
    due_on: date
    ended_on: date | None = None
    ending: Ending | None = None
    #: Staff were reminded of it, the overseer was told of it.
    reminded_on: date | None = None
    escalated_on: date | None = None
    #: The reporter was told that its day has passed.
    told_on: date | None = None


class CaseLine(Record, frozen=True):
    """One case in a staff member's inbox."""

    case_number: str
    submission_id: str
    desk: str
    stage: Stage
    received_on: date
    #: When the next thing owed falls due, and what it is; nothing is owed where they are absent.
    due_on: date | None
    escalation: Escalation
    letters: int
    #: A letter from the reporter came after the last one from staff (or nobody has answered yet).
    awaits_answer: bool
    owes: Obligation | None = None
    kind: CaseKind = CaseKind.REPORT
    #: By when handling is expected to end, once it is accepted.
    expected_on: date | None = None
    #: The responsible person, once there is one.
    owner: str | None = None
    #: Something on it waits for approval.
    waiting: bool = False


class Alert(Record, frozen=True):
    """For whoever oversees: something happened to a case. No content, no grant."""

    case_number: str
    desk: str
    what: AlertKind
    on: date


class Reminder(Record, frozen=True):
    """Something that is owed soon, or is late already."""

    case_number: str
    desk: str
    obligation: Obligation
    due_on: date


class StaffInbox(Record, frozen=True):
    """What a staff member sees first: what falls due first is on top."""

    cases: tuple[CaseLine, ...]
    alerts: tuple[Alert, ...] = ()
    #: Of the cases granted to them, and what they owe on those that they oversee.
    reminders: tuple[Reminder, ...] = ()
    #: For whoever oversees: how many reminders the desks have about cases they oversee.
    reminded: int = 0


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
    #: What is owed and was, what falls due first on top.
    duties: tuple[Duty, ...] = ()


class FromStaff(Record, frozen=True):
    """A letter of the desk. `for_reporter` is absent for a note; both hold the same signed letter."""

    message_id: str
    for_desk: bytes
    for_reporter: bytes | None
    seen: int


class SealedCopy(Record, frozen=True):
    """A signed letter, sealed once more to somebody who may approve it and holds no key to the case."""

    holder: str
    ciphertext: bytes


class MoveCase(Record, frozen=True):
    """An act on a case with its letter: a notice for the reporter, or a minute that stays at the desk."""

    move: Move
    from_stage: Stage
    letter: FromStaff
    #: A code of the list that the move draws from.
    reason: str | None = None
    #: The code of the ground or exception on which the notice is not given; then the letter is for the desk alone.
    unsaid: str | None = None
    #: The day that the move speaks of: when an investigation starts, when handling is expected to end.
    on: date | None = None
    #: What the case was about, for figures; counted, and not kept with the case.
    category: str | None = None
    #: The letter, for those who may have to approve it first.
    copies: tuple[SealedCopy, ...] = ()
