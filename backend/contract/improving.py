"""What an organ does about its mechanism: findings, improvements, awareness; and who asked for exact figures."""

from datetime import date
from enum import StrEnum

from backend.contract.figures import PublishedHalf
from backend.contract.releases import Release
from backend.contract.words import Record


class Improving(StrEnum):
    """What is recorded (Guidelines 5(4)ii)."""

    FINDING = "finding"
    IMPROVEMENT = "improvement"


class Audience(StrEnum):
    """For whom an awareness session was held (Guidelines 5(2)i)."""

    ALL = "all"
    NEW = "new"
    SUPERVISORS = "supervisors"
    EXECUTIVES = "executives"
    DESK = "desk"
    CONTRACTORS = "contractors"


class Improvement(Record, frozen=True):
    """A finding on the mechanism, or what was decided about it. Never about a case. The same id again changes it."""

    improvement_id: str
    kind: Improving
    on: date
    words: str


class Session(Record, frozen=True):
    """An awareness session that was held. The same id again changes it."""

    session_id: str
    on: date
    audience: Audience
    attended: int


class ExactReading(Record, frozen=True):
    """Somebody asked for the exact counts of half a year."""

    staff_id: str
    half: str
    on: date


class FiguresBook(Record, frozen=True):
    """All that staff, executive and auditor may see of figures and of what is done about the mechanism."""

    halves: tuple[PublishedHalf, ...]
    releases: tuple[Release, ...]
    improvements: tuple[Improvement, ...]
    sessions: tuple[Session, ...]
    readings: tuple[ExactReading, ...]
