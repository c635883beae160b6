"""What waits for approval: acts that staff have prepared and that leave only when whoever oversees has agreed."""

from datetime import date
from enum import StrEnum

from backend.contract.handling import SealedCopy
from backend.contract.words import Fault, Move, Record, Stage


class Outcome(StrEnum):
    """What became of a proposal."""

    APPROVED = "approved"
    RETURNED = "returned"
    """The approver wants it otherwise, for a reason."""
    WITHDRAWN = "withdrawn"
    """Whoever proposed it took it back."""
    STALE = "stale"
    """It was approved, and did not fit any more: the case had changed meanwhile."""


class ReturnReason(StrEnum):
    """Why an approver does not agree."""

    WORDING = "wording"
    FACTS = "facts"
    """What it rests on is not clear enough yet."""
    DECISION = "decision"
    """Another decision is called for."""
    GROUND = "ground"
    """The ground for leaving the notice out does not hold."""
    LATER = "later"


class Proposal(Record, frozen=True):
    """One act that waits or waited, without its letter."""

    proposal_id: str
    case_number: str
    move: Move
    from_stage: Stage
    proposer: str
    proposed_on: date
    #: The codes that the act names, and the day.
    reason: str | None = None
    unsaid: str | None = None
    on: date | None = None
    #: Absent while it waits.
    outcome: Outcome | None = None
    decided_by: str | None = None
    decided_on: date | None = None
    #: Why it was returned.
    returned_for: ReturnReason | None = None
    #: What did not fit any more.
    fault: Fault | None = None


class OpenedProposal(Record, frozen=True):
    """A proposal as its approver may read it; reading it is logged."""

    proposal: Proposal
    submission_id: str
    #: The letter, sealed to this approver; absent where the proposer gave them none.
    copy: SealedCopy | None = None


class Approve(Record, frozen=True):
    """Let a proposal be carried out."""

    proposal_id: str


class Return(Record, frozen=True):
    """Give a proposal back."""

    proposal_id: str
    reason: ReturnReason


class Withdraw(Record, frozen=True):
    """Take a proposal of one's own back."""

    proposal_id: str
