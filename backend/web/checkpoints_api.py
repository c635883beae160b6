"""Checkpoints: published for everyone, checked and signed by the bot, held against a case's log by who may read it."""

from typing import Final

from backend.commands import checkpoints as commands
from backend.contract import (
    CaseLog,
    CheckpointOffer,
    CheckpointRefusal,
    Checkpoints,
    CheckpointSignature,
    Role,
)
from backend.domain.case import Refused
from backend.queries import checkpoints as queries
from backend.web.routes import READERS, Answer, Call, Route


async def published(call: Call, _: None) -> Answer:
    """Give all signed checkpoints."""
    return await call.read(queries.published_checkpoints)


async def offered(call: Call, _: None) -> Answer:
    """Give the checkpoint that waits, if one does."""
    return await call.read(queries.offered_checkpoint)


async def signed(call: Call, sent: CheckpointSignature) -> Answer:
    """Take the bot's signature."""
    outcome: Refused | None = await call.write(commands.sign_checkpoint, sent)
    return outcome


async def refused(call: Call, sent: CheckpointRefusal) -> Answer:
    """Hear that the bot does not sign."""
    await call.write(commands.refuse_checkpoint, sent)
    # Whoever operates the case store must look at it, and may not see the bot's log.
    call.services.log.error("checkpoint_refused")
    return None


async def log(call: Call, _: None) -> Answer:
    """Give a case's log and its proofs."""
    return await call.look(queries.log_of_case, call.staff_id, call.path["number"])


_INTAKE: Final = frozenset({Role.INTAKE})

ROUTES: Final = (
    Route(
        method="GET",
        path="/checkpoints",
        roles=frozenset(Role),
        offices=READERS,
        does=published,
        gives=Checkpoints,
        summary="List all signed checkpoints, oldest first",
    ),
    Route(
        method="GET",
        path="/checkpoints/offered",
        roles=_INTAKE,
        does=offered,
        gives=CheckpointOffer,
        summary="Fetch the checkpoint that waits to be signed, with what shows that it continues the last one",
    ),
    Route(
        method="POST",
        path="/checkpoints/signed",
        roles=_INTAKE,
        does=signed,
        takes=CheckpointSignature,
        summary="Sign the checkpoint that waits",
    ),
    Route(
        method="POST",
        path="/checkpoints/refused",
        roles=_INTAKE,
        does=refused,
        takes=CheckpointRefusal,
        summary="Refuse the checkpoint that waits; it is made anew",
    ),
    Route(
        method="GET",
        path="/cases/{number}/log",
        roles=frozenset({Role.STAFF}),
        offices=READERS,
        does=log,
        gives=CaseLog,
        summary="Fetch a case's log and the proofs of it",
    ),
)
