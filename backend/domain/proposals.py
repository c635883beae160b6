"""What waits for approval (決裁): when an act has to, and what becomes of it. Knows no letter's words.

One act waits on a case at a time. Staff write nothing meanwhile, since its letter is the next of the thread; the
reporter may write, and then the act does not fit any more.
"""

from datetime import date
from typing import Final

from msgspec.structs import replace

from backend.contract import Fault, Move, MoveCase, Policy, Publication
from backend.contract.proposals import Outcome, Proposal, ReturnReason
from backend.domain.case import Case

#: What its proposer should look at again.
SENT_BACK: Final = frozenset({Outcome.RETURNED, Outcome.STALE})


def is_external(published: Publication | None, desk: str) -> bool:
    """Tell whether a desk is outside counsel's: that its cases exist is all the organ knows (Guidelines 2(2)i)."""
    return published is not None and desk in published.external_desks


def needs_approval(case: Case, move: Move, mover: str, policy: Policy, published: Publication | None) -> bool:
    """Tell whether a move waits until whoever oversees the case has approved it.

    Not where they make it themselves, where nobody in the organ may oversee the case, nor at outside counsel's.
    """
    has_another = case.overseer is not None and case.overseer != mover
    return move in policy.approvals and has_another and not is_external(published, case.desk)


def approvals_on(case: Case, staff_id: str, policy: Policy, published: Publication | None) -> tuple[Move, ...]:
    """The moves on a case for which this member needs an approval."""
    return tuple(move for move in policy.approvals if needs_approval(case, move, staff_id, policy, published))


def proposed(case: Case, sent: MoveCase, proposer: str, on: date) -> Proposal:
    """An act as it waits; its letter's id is its own."""
    return Proposal(
        proposal_id=sent.letter.message_id,
        case_number=case.number,
        move=sent.move,
        from_stage=sent.from_stage,
        proposer=proposer,
        proposed_on=on,
        reason=sent.reason,
        unsaid=sent.unsaid,
        on=sent.on,
    )


def decided(
    proposal: Proposal,
    outcome: Outcome,
    by: str,
    on: date,
    *,
    returned_for: ReturnReason | None = None,
    fault: Fault | None = None,
) -> Proposal:
    """A proposal as it is kept once it waits no more."""
    return replace(proposal, outcome=outcome, decided_by=by, decided_on=on, returned_for=returned_for, fault=fault)
