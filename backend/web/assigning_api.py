"""Who is responsible, which desk has a case, who oversees it, what it belongs to; for those who hold a key to it."""

from typing import Final

from backend.commands import approving, assigning, linking
from backend.contract import CaseLine, Role
from backend.contract.assigning import AssignCase, Oversee, Responsibilities, TransferDesk
from backend.contract.links import LinkCases
from backend.contract.proposals import Proposal, Withdraw
from backend.contract.standing import Standing
from backend.queries import responsibility
from backend.web.routes import Answer, Call, Route


async def responsibilities(call: Call, _: None) -> Answer:
    """Give what this member should see to."""
    return await call.look(responsibility.responsibilities, call.staff_id)


async def standing(call: Call, _: None) -> Answer:
    """Give how a case stands beside its letters."""
    return await call.look(responsibility.standing, call.staff_id, call.path["number"])


async def assign(call: Call, sent: AssignCase) -> Answer:
    """Make somebody responsible."""
    return await call.write(assigning.assign, call.staff_id, call.path["number"], sent)


async def transfer(call: Call, sent: TransferDesk) -> Answer:
    """Give a case to another desk."""
    return await call.write(assigning.transfer, call.staff_id, call.path["number"], sent)


async def oversee(call: Call, sent: Oversee) -> Answer:
    """Put a case under another overseer."""
    return await call.write(assigning.oversee, call.staff_id, call.path["number"], sent)


async def link(call: Call, sent: LinkCases) -> Answer:
    """Put two cases together."""
    return await call.write(linking.link_cases, call.staff_id, call.path["number"], sent)


async def withdraw(call: Call, sent: Withdraw) -> Answer:
    """Take a proposal back."""
    return await call.write(approving.withdraw, call.staff_id, call.path["number"], sent)


_STAFF: Final = frozenset({Role.STAFF})

ROUTES: Final = (
    Route(
        method="GET",
        path="/responsibilities",
        roles=_STAFF,
        does=responsibilities,
        gives=Responsibilities,
        summary="List this member's cases that need a responsible person, a stand-in or a second key",
    ),
    Route(
        method="GET",
        path="/cases/{number}/standing",
        roles=_STAFF,
        does=standing,
        gives=Standing,
        summary="Tell how a case stands: who holds keys, what waits, checks, linked cases",
    ),
    Route(
        method="POST",
        path="/cases/{number}/owner",
        roles=_STAFF,
        does=assign,
        takes=AssignCase,
        gives=CaseLine,
        summary="Make somebody who holds a key to the facts the responsible person",
    ),
    Route(
        method="POST",
        path="/cases/{number}/desk",
        roles=_STAFF,
        does=transfer,
        takes=TransferDesk,
        gives=CaseLine,
        summary="Give a case to another desk whose people hold keys, with the notice for the reporter",
    ),
    Route(
        method="POST",
        path="/cases/{number}/overseer",
        roles=_STAFF,
        does=oversee,
        takes=Oversee,
        gives=CaseLine,
        summary="Put a case under whoever oversees now, where its overseer has left that office",
    ),
    Route(
        method="POST",
        path="/cases/{number}/links",
        roles=_STAFF,
        does=link,
        takes=LinkCases,
        summary="Put two cases on the same matter together",
    ),
    Route(
        method="POST",
        path="/cases/{number}/proposal/withdraw",
        roles=_STAFF,
        does=withdraw,
        takes=Withdraw,
        gives=Proposal,
        summary="Take back what this member has proposed",
    ),
)
