"""What members do before they go near cases, and with the keys of those they may open."""

from typing import Final

from backend import commands, queries
from backend.contract import (
    AcknowledgeRules,
    AddMasked,
    Declare,
    GiveGrants,
    Holders,
    HouseRules,
    Parting,
    RemoveGrants,
    RenewKeys,
    Role,
)
from backend.web.routes import Answer, Call, Route


async def rules(call: Call, _: None) -> Answer:
    """Give the organ's rules."""
    return await call.read(queries.house_rules, call.staff_id)


async def acknowledge(call: Call, sent: AcknowledgeRules) -> Answer:
    """Note that the member has read them."""
    return await call.write(commands.acknowledge_rules, call.staff_id, sent)


async def parting(call: Call, _: None) -> Answer:
    """Give what the member would have to leave behind."""
    return await call.read(queries.parting, call.staff_id, call.path["number"])


async def declare(call: Call, sent: Declare) -> Answer:
    """Take a declaration."""
    return await call.write(commands.declare, call.staff_id, call.path["number"], sent)


async def holders(call: Call, _: None) -> Answer:
    """Say who holds keys of a case."""
    return await call.look(queries.holders, call.staff_id, call.path["number"])


async def give(call: Call, sent: GiveGrants) -> Answer:
    """Give keys to others."""
    return await call.write(commands.give_grants, call.staff_id, call.path["number"], sent)


async def remove(call: Call, sent: RemoveGrants) -> Answer:
    """Take keys from somebody."""
    return await call.write(commands.remove_grants, call.staff_id, call.path["number"], sent)


async def renew(call: Call, sent: RenewKeys) -> Answer:
    """Take a fresh key."""
    return await call.write(commands.renew_keys, call.staff_id, call.path["number"], sent)


async def mask(call: Call, sent: AddMasked) -> Answer:
    """Take a note for the masked compartment."""
    return await call.write(commands.add_masked, call.staff_id, call.path["number"], sent)


_STAFF: Final = frozenset({Role.STAFF})

ROUTES: Final = (
    Route(
        method="GET",
        path="/rules",
        roles=_STAFF,
        does=rules,
        gives=HouseRules,
        summary="Read the organ's internal rules",
    ),
    Route(
        method="POST",
        path="/rules/acknowledgements",
        roles=_STAFF,
        does=acknowledge,
        takes=AcknowledgeRules,
        summary="Acknowledge the rules as they are now",
    ),
    Route(
        method="GET",
        path="/cases/{number}/parting",
        roles=_STAFF,
        does=parting,
        gives=Parting,
        summary="Fetch one's own keys that nobody else has, to be left behind for the recovery key",
    ),
    Route(
        method="POST",
        path="/cases/{number}/declarations",
        roles=_STAFF,
        does=declare,
        takes=Declare,
        summary="Declare whether one has a conflict of interest; one who has loses all keys of the case",
    ),
    Route(
        method="GET",
        path="/cases/{number}/grants",
        roles=_STAFF,
        does=holders,
        gives=Holders,
        summary="Ask who holds keys of a case",
    ),
    Route(
        method="POST",
        path="/cases/{number}/grants",
        roles=_STAFF,
        does=give,
        takes=GiveGrants,
        summary="Give keys to others",
    ),
    Route(
        method="POST",
        path="/cases/{number}/grants/remove",
        roles=_STAFF,
        does=remove,
        takes=RemoveGrants,
        summary="Take all keys of a case from somebody",
    ),
    Route(
        method="POST",
        path="/cases/{number}/keys",
        roles=_STAFF,
        does=renew,
        takes=RenewKeys,
        summary="Make a fresh key for a compartment, and tell the reporter",
    ),
    Route(
        method="POST",
        path="/cases/{number}/masked",
        roles=_STAFF,
        does=mask,
        takes=AddMasked,
        summary="Put a note into the masked compartment",
    ),
)
