"""What members do before a case opens to them: rules acknowledged, no conflict declared; in the store or over HTTP."""

from backend.contract import AcknowledgeRules, Declare, HouseRules, Phase
from backend.ports import CaseStore
from tests.support.backend_server import Client
from tests.support.reports import TODAY


async def at_ease(store: CaseStore, number: str, *members: str, organ: str = "ministry") -> None:
    """Let members have declared no conflict for every phase of a case, and leave no trace of it in its log."""
    for who in members:
        for phase in Phase:
            await store.write(
                organ,
                lambda work, who=who, phase=phase: work.declarations.declare(  # type: ignore[misc]
                    number, who, phase, TODAY, conflicted=False
                ),
            )


async def acknowledge(member: Client) -> None:
    """Read the rules as they are, and say so."""
    rules = (await member.ask("GET", "/rules")).record(HouseRules).rules
    assert (await member.ask("POST", "/rules/acknowledgements", AcknowledgeRules(version=rules.version))).status == 204


async def declare(member: Client, number: str, *, conflicted: bool = False) -> None:
    """Say for the present phase whether there is a conflict."""
    await acknowledge(member)
    said = await member.ask("POST", f"/cases/{number}/declarations", Declare(conflicted=conflicted))
    assert said.status == 204, said
