"""Keeping cases and destroying them: holds, decisions of whoever oversees a case, mailboxes that the bot forgets."""

from collections.abc import Callable
from functools import partial
from typing import Final

from backend import commands, queries
from backend.contract import Decided, DestroyCase, HoldCase, Mailboxes, PreservedCases, Role, TransferCase
from backend.domain.case import Refused
from backend.ports import Circumstances, Work
from backend.web.routes import Answer, Call, Route


async def undecided(call: Call, _: None) -> Answer:
    """Give what this person must decide about."""
    return await call.look(queries.undecided, call.staff_id)


async def hold(call: Call, sent: HoldCase) -> Answer:
    """Let nobody destroy a case."""
    return await call.write(commands.hold_case, call.staff_id, call.path["number"], sent)


async def release(call: Call, _: None) -> Answer:
    """Let it be destroyed again."""
    return await call.write(commands.release_hold, call.staff_id, call.path["number"])


async def destroy(call: Call, sent: DestroyCase) -> Answer:
    """Destroy a case for good."""
    return await _decide(call, partial(commands.destroy_case, sent=sent))


async def transfer(call: Call, sent: TransferCase) -> Answer:
    """Note where a case went, and destroy or keep it."""
    return await _decide(call, partial(commands.transfer_case, sent=sent))


async def mailboxes(call: Call, _: None) -> Answer:
    """Give what the bot must forget."""
    return await call.read(queries.destroyed_mailboxes)


async def forgotten(call: Call, sent: Mailboxes) -> Answer:
    """Strike out what the bot has forgotten."""
    await call.write(_forgotten, sent)
    await call.services.store.scrub()
    return None


async def _decide(call: Call, command: Callable[..., Decided | Refused]) -> Answer:
    """Run a command that deletes much, and answer when nothing of it is left in side files either."""

    def decide(work: Work) -> Decided | Refused:
        at: Circumstances = call.services.circumstances(work.policy.time_zone)
        return command(work, at, call.staff_id, call.path["number"])

    outcome = await call.services.store.write(call.caller.organ, decide, is_bulky=True)
    if isinstance(outcome, Decided) and outcome.receipt is not None:
        await call.services.store.scrub()
    return outcome


def _forgotten(work: Work, _: Circumstances, sent: Mailboxes) -> None:
    work.retention.forgotten(sent.mailboxes)


_STAFF: Final = frozenset({Role.STAFF})
_INTAKE: Final = frozenset({Role.INTAKE})

ROUTES: Final = (
    Route(
        method="GET",
        path="/preserved",
        roles=_STAFF,
        does=undecided,
        gives=PreservedCases,
        summary="List the cases whose preservation is over and about which this member decides",
    ),
    Route(
        method="POST",
        path="/cases/{number}/hold",
        roles=_STAFF,
        does=hold,
        takes=HoldCase,
        summary="Let nobody destroy a case, for a reason of the organ's list",
    ),
    Route(
        method="POST",
        path="/cases/{number}/hold/release",
        roles=_STAFF,
        does=release,
        summary="Release a hold",
    ),
    Route(
        method="POST",
        path="/cases/{number}/destroy",
        roles=_STAFF,
        does=destroy,
        takes=DestroyCase,
        gives=Decided,
        summary="Destroy a case whose preservation is over; cannot be undone",
    ),
    Route(
        method="POST",
        path="/cases/{number}/transfer",
        roles=_STAFF,
        does=transfer,
        takes=TransferCase,
        gives=Decided,
        summary="Note which archive has a case, then destroy it or keep it for another period",
    ),
    Route(
        method="GET",
        path="/mailboxes/destroyed",
        roles=_INTAKE,
        does=mailboxes,
        gives=Mailboxes,
        summary="Fetch the mailboxes of destroyed cases, for the bot to forget",
    ),
    Route(
        method="POST",
        path="/mailboxes/forgotten",
        roles=_INTAKE,
        does=forgotten,
        takes=Mailboxes,
        summary="Strike out mailboxes that the bot has forgotten",
    ),
)
