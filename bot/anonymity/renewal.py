"""A new token in place of an old one, with new keys for the reporter: whoever saw the old one reads and says no more.

The new public keys go to the desk in a letter of the reporter's chain, signed with the old key and proven by the new
one; `voices` says which such letter is believed. The old sealing seed stays in the card, so that what was written to it
can still be read. Nothing here draws a token or asks the store.
"""

from typing import NamedTuple

import msgspec

from bot.anonymity.card import CaseCard, keys_on, lock_card
from bot.anonymity.letters import Renewal, write
from bot.anonymity.sealing import Binding, Compartment, Direction, public_key, seal
from bot.anonymity.signing import REPORTER, Audience, Envelope, Kind, letter_hash, sign, signing_public
from bot.anonymity.token_keys import TokenKeys
from bot.anonymity.voices import Voice, prove


class Renewed(NamedTuple):
    """What a new token leaves behind: the letter for the desk, and the card, locked under the new token."""

    letter: bytes
    box: bytes


def renew_token(old: TokenKeys, card: CaseCard, new: TokenKeys, message_id: str) -> Renewed:
    """Replace a token: its keys sign this last letter, open what was sealed to them, and do nothing else any more."""
    known = keys_on(card, old)
    letter = sign(_envelope(card, new), known.signing_seed)
    renewed = msgspec.structs.replace(
        card,
        counter=card.counter + 1,
        previous=letter_hash(letter),
        version=card.version + 1,
        sealing_seed=b"",
        signing_seed=b"",
        former=(known.sealing_seed, *card.former),
        provisional=False,
    )
    binding = Binding(card.organ, card.submission, Compartment.FACTS, Direction.TO_DESK, message_id)
    return Renewed(seal(card.facts_public, letter, binding), lock_card(renewed, new.card_key))


def reading_seeds(keys: TokenKeys, card: CaseCard) -> tuple[bytes, ...]:
    """Give the seeds that open what was written to the reporter, of all tokens so far."""
    return (keys_on(card, keys).sealing_seed, *card.former)


def _envelope(card: CaseCard, new: TokenKeys) -> Envelope:
    voice = Voice(public_key(new.sealing_seed), signing_public(new.signing_seed))
    body = Renewal(
        voice.sealing_public,
        voice.signing_public,
        card.identity_counter,
        card.identity_previous,
        prove(new.signing_seed, card.organ, card.submission, voice),
    )
    at = card.counter + 1
    return Envelope(card.organ, card.submission, Kind.RENEWAL, REPORTER, Audience.DESK, at, card.previous, write(body))
