"""Opening the inbox behind a token. What is written from it stands in `sending`.

What the inbox holds stays in memory, under a handle; the talk learns counts only. A token that opens nothing gets one
answer in one time, whatever the reason: answers leave at fixed beats after the question, so that their timing tells
nothing.
"""

import asyncio
from contextlib import suppress

from msgspec.structs import replace

from bot.anonymity.references import read_token
from bot.anonymity.token_keys import keys_of
from bot.conversation.catalog import LANGUAGES
from bot.conversation.effects import CloseInbox, ConfirmSaved, OpenInbox
from bot.conversation.events import DeskUnreachable, InboxClosed, Opened, TokenRefused
from bot.conversation.session import Session
from bot.dispatcher.addresses import still_told
from bot.dispatcher.context import Context, Outcome, Place
from bot.dispatcher.looking_up import look_up
from bot.dispatcher.opened import OpenInbox as Open
from bot.dispatcher.possible import kept_letters, wishes_for
from bot.dispatcher.record import Talk
from bot.ports.desk import DeskError, DeskInbox, DeskUnreachableError
from bot.ports.storing import Changes

#: Seconds between the beats at which an answer about a token may leave: several times what the look-up takes.
BEAT = 0.25


async def open_inbox(context: Context, talk: Talk, act: OpenInbox, place: Place) -> Outcome:
    """Look up what the token under the handle opens; what is read now need not be announced any more."""
    inbox = context.inboxes.get(act.handle)
    if inbox is None:
        return Outcome(event=InboxClosed())
    talk.asked_at = asyncio.get_running_loop().time()
    try:
        found = await look_up(context, inbox, talk.record.session.language)
        await _note_read(context, inbox, found)
    except DeskUnreachableError:
        return Outcome(event=DeskUnreachable(sealed=False))
    if found is None:
        context.inboxes.close(act.handle)
        return Outcome(event=TokenRefused())
    event = await _opened(context, talk, act.handle, inbox, found, place)
    return Outcome(session=_in_its_language(talk.record.session, inbox), event=event)


async def keep_time(talk: Talk) -> None:
    """Wait for the beat at which an answer about a token may leave; where none was looked up, for nothing.

    It is the last thing before the answer, since more is stored of a hit than of a miss.
    """
    if talk.asked_at:
        waited = asyncio.get_running_loop().time() - talk.asked_at
        await asyncio.sleep(BEAT - waited % BEAT)


async def confirm_saved(context: Context, talk: Talk, _act: ConfirmSaved, place: Place) -> Outcome:
    """Take the token out of the session, for good; it stays in memory for now, so that being told can be offered."""
    session = talk.record.session
    handle = context.inboxes.put(keys_of(read_token(session.token)))
    inbox = context.inboxes.get(handle)
    found = None
    try:
        found = await look_up(context, inbox, session.language) if inbox else None
    except DeskUnreachableError:
        context.inboxes.close(handle)
    talk.record = replace(talk.record, token_until=0, received_on="")
    event = await _opened(context, talk, handle, inbox, found, place) if inbox and found else InboxClosed()
    return Outcome(
        session=replace(session, token="", submission=""), event=event, changes=Changes(durable=True, forgets=True)
    )


async def close(context: Context, _talk: Talk, act: CloseInbox, _place: Place) -> Outcome:
    """Drop the token and what it opened from memory."""
    context.inboxes.close(act.handle)
    return Outcome()


async def _note_read(context: Context, inbox: Open, found: DeskInbox | None) -> None:
    if found is None:
        return
    is_new = (len(found.letters), len(found.notices)) != (found.letters_read, found.notices_read)
    if is_new or found.announcing:
        # Else an announcement comes that was not needed, or old letters as new; nobody need wait or be told of that.
        with suppress(DeskError):
            await context.desk.letters_read(inbox.keys.locator, len(found.letters), len(found.notices))


async def _opened(context: Context, talk: Talk, handle: str, inbox: Open, found: DeskInbox, place: Place) -> Opened:
    wished = bool(inbox.card and inbox.card.mailbox)
    told = wished and found.told and await still_told(context, inbox, talk.record.session.language)
    return Opened(
        handle=handle,
        letters=sum(letter.kind != "standard" for letter in inbox.page.letters) if inbox.page else 0,
        told=told,
        can_be_told=place.channel in context.telling,
        unreached=wished and not told,
        provisional=bool(inbox.card and inbox.card.provisional),
        asked=bool(inbox.page and inbox.page.check_in),
        wishes=wishes_for(inbox.card, found) if inbox.card else (),
        letters_kept=kept_letters(inbox.card) if inbox.card else (),
    )


def _in_its_language(session: Session, inbox: Open) -> Session:
    """Go on in the language of the report where none was chosen in this chat: the page is in that one too."""
    known = inbox.card.language if inbox.card and inbox.card.language in LANGUAGES else ""
    return replace(session, language=session.language or known)
