"""What staff see of cases and do to them."""

from datetime import date

from backend.contract.reporting import Letter, SealedGrant, SealedPart
from backend.contract.words import Escalation, Move, Record, Stage


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
