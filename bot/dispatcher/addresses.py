"""The bot's half of being told: addresses in the relay book, and for how long they are kept.

An address is entered before the desk has its mailbox, and kept for long only once it is known to have it. Who wishes to
be told and has no address here any more is told so, and never that all is well.
"""

from bot.anonymity.relay import ReturnAddress, seal_address
from bot.dispatcher.context import Context
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


async def made_sure(context: Context, mailbox: str) -> bool:
    """Keep the address under a mailbox that the desk is known to have for long; no, where there is none any more.

    A crash, or a desk that was away at the wrong moment, may have left open whether it has it.
    """
    if await context.store.find(mailbox, context.seconds() + UNSURE_SECONDS) is not None:
        # Not written again, or its end would tell when somebody last showed their token.
        return True
    address = await context.store.find(mailbox, context.seconds())
    if address is None:
        return False
    until = context.hour_after(ADDRESS_SECONDS)
    await context.store.commit(Changes(put_relay=((mailbox, until, address),), durable=True))
    return True
