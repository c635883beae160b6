"""Something that waits for approval, and what may become of it."""

from backend.commands import approving
from backend.contract import CaseLine, Stage
from backend.contract.proposals import Outcome, Proposal, Return, ReturnReason, Withdraw
from backend.domain.case import Refused
from backend.ports import CaseStore
from tests.support.overseen import AT, ORGAN, declining, do, founded, move, reported


async def give_back(store: CaseStore, number: str, who: str = "tanaka") -> Proposal | Refused:
    """Return what waits."""
    sent = Return(proposal_id="p1", reason=ReturnReason.WORDING)
    return await do(store, lambda work: approving.give_back(work, AT, who, number, sent))


async def withdraw(store: CaseStore, number: str, who: str = "sato") -> Proposal | Refused:
    """Take back what waits."""
    return await do(store, lambda work: approving.withdraw(work, AT, who, number, Withdraw(proposal_id="p1")))


async def proposed(store: CaseStore, **more: object) -> str:
    """A case on which something waits."""
    await founded(store)
    number = await reported(store, **more)  # type: ignore[arg-type]
    line = await move(store, number, declining())
    assert isinstance(line, CaseLine)
    assert line.waiting
    assert line.stage is Stage.RECEIVED
    return number


def outcome_of(decided: Proposal | Refused) -> Outcome | None:
    """What became of it."""
    assert isinstance(decided, Proposal), decided
    return decided.outcome


async def answers(store: CaseStore, number: str) -> int:
    """How many letters the reporter has."""
    return await store.read(ORGAN, lambda work: work.cases.answers(number))
