"""What people do around one case of a store: declare, open it, give keys and take them; and what became of it."""

from collections.abc import Callable
from typing import TypeVar

from msgspec.structs import replace

from backend import commands, queries
from backend.contract import (
    AlertKind,
    CaseFile,
    Compartment,
    Declare,
    Fault,
    GiveGrants,
    Obligation,
    Parting,
    SealedGrant,
)
from backend.domain.case import Refused
from backend.domain.holdings import RECOVERY
from backend.ports import CaseStore, Circumstances, Work
from tests.support.overseen import AT, ORGAN, organ
from tests.support.reports import submission

T = TypeVar("T")

FACTS, IDENTITY, MASKED = Compartment.FACTS, Compartment.IDENTITY, Compartment.MASKED
DENIED, GONE = Refused(Fault.NOT_ALLOWED), Refused(Fault.NOT_FOUND)


class Desk:
    """What people do to one case of a store."""

    def __init__(self, store: CaseStore, number: str) -> None:
        self.store = store
        self.number = number

    async def do(self, command: Callable[..., T], who: str, *sent: object, at: Circumstances = AT) -> T:
        """Somebody does something to the case."""
        return await self.store.write(ORGAN, lambda work: command(work, at, who, self.number, *sent))

    async def ask(self, question: Callable[[Work], T]) -> T:
        """Look into the store."""
        return await self.store.read(ORGAN, question)

    async def open(self, who: str = "sato", at: Circumstances = AT) -> CaseFile | Refused:
        """Somebody opens it."""
        return await self.do(commands.open_case, who, at=at)

    async def seen(self, who: str = "sato") -> CaseFile:
        """Somebody opens it, which goes well."""
        found = await self.open(who)
        assert isinstance(found, CaseFile), found
        return found

    async def declare(self, who: str, *parting: SealedGrant, conflicted: bool = False) -> Refused | None:
        """Somebody declares."""
        return await self.do(commands.declare, who, Declare(conflicted=conflicted, parting=parting))

    async def leaves(self, who: str) -> None:
        """Somebody has a conflict, and leaves behind what nobody else holds."""
        assert await self.declare(who, *await self.left(who), conflicted=True) is None

    async def left(self, who: str) -> list[SealedGrant]:
        """What somebody has to leave behind, sealed to the recovery key."""
        mine = await self.ask(lambda work: queries.parting(work, who, self.number))
        return [replace(grant, holder=RECOVERY) for grant in mine.grants] if isinstance(mine, Parting) else []

    async def gives(self, who: str, *grants: SealedGrant, cause: str | None = None) -> Refused | None:
        """Somebody gives keys."""
        return await self.do(commands.give_grants, who, GiveGrants(grants=grants, cause=cause))

    async def owed(self) -> set[Obligation]:
        """What is owed on it."""
        return {
            duty.obligation for duty in await self.ask(lambda work: work.duties.of(self.number)) if not duty.ended_on
        }

    async def told(self, who: str) -> set[AlertKind]:
        """What somebody is told of it."""
        return {alert.what for alert in await self.ask(lambda work: work.cases.alerts(who))}

    async def holders(self) -> set[tuple[str, str]]:
        """Who holds what."""
        return {
            (each.holder, each.compartment) for each in await self.ask(lambda work: work.keys.holdings(self.number))
        }

    async def acts(self) -> list[tuple[str, str]]:
        """What stands in the log."""
        entries = await self.ask(lambda work: work.materials.log(self.number))
        return [(entry.actor, entry.act) for entry in entries]


def key(holder: str, compartment: Compartment = FACTS, epoch: int = 0) -> SealedGrant:
    """A key for somebody."""
    return SealedGrant(
        holder=holder, compartment=compartment, ciphertext=f"{holder} {compartment} {epoch}".encode(), epoch=epoch
    )


async def handed_over(store: CaseStore, *holders: str, name: str = "first") -> Desk:
    """A case that these people hold all keys of; nobody has declared anything."""
    await store.write(ORGAN, lambda work: commands.publish_roster(work, AT, organ()))
    sent = submission(name, holders, overseer="tanaka", stand_in="ito")
    outcome = await store.write(ORGAN, lambda work: commands.submit(work, AT, sent))
    assert isinstance(outcome, tuple)
    return Desk(store, outcome[0].case_number)
