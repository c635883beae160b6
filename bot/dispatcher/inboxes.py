"""Opening the inbox behind a token, and writing to the desk from it.

What the inbox holds stays in memory, under a handle; the talk learns counts only. A token that opens nothing gets one
answer in one time, whatever the reason: answers leave at fixed beats after the question, so that their timing tells
nothing.
"""

import asyncio
from contextlib import suppress

from msgspec.structs import replace

from bot.anonymity.boxes import keyed_name
from bot.anonymity.card import lock_card, unlock_card
from bot.anonymity.correspondence import write_to_desk
from bot.anonymity.errors import AnonymityError
from bot.anonymity.letters import Message
from bot.anonymity.references import read_token
from bot.anonymity.token_keys import keys_of
from bot.conversation.effects import CloseInbox, ConfirmSaved, OpenInbox, Send
from bot.conversation.events import DeskUnreachable, InboxClosed, Opened, Sent, TokenRefused
from bot.dispatcher.context import Context, Outcome, Place
from bot.dispatcher.files import bring_files
from bot.dispatcher.hand_over import file_key
from bot.dispatcher.opened import OpenInbox as Open
from bot.dispatcher.pages import Reader, page_of
from bot.dispatcher.record import Talk
from bot.ports.desk import DeskError, DeskInbox, DeskRefusedError, DeskUnreachableError, ReporterLetter
from bot.ports.storing import Changes

#: Seconds between the beats at which an answer about a token may leave: several times what the look-up takes.
BEAT = 0.25
#: Two devices may write at once; the one that comes second reads the newer case card and tries again this often.
TRIES = 4


async def open_inbox(context: Context, talk: Talk, act: OpenInbox, place: Place) -> Outcome:
    """Look up what the token under the handle opens; what is read now need not be announced any more."""
    inbox = context.inboxes.get(act.handle)
    if inbox is None:
        return Outcome(event=InboxClosed())
    talk.asked_at = asyncio.get_running_loop().time()
    try:
        found = await look_up(context, inbox, talk.record.session.language)
        await _announce_no_more(context, inbox, found)
    except DeskUnreachableError:
        return Outcome(event=DeskUnreachable(sealed=False))
    if found is None:
        context.inboxes.close(act.handle)
        return Outcome(event=TokenRefused())
    return Outcome(event=_opened(context, act.handle, inbox, found, place))


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
    talk.record = replace(talk.record, token_until=0)
    event = _opened(context, handle, inbox, found, place) if inbox and found else InboxClosed()
    return Outcome(
        session=replace(session, token="", submission=""), event=event, changes=Changes(durable=True, forgets=True)
    )


async def send(context: Context, talk: Talk, act: Send, _place: Place) -> Outcome:
    """Seal the reply in the session to the desk and commit it there. The words stay in the session until then."""
    inbox = context.inboxes.get(act.handle)
    if inbox is None or inbox.card is None:
        return Outcome(event=InboxClosed())
    if not talk.record.reply_seed:
        # Stored before anything leaves: after a crash the same words must go out under the same id.
        talk.record = replace(talk.record, reply_seed=context.chance.bytes(16))
        return Outcome(then=(act,))
    try:
        for _ in range(TRIES):
            if await _sent(context, talk, inbox):
                break
            await look_up(context, inbox, talk.record.session.language)
        else:
            return Outcome(event=DeskUnreachable(sealed=False))
    except DeskUnreachableError:
        return Outcome(event=DeskUnreachable(sealed=False))
    talk.record = replace(talk.record, reply_seed=b"")
    session = talk.record.session
    unsent = (*session.files, *session.reply_files[session.sending_files :])
    kept = tuple(ref.file_id for ref in unsent)
    gone = Changes(drop_files_of=(talk.name,), keep_files=kept, durable=True, forgets=True)
    return Outcome(event=Sent(), changes=gone)


async def close(context: Context, _talk: Talk, act: CloseInbox, _place: Place) -> Outcome:
    """Drop the token and what it opened from memory."""
    context.inboxes.close(act.handle)
    return Outcome()


async def _sent(context: Context, talk: Talk, inbox: Open) -> bool:
    session = talk.record.session
    if inbox.card is None:
        return False
    # Only what was there when the person said "send": words that came since go with the next letter.
    words, files = session.reply[: session.sending], session.reply_files[: session.sending_files]
    ids = tuple(ref.file_id for ref in files)
    message_id = keyed_name(talk.record.reply_seed, words, *ids).hex()[:32]
    written = write_to_desk(inbox.keys, inbox.card, message_id, Message(text=words), [file_key(ref) for ref in files])
    card = lock_card(written.card, inbox.keys.card_key)
    try:
        await bring_files(context, ids)
        letter = ReporterLetter(message_id, written.sealed, card, inbox.card_version, ids, at_once=inbox.card.at_once)
        await context.desk.write(inbox.keys.locator, letter)
    except DeskRefusedError as refused:
        if refused.fault == "changed_meanwhile":
            return False
        raise DeskUnreachableError from refused
    return True


async def look_up(context: Context, inbox: Open, language: str) -> DeskInbox | None:
    """Fill `inbox` with what its token opens now, and return it as the desk gave it; None when it opens nothing."""
    found = await context.desk.open_inbox(inbox.keys.locator)
    roster = context.rosters.current
    if found is None or roster is None:
        return None
    try:
        card = unlock_card(found.card, inbox.keys.card_key)
    except AnonymityError:
        return None
    inbox.card_version = found.card_version
    reader = Reader(roster, context.engine().house.catalog, language)
    # Somebody may have lost their key since: what is written from now on goes to the fresh one.
    inbox.page, inbox.card = page_of(inbox.keys, card, found, reader)
    return found


async def _announce_no_more(context: Context, inbox: Open, found: DeskInbox | None) -> None:
    if found is not None and found.announcing:
        # Else an announcement comes that was not needed; nobody need wait or be told of that.
        with suppress(DeskError):
            await context.desk.letters_read(inbox.keys.locator, len(found.letters), len(found.notices))


def _opened(context: Context, handle: str, inbox: Open, found: DeskInbox, place: Place) -> Opened:
    wished = bool(inbox.card and inbox.card.mailbox)
    return Opened(
        handle=handle,
        letters=sum(letter.kind != "standard" for letter in inbox.page.letters) if inbox.page else 0,
        told=wished and found.told,
        can_be_told=place.channel in context.telling,
        unreached=wished and not found.told,
        provisional=bool(inbox.card and inbox.card.provisional),
        asked=bool(inbox.page and inbox.page.check_in),
    )
