"""What the bot does for a reporter who came back with a token, and the pushes it takes to mailboxes."""

from typing import Final

from backend import commands, queries, telling
from backend.contract import (
    AnswerCheckIn,
    Delivered,
    FromReporter,
    Inbox,
    Lease,
    Leased,
    LettersRead,
    Locate,
    Role,
    Told,
)
from backend.web.routes import Answer, Call, Route


async def open_inbox(call: Call, sent: Locate) -> Answer:
    """Give what a token opens; not recorded anywhere."""
    return await call.look(queries.inbox_of_locator, sent)


async def letters_read(call: Call, sent: LettersRead) -> Answer:
    """Announce no more what was read, and know it as read; when that was is recorded nowhere."""
    return await call.write(telling.letters_read, sent)


async def write(call: Call, sent: FromReporter) -> Answer:
    """Take a reporter's letter."""
    outcome = await call.write(commands.write_as_reporter, sent)
    if outcome is None:
        call.count("letters")
    return outcome


async def answer_check_in(call: Call, sent: AnswerCheckIn) -> Answer:
    """Take what a reporter answers to a check-in."""
    return await call.write(commands.answer_check_in, sent)


async def set_told(call: Call, sent: Told) -> Answer:
    """Note or forget where the reporter is told of answers."""
    outcome = await call.write(telling.set_told, sent)
    if outcome is None and sent.mailbox is None:
        # What was forgotten must not linger in the log of what was written.
        await call.services.store.scrub()
    return outcome


async def lease(call: Call, sent: Lease) -> Answer:
    """Hand out pushes that are due."""
    leased, parked = await call.write(telling.lease_pushes, sent)
    if parked:
        call.services.log.error("pushes_parked", count=parked)
    return leased


async def delivered(call: Call, sent: Delivered) -> Answer:
    """Strike out pushes."""
    await call.write(telling.acknowledge_pushes, sent)
    if sent.undeliverable:
        await call.services.store.scrub()
    return None


_INTAKE: Final = frozenset({Role.INTAKE})

ROUTES: Final = (
    Route(
        method="POST",
        path="/inbox",
        roles=_INTAKE,
        does=open_inbox,
        takes=Locate,
        gives=Inbox,
        summary="Open the inbox behind a locator",
    ),
    Route(
        method="POST",
        path="/inbox/read",
        roles=_INTAKE,
        does=letters_read,
        takes=LettersRead,
        summary="Announce no more what the reporter has before them, and know it as read",
    ),
    Route(
        method="POST",
        path="/inbox/letters",
        roles=_INTAKE,
        does=write,
        takes=FromReporter,
        summary="Put a reporter's letter into the thread",
    ),
    Route(
        method="POST",
        path="/inbox/check-in",
        roles=_INTAKE,
        does=answer_check_in,
        takes=AnswerCheckIn,
        summary="Answer a check-in",
    ),
    Route(
        method="POST",
        path="/inbox/told",
        roles=_INTAKE,
        does=set_told,
        takes=Told,
        summary="Set or forget the mailbox at which the reporter is told of answers",
    ),
    Route(
        method="POST",
        path="/outbox/lease",
        roles=_INTAKE,
        does=lease,
        takes=Lease,
        gives=Leased,
        summary="Take pushes that are due, under a lease",
    ),
    Route(
        method="POST",
        path="/outbox/delivered",
        roles=_INTAKE,
        does=delivered,
        takes=Delivered,
        summary="Acknowledge pushes that arrived, or never will",
    ),
)
