"""Materials on cases for the supervising agency (Guidelines 5(5)): no identity, no secret, no free words.

There is no field for anything that was written, for a key, for a name, or for a day: weeks only.
"""

from backend.contract.words import CaseKind, Ending, Obligation, Record, Stage


class MaterialDuty(Record, frozen=True):
    """What was owed, and how it ended. Weeks are those of ISO 8601, as `2026-W47`."""

    obligation: Obligation
    begun: str
    due: str
    ended: str | None
    ending: Ending | None


class MaterialStep(Record, frozen=True):
    """What was done, without who did it."""

    act: str
    week: str


class CaseMaterial(Record, frozen=True):
    """One case: its course, what was owed, and what its log can be held against."""

    case_number: str
    kind: CaseKind
    stage: Stage
    received: str
    ended: str | None
    steps: tuple[MaterialStep, ...]
    duties: tuple[MaterialDuty, ...]
    log_length: int
    log_head: bytes


class Materials(Record, frozen=True):
    """The cases that whoever asks oversees."""

    cases: tuple[CaseMaterial, ...]
