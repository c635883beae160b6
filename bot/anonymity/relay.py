"""Return addresses of those who asked to be told: locked under the bot's own key, bound to their mailbox.

Nothing here joins an address to a case or a token; the relay book holds the only row, and forgetting deletes it.
"""

from bot.anonymity.boxes import lock, unlock
from bot.anonymity.hidden import Hidden
from bot.anonymity.letters import read, write

_LABEL = b"madoguchi/relay/1/"


class ReturnAddress(Hidden, frozen=True):
    """Where a push goes."""

    channel: str
    address: str
    #: `ja` or `en`: a talk may be forgotten by then, and with it the language in which to speak
    language: str = ""


def seal_address(bot_key: bytes, mailbox: str, address: ReturnAddress) -> bytes:
    """Lock an address for one mailbox, padded."""
    return lock(bot_key, write(address), _LABEL + mailbox.encode(), pad=True)


def open_address(bot_key: bytes, mailbox: str, box: bytes) -> ReturnAddress:
    """Open the address of this mailbox; raises `NotOpenedError` for any other."""
    return read(ReturnAddress, unlock(bot_key, box, _LABEL + mailbox.encode(), pad=True))
