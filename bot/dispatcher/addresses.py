"""The bot's half of being told: addresses in the relay book, and for how long they are kept.

An address is entered before the desk has its mailbox, and kept for long only once it is known to have it. Who wishes to
be told and has no address here any more is told so, and never that all is well.
"""

from contextlib import suppress

from msgspec.structs import replace

from bot.anonymity.card import CaseCard, lock_card
from bot.anonymity.relay import ReturnAddress, seal_address
from bot.dispatcher.context import Context
from bot.dispatcher.looking_up import TRIES, look_up
from bot.dispatcher.opened import OpenInbox as Open
from bot.ports.desk import DeskError, DeskRefusedError, DeskUnreachableError
from bot.ports.storing import Changes

#: A return address is kept this long after it was last asked for (a year), then deleted.
ADDRESS_SECONDS = 365 * 86_400
#: And so long at the most while it is not known whether the desk has its mailbox: one nobody can forget must not stay.
UNSURE_SECONDS = 3600


def entered(context: Context, mailbox: str, seconds: int, address: ReturnAddress) -> Changes:
    """Enter an address under a mailbox, for so long at the most."""
    sealed = seal_address(context.key, mailbox, address)
    return Changes(put_relay=((mailbox, context.hour_after(seconds), sealed),), durable=True)


def struck_out(mailbox: str | None) -> Changes:
    """Take the address under a mailbox out, where there is one."""
    return Changes(drop_relay=(mailbox,) if mailbox else (), durable=True, forgets=bool(mailbox))


async def agree(context: Context, inbox: Open, mailbox: str | None, language: str) -> None:
    """Write the mailbox, or its absence, into the case card and the case, over whatever card is newest.

    Raises `DeskUnreachableError` while that cannot be done.
    """
    for _ in range(TRIES):
        if inbox.card is None:
            break
        card = replace(inbox.card, mailbox=mailbox, version=inbox.card.version + 1)
        try:
            await _set(context, inbox, card)
        except DeskRefusedError:
            await look_up(context, inbox, language)
        else:
            await look_up(context, inbox, language)
            return
    raise DeskUnreachableError


async def still_told(context: Context, inbox: Open, language: str) -> bool:
    """Whether answers are announced at the mailbox that an open inbox and its desk name.

    A crash, or a desk that was away at the wrong moment, may have left one half without the other: what is there is
    kept for long from now on, and a mailbox that leads nowhere is taken off the desk's hands.
    """
    mailbox = (inbox.card and inbox.card.mailbox) or ""
    if await context.store.find(mailbox, context.seconds() + UNSURE_SECONDS) is not None:
        # Not written again, or its end would tell when somebody last showed their token.
        return True
    address = await context.store.find(mailbox, context.seconds())
    if address is None:
        with suppress(DeskError):
            await agree(context, inbox, None, language)
        return False
    until = context.hour_after(ADDRESS_SECONDS)
    await context.store.commit(Changes(put_relay=((mailbox, until, address),), durable=True))
    return True


async def _set(context: Context, inbox: Open, card: CaseCard) -> None:
    box = lock_card(card, inbox.keys.card_key)
    await context.desk.set_told(inbox.keys.locator, card.mailbox, box, inbox.card_version)
