"""Changing who may read a case: granting what one has to another, and a fresh key once a grant was removed.

Nothing here takes back what was read. The reporter's bot learns of a fresh key by a notice that staff sign, and
believes no older one. Who may widen is decided by the case store and by conscience; by keys, only someone who has the
seed can.
"""

import binascii
from collections.abc import Collection, Iterable
from typing import Protocol

import msgspec

from bot.anonymity.card import CaseCard
from bot.anonymity.correspondence import StaffAuthor
from bot.anonymity.errors import ForgedError
from bot.anonymity.grants import Grant, Granter, SealedGrant, seal_grant
from bot.anonymity.letters import Notice, read
from bot.anonymity.opening import OpenedCase
from bot.anonymity.roster import RECOVERY
from bot.anonymity.sealing import PUBLIC_BYTES, Compartment, new_seed, public_key
from bot.anonymity.signing import Kind
from bot.anonymity.threads import Thread

#: the kind of notice that tells the reporter's bot of a fresh key
FRESH_KEY = "fresh-key"


class Recipient(Protocol):
    """Somebody to whom keys are sealed: a member, or whoever holds the recovery key."""

    @property
    def staff_id(self) -> str:
        """By which name the store knows them."""

    @property
    def sealing_public(self) -> bytes:
        """What is sealed to them is sealed to this key."""


class Recoverers(msgspec.Struct, frozen=True):
    """The recovery key as a recipient."""

    sealing_public: bytes
    staff_id: str = RECOVERY


def widen(
    author: StaffAuthor, case: OpenedCase, compartments: Collection[Compartment], holder: Recipient
) -> tuple[SealedGrant, ...]:
    """Grant another member what one has of these compartments, every epoch of it."""
    return tuple(_granted(author, case, grant, holder) for grant in case.grants if grant.compartment in compartments)


def renew(
    author: StaffAuthor, case: OpenedCase, compartment: Compartment, holders: Iterable[Recipient]
) -> tuple[Notice, tuple[SealedGrant, ...]]:
    """Make a fresh key for a compartment: grants for those who keep reading, and the notice for the reporter."""
    held = case.grant(compartment)
    fresh = Grant("", compartment, new_seed(), epoch=held.epoch + 1 if held else 1)
    params = {"compartment": compartment, "epoch": str(fresh.epoch), "public": public_key(fresh.seed).hex()}
    return Notice(FRESH_KEY, params), tuple(_granted(author, case, fresh, holder) for holder in holders)


def take_fresh_keys(card: CaseCard, thread: Thread) -> CaseCard:
    """Give the card with the newest keys that the desk's notices told of; the same card when there are none."""
    for letter in thread.letters:
        if letter.envelope.kind is Kind.NOTICE:
            card = _with_key(card, letter.envelope.body)
    return card


def _granted(author: StaffAuthor, case: OpenedCase, grant: Grant, holder: Recipient) -> SealedGrant:
    granter = Granter(case.organ, case.submission, author.staff_id, author.signing_seed)
    return seal_grant(granter, msgspec.structs.replace(grant, holder=holder.staff_id), holder.sealing_public)


def _with_key(card: CaseCard, body: bytes) -> CaseCard:
    told = _told(body)
    if told is None or told[1] <= card.epochs.get(told[0], 0):
        return card
    compartment, epoch, public = told
    return msgspec.structs.replace(
        card,
        **{f"{compartment}_public": public},
        epochs=card.epochs | {compartment: epoch},
        version=card.version + 1,
    )


def _told(body: bytes) -> tuple[Compartment, int, bytes] | None:
    """Read a fresh key from a notice; None for other notices and for ones that make no sense."""
    try:
        notice = read(Notice, body)
        public = binascii.unhexlify(notice.params["public"])
        told = Compartment(notice.params["compartment"]), int(notice.params["epoch"]), public
    except (ForgedError, KeyError, ValueError):
        return None
    return told if notice.kind == FRESH_KEY and len(public) == PUBLIC_BYTES else None
