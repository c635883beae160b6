"""The case card: what the bot must know of a case when its reporter comes back, locked under the token.

The store keeps it blind. It holds keys of the case and the reporter's place in their own chains, no word of the report.
`version` lets the store refuse a card written over a newer one.
"""

from datetime import date

import msgspec

from bot.anonymity.boxes import lock, unlock
from bot.anonymity.hidden import Hidden
from bot.anonymity.letters import Message, read, write
from bot.anonymity.purposes import Purpose
from bot.anonymity.token_keys import TokenKeys

_LABEL = b"madoguchi/card/1"

#: Of more letters than this the oldest are no longer listed: a card must stay small enough to be stored.
_LISTED = 200


class Sent(Hidden, frozen=True):
    """One of the reporter's own letters, without its words: so that they can name it when they take it back."""

    message_id: str
    on: date
    #: what it was meant to do; empty where it said something and no more
    about: str = ""
    #: they took it back: the desk shows it struck through
    struck: bool = False


class CaseCard(Hidden, frozen=True):
    """One case as its reporter's bot needs it."""

    organ: str
    submission: str
    desk: str
    facts_public: bytes
    identity_public: bytes
    masked_public: bytes
    #: last used by the reporter towards the desk, and the hash of that letter
    counter: int
    previous: bytes
    #: the same towards those who may read the identity; -1 while nothing was said
    identity_counter: int
    identity_previous: bytes
    mailbox: str | None
    version: int
    #: by compartment, which key pair is in use; a fresh one (1, 2, ...) follows a removed grant
    epochs: dict[str, int] = msgspec.field(default_factory=dict)
    #: the reporter marked danger: their letters are not held for the next batch either
    at_once: bool = False
    #: the first token's seeds, where that token was replaced and its keys were not: the case knows the reporter by them
    sealing_seed: bytes = b""
    signing_seed: bytes = b""
    #: sealing seeds of tokens that were replaced, newest first: what was sealed to them stays readable
    former: tuple[bytes, ...] = ()
    #: somebody at the desk may have seen the token: it is replaced before it opens anything
    provisional: bool = False
    #: the language of the report, for a chat in which none was chosen yet
    language: str = ""
    #: what the case is about: report, consultation, feedback, relief, supervisor, approach
    kind: str = "report"
    #: the reporter's own letters to the desk, oldest first
    sent: tuple[Sent, ...] = ()


def lock_card(card: CaseCard, card_key: bytes) -> bytes:
    """Lock a card under the token's card key, padded."""
    return lock(card_key, write(card), _LABEL, pad=True)


def unlock_card(box: bytes, card_key: bytes) -> CaseCard:
    """Open a card; raises `NotOpenedError`."""
    return read(CaseCard, unlock(card_key, box, _LABEL, pad=True))


def with_letter(sent: tuple[Sent, ...], message_id: str, on: date, body: Message) -> tuple[Sent, ...]:
    """List one more letter; the one that it takes back is known as struck."""
    refers = body.refers if body.about == Purpose.WITHDRAW_STATEMENT else ""
    marked = [msgspec.structs.replace(one, struck=True) if one.message_id == refers else one for one in sent]
    return (*marked, Sent(message_id, on, body.about))[-_LISTED:]


def keys_on(card: CaseCard, keys: TokenKeys) -> TokenKeys:
    """Give the token's keys with the seeds the case knows the reporter by."""
    if not card.signing_seed:
        return keys
    return msgspec.structs.replace(keys, sealing_seed=card.sealing_seed, signing_seed=card.signing_seed)
