"""Putting a new token in place of an old one, in two acts: make it and keep it with the talk; then tell the case store.

The token lies in the sealed session before anything is sent, since from the moment the store takes it nothing else
brings its reporter back; it is shown only then. While the outcome is not known the same request is sent again: the
store knows a repeat. The old token's keys are in memory alone, and needed only when the case has changed meanwhile.
"""

from msgspec.structs import replace

from bot.anonymity.references import ReferenceToken, new_token, read_token
from bot.anonymity.renewal import renew_token
from bot.anonymity.token_keys import keys_of
from bot.conversation.effects import RenewToken
from bot.conversation.events import DeskUnreachable, Event, InboxClosed, TokenRefused, TokenReplaced
from bot.dispatcher.context import Context, Outcome, Place
from bot.dispatcher.hand_over import TOKEN_SECONDS
from bot.dispatcher.looking_up import TRIES, look_up
from bot.dispatcher.opened import OpenInbox as Open
from bot.dispatcher.record import ReplaceToken, Replacing, Talk
from bot.ports.desk import DeskRefusedError, DeskUnreachableError, TokenRenewal
from bot.ports.storing import Changes


async def prepare(context: Context, talk: Talk, act: RenewToken, _place: Place) -> Outcome:
    """Make the new token and all that goes to the case store with it; nothing has left yet."""
    inbox = context.inboxes.get(act.handle)
    if inbox is None or inbox.card is None:
        return Outcome(event=InboxClosed())
    token = new_token()
    request = _request(context, inbox, token)
    if request is None:
        return Outcome(event=InboxClosed())
    talk.record = replace(talk.record, replacing=Replacing(request, act.handle))
    session = replace(talk.record.session, token=token.text)
    return Outcome(session=session, changes=Changes(durable=True), then=(ReplaceToken(),))


async def replace_token(context: Context, talk: Talk, _act: ReplaceToken, _place: Place) -> Outcome:
    """Tell the case store, over whatever card is newest; while it does not answer, all stays as it is."""
    for _ in range(TRIES):
        replacing = talk.record.replacing
        if replacing is None:
            break
        try:
            await context.desk.renew_token(replacing.request)
        except DeskUnreachableError:
            return Outcome(event=DeskUnreachable(sealed=True))
        except DeskRefusedError as refused:
            event = await _refused(context, talk, replacing, refused.fault)
            if event is not None:
                return _given_up(talk, event)
        else:
            return _replaced(context, talk, replacing)
    return Outcome(event=DeskUnreachable(sealed=True))


async def ask_again(context: Context, talk: Talk) -> Outcome | None:
    """Try once more for a talk that waits; None when the case store still does not answer."""
    outcome = await replace_token(context, talk, ReplaceToken(), Place(talk.record.session.channel, ""))
    return None if talk.record.replacing else outcome


def _request(context: Context, inbox: Open, token: ReferenceToken) -> TokenRenewal | None:
    if inbox.card is None:
        return None
    new, message_id = keys_of(token), context.chance.bytes(16).hex()
    letter, box = renew_token(inbox.keys, inbox.card, new, message_id)
    return TokenRenewal(
        locator=inbox.keys.locator,
        new_locator=new.locator,
        message_id=message_id,
        ciphertext=letter,
        card=box,
        card_version=inbox.card_version,
        at_once=inbox.card.at_once,
    )


async def _refused(context: Context, talk: Talk, replacing: Replacing, fault: str) -> Event | None:
    """Say how it ends when the case store has refused; None when there is something to be tried again."""
    if fault == "not_found":
        return TokenRefused()
    if fault != "changed_meanwhile":
        # The store and this bot do not understand each other: for whoever operates them to mend.
        return None
    inbox = context.inboxes.get(replacing.handle)
    if inbox is None:
        return InboxClosed()
    try:
        found = await look_up(context, inbox, talk.record.session.language)
    except DeskUnreachableError:
        return DeskUnreachable(sealed=False)
    request = _request(context, inbox, read_token(talk.record.session.token)) if found else None
    if request is None:
        return TokenRefused()
    talk.record = replace(talk.record, replacing=Replacing(request, replacing.handle))
    return None


def _replaced(context: Context, talk: Talk, replacing: Replacing) -> Outcome:
    context.inboxes.close(replacing.handle)
    talk.record = replace(talk.record, replacing=None, token_until=context.hour_after(TOKEN_SECONDS))
    return Outcome(event=TokenReplaced(), changes=Changes(durable=True, forgets=True))


def _given_up(talk: Talk, event: Event) -> Outcome:
    """The case store did not take the new token and never will: it goes, and the old one is what it was."""
    talk.record = replace(talk.record, replacing=None)
    session = replace(talk.record.session, token="")
    return Outcome(session=session, event=event, changes=Changes(durable=True, forgets=True))
