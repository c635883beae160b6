"""Approval (決裁) of what waits: read, approved, returned, withdrawn. Whoever decides first decides.

Approving carries the act out as if it were made now, by whoever proposed it: if it does not fit any more, nothing
leaves, and the proposal goes back with what did not fit.
"""

from typing import Final

from msgspec.structs import replace

from backend.commands.handling import carry_out, judged
from backend.commands.watching import overseen
from backend.contract import Compartment, Fault
from backend.contract.proposals import Approve, OpenedProposal, Outcome, Proposal, Return, Withdraw
from backend.domain import case as decisions
from backend.domain.case import Case, Refused
from backend.domain.chain import Act, fingerprint
from backend.domain.proposals import decided
from backend.ports import Circumstances, Work

#: How the log names what became of a proposal.
_ACTS: Final = {
    Outcome.APPROVED: Act.APPROVED,
    Outcome.RETURNED: Act.RETURNED,
    Outcome.WITHDRAWN: Act.WITHDRAWN,
    Outcome.STALE: Act.RETURNED,
}


def read_proposal(work: Work, at: Circumstances, staff_id: str, number: str) -> OpenedProposal | Refused:
    """Give what waits on a case to whoever may approve it, and record that they read it."""
    case = overseen(work, at, staff_id, number)
    if isinstance(case, Refused):
        return case
    waiting = next(iter(work.proposals.waiting((number,))), None)
    content = work.proposals.content(number, waiting.proposal_id) if waiting else None
    if waiting is None or content is None:
        return Refused(Fault.NOT_FOUND)
    _log(work, at, case, Act.PROPOSAL_READ, staff_id, waiting.proposal_id)
    mine = next((copy for copy in content.copies if copy.holder == staff_id), None)
    return OpenedProposal(proposal=waiting, submission_id=case.submission_id, copy=mine)


def approve(work: Work, at: Circumstances, staff_id: str, number: str, sent: Approve) -> Proposal | Refused:
    """Carry out what waits, as of today; or send it back, where it does not fit any more: see its outcome.

    Whoever proposed something approves it not.
    """
    case = overseen(work, at, staff_id, number)
    if isinstance(case, Refused):
        return case
    found = _waiting(work, number, sent.proposal_id, staff_id, (Outcome.APPROVED, Outcome.STALE))
    if isinstance(found, Refused) or found.outcome is not None:
        return found
    content = work.proposals.content(number, found.proposal_id)
    if found.proposer == staff_id or content is None:
        return Refused(Fault.NOT_ALLOWED)
    verdict = judged(work, at, replace(case, waiting=False), found.proposer, content)
    if isinstance(verdict, Refused):
        return _end(work, at, case, decided(found, Outcome.STALE, staff_id, at.today, fault=verdict.fault))
    approved = decided(found, Outcome.APPROVED, staff_id, at.today)
    work.proposals.decide(approved)
    logged = _log(work, at, verdict.case, Act.APPROVED, staff_id, found.proposal_id)
    carry_out(work, at, replace(verdict, case=logged), found.proposer, content)
    return approved


def give_back(work: Work, at: Circumstances, staff_id: str, number: str, sent: Return) -> Proposal | Refused:
    """Give a proposal back to whoever made it, for a reason; the case waits no more."""
    case = overseen(work, at, staff_id, number)
    if isinstance(case, Refused):
        return case
    found = _waiting(work, number, sent.proposal_id, staff_id, (Outcome.RETURNED,))
    if isinstance(found, Refused) or found.outcome is not None:
        return found
    return _end(work, at, case, decided(found, Outcome.RETURNED, staff_id, at.today, returned_for=sent.reason))


def withdraw(work: Work, at: Circumstances, staff_id: str, number: str, sent: Withdraw) -> Proposal | Refused:
    """Take back what one has proposed; the case waits no more.

    Where nobody oversees the case any more, everyone who reads its facts may: else it might wait for ever.
    """
    case = work.cases.granted(number, staff_id)
    if case is None:
        return Refused(Fault.NOT_FOUND)
    found = _waiting(work, number, sent.proposal_id, staff_id, (Outcome.WITHDRAWN,))
    if isinstance(found, Refused) or found.outcome is not None:
        return found
    is_stuck = case.overseer is None and Compartment.FACTS in work.cases.compartments(number, staff_id)
    if found.proposer != staff_id and not is_stuck:
        return Refused(Fault.NOT_ALLOWED)
    return _end(work, at, case, decided(found, Outcome.WITHDRAWN, staff_id, at.today))


def _waiting(
    work: Work, number: str, proposal_id: str, staff_id: str, repeated: tuple[Outcome, ...]
) -> Proposal | Refused:
    """The proposal, if it waits or if this is a repeat of what ended it; refused where somebody else was first."""
    found = work.proposals.find(number, proposal_id)
    if found is None:
        return Refused(Fault.NOT_FOUND)
    is_repeat = found.decided_by == staff_id and found.outcome in repeated
    return found if found.outcome is None or is_repeat else Refused(Fault.CHANGED_MEANWHILE)


def _end(work: Work, at: Circumstances, case: Case, ended: Proposal) -> Proposal:
    work.proposals.decide(ended)
    why = ended.returned_for or ended.fault or ""
    outcome = ended.outcome or Outcome.WITHDRAWN
    logged = _log(work, at, case, _ACTS[outcome], ended.decided_by or "", ended.proposal_id, outcome, why)
    work.cases.save(replace(logged, waiting=False))
    return ended


def _log(work: Work, at: Circumstances, case: Case, act: Act, actor: str, *said: str) -> Case:
    content = fingerprint(*(word.encode() for word in said))
    after, link = decisions.recorded(case, act, actor, at.today, content)
    work.cases.save(after)
    work.cases.add_entry(case.number, link)
    return after
