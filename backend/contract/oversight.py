"""What whoever oversees sees of all cases that do not exclude them: where each stands and what is owed. No content."""

from datetime import date
from enum import StrEnum

from backend.contract.assigning import Need
from backend.contract.handling import Alert, FromStaff
from backend.contract.proposals import Proposal
from backend.contract.words import CaseKind, Escalation, Obligation, Office, Record, Stage


class CheckResult(StrEnum):
    """What an executive's check of an investigation found (Guidelines 3(2)iii)."""

    IN_ORDER = "in_order"
    NEEDS_ATTENTION = "needs_attention"
    SLOW = "slow"


class RecordCheck(Record, frozen=True):
    """A check of an investigation was made."""

    check_id: str
    result: CheckResult
    #: When the next one is owed; as the organ's policy has it where absent.
    next_on: date | None = None
    #: Words that stay at the desk, from an overseer who has a key to the case.
    letter: FromStaff | None = None


class Check(Record, frozen=True):
    """One check that was made."""

    check_id: str
    result: CheckResult
    on: date
    by: str


class OverseenLine(Record, frozen=True):
    """One case that somebody oversees."""

    case_number: str
    desk: str
    stage: Stage
    kind: CaseKind
    received_on: date
    escalation: Escalation
    waiting: bool
    #: What anybody owes next, who, and by when.
    owes: Obligation | None = None
    owed_by: Office | None = None
    due_on: date | None = None
    owner: str | None = None
    #: Why somebody should look at who is responsible.
    needs: tuple[Need, ...] = ()


class ExternalLine(Record, frozen=True):
    """A case that lies with outside counsel: that it exists is all that the organ knows."""

    case_number: str
    desk: str


class Counts(Record, frozen=True):
    """The overview in five figures."""

    open: int
    overdue: int
    due_today: int
    waiting: int
    external: int


class Absence(Record, frozen=True):
    """From when to when somebody is away, both days included."""

    staff_id: str
    begins: date
    ends: date


class DeclareAbsence(Record, frozen=True):
    """The caller will be away; what they had declared for the same first day is replaced."""

    begins: date
    ends: date


class TrainingGap(Record, frozen=True):
    """Somebody whose training has run out, or runs out soon."""

    staff_id: str
    until: date | None


class Gaps(Record, frozen=True):
    """What the organ lacks (Guidelines 2(1)ii, 2(3))."""

    #: Departments without a responsible person.
    departments: tuple[str, ...] = ()
    training: tuple[TrainingGap, ...] = ()
    #: Staff who have not acknowledged the rules as they are now.
    rules_unread: tuple[str, ...] = ()


class Overview(Record, frozen=True):
    """All that one overseer sees first: what falls due first is on top."""

    counts: Counts
    cases: tuple[OverseenLine, ...]
    external: tuple[ExternalLine, ...]
    proposals: tuple[Proposal, ...]
    alerts: tuple[Alert, ...]
    absences: tuple[Absence, ...]
    gaps: Gaps


class LogHead(Record, frozen=True):
    """The end of one case's log."""

    case_number: str
    length: int
    head: bytes


class LogHeads(Record, frozen=True):
    """For the auditor: how far each log goes, who is away, and how many alerts of each kind there are."""

    heads: tuple[LogHead, ...]
    absences: tuple[Absence, ...]
    alerts: dict[str, int]
