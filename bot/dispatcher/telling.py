"""Being told of answers in this chat, and forgetting it all.

The relay book maps a random mailbox to this chat's sealed address; the mailbox's only other place is the case card,
which the token alone opens. Forgetting deletes the row first, so that even when the desk cannot be reached nobody can
be told any more.
"""

from contextlib import suppress

from msgspec.structs import replace

from bot.anonymity.relay import ReturnAddress
from bot.conversation.effects import Forget, SetTold, WipeDraft
from bot.conversation.events import DeskUnreachable, Forgotten, InboxClosed, ToldSet
from bot.conversation.file_choices import versions
from bot.dispatcher.addresses import ADDRESS_SECONDS, UNSURE_SECONDS, agree, entered, struck_out
from bot.dispatcher.context import Context, Outcome, Place
from bot.dispatcher.record import Talk
from bot.ports.desk import DeskError, DeskUnreachableError
from bot.ports.storing import Changes


async def set_told(context: Context, talk: Talk, act: SetTold, place: Place) -> Outcome:
    """Enter this chat into the relay book and its mailbox into the case card, or take both out."""
    inbox = context.inboxes.get(act.handle)
    if inbox is None or inbox.card is None:
        return Outcome(event=InboxClosed())
    if act.on and place.channel not in context.telling:
        return Outcome(event=ToldSet(on=False))
    before = inbox.card.mailbox
    mailbox = context.chance.bytes(16).hex() if act.on else None
    language = talk.record.session.language
    address = ReturnAddress(place.channel, place.address, language)
    first = entered(context, mailbox, UNSURE_SECONDS, address) if mailbox else struck_out(before)
    await context.store.commit(first)
    try:
        await agree(context, inbox, mailbox, language)
    except DeskUnreachableError:
        return Outcome(event=DeskUnreachable(sealed=False))
    changes = struck_out(before)
    if mailbox:
        # The old address goes only now: until the desk knew the new mailbox, answers were announced at the old one.
        lasting = entered(context, mailbox, ADDRESS_SECONDS, address)
        changes = replace(changes, put_relay=lasting.put_relay)
    return Outcome(event=ToldSet(on=act.on), changes=changes)


async def forget(context: Context, talk: Talk, act: Forget, _place: Place) -> Outcome:
    """Delete all of this chat: address, draft, files, session. The case stays, and so does what its token opens."""
    inbox = context.inboxes.get(act.handle) if act.handle else None
    gone = Changes(drop=(talk.name,), drop_files_of=(talk.name,), durable=True, forgets=True)
    if inbox is not None and inbox.card is not None and inbox.card.mailbox:
        gone = replace(gone, drop_relay=(inbox.card.mailbox,))
        await context.store.commit(struck_out(inbox.card.mailbox))
        # The address is deleted already: a push to this mailbox finds nobody, and the desk is told so then.
        with suppress(DeskError):
            await agree(context, inbox, None, talk.record.session.language)
    context.inboxes.close(act.handle)
    return Outcome(event=Forgotten(), changes=gone, over=True)


async def wipe(_context: Context, talk: Talk, _act: WipeDraft, _place: Place) -> Outcome:
    """Delete the files of a draft or reply whose words the session has dropped; the other one keeps its own."""
    session = talk.record.session
    kept = versions((*session.files, *session.reply_files))
    return Outcome(changes=Changes(drop_files_of=(talk.name,), keep_files=kept, durable=True, forgets=True))
