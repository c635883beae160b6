"""Who may read at an organ: people, keys, desks, training; one document, signed as a whole by the organ's pinned keys.

A signature covers every byte under a label of its own; distinct pins are counted, so one key signing twice is one. A
roster that contradicts itself is refused whole, because half a roster would seal reports to the wrong people. Fields
may be added, none renamed or removed.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Annotated, Any, Literal

import msgspec

from bot.anonymity.errors import RosterFault, RosterRefusedError
from bot.anonymity.sealing import PUBLIC_BYTES, Compartment
from bot.anonymity.signing import REPORTER, sign_bytes, signed_by, signing_public

#: the holder to whom seeds go when no person may have them; no staff member can be called so
RECOVERY = "recovery"

_LABEL = b"madoguchi/roster/1\0"

SealingPublic = Annotated[bytes, msgspec.Meta(min_length=PUBLIC_BYTES, max_length=PUBLIC_BYTES)]
_SigningPublic = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


class Member(msgspec.Struct, frozen=True):
    """A person with keys."""

    staff_id: str
    #: by language, as all names here
    name: dict[str, str]
    sealing_public: SealingPublic
    signing_public: _SigningPublic
    #: last day on which the training counts
    trained_until: date
    roles: list[Literal["staff", "executive", "deputy", "auditor", "administrator"]]
    #: how the name is read, in kana, family name first
    reading: str = ""


class Seat(msgspec.Struct, frozen=True):
    """A member's place at a desk, and which compartments are granted to it."""

    staff_id: str
    compartments: list[Compartment]


class Desk(msgspec.Struct, frozen=True):
    """A point of contact; `external` is staffed with counsel."""

    desk_id: str
    name: dict[str, str]
    kind: Literal["internal", "external", "branch"]
    seats: list[Seat]
    phone: str | None = None
    #: further ways to reach it, by language
    contact: dict[str, str] = {}


class Roster(msgspec.Struct, frozen=True, kw_only=True):
    """The whole document."""

    organ: str
    name: dict[str, str]
    serial: Annotated[int, msgspec.Meta(ge=0)]
    issued: date
    #: the last day on which it may be sealed to
    expires: date
    members: list[Member]
    desks: list[Desk]
    #: where the unsure are routed
    integrated_desk: str
    #: outside counsel, when nobody else is left
    fallback_desk: str | None = None
    #: where records of approaches go: the minister's office, as a rule; else the integrated desk
    approach_desk: str | None = None
    executive: str | None = None
    deputy: str | None = None
    recovery_public: SealingPublic
    recovery_holders: list[str]
    #: safer channels on offer: channel to address
    safer: dict[str, str] = {}
    #: members who left; their old letters still verify, nothing is sealed to them
    former: list[Member] = []
    #: what the organ makes of the talk: plain values, read by whoever holds it
    talk: dict[str, Any] = {}


class _Signature(msgspec.Struct, frozen=True):
    public: bytes
    signature: bytes


class _Document(msgspec.Struct, frozen=True):
    payload: bytes
    signatures: list[_Signature]


def sign_roster(roster: Roster, seeds: Iterable[bytes]) -> bytes:
    """Encode a roster and sign it with each seed."""
    document = msgspec.msgpack.encode(_Document(msgspec.msgpack.encode(roster), []))
    for seed in seeds:
        document = cosign_roster(document, seed)
    return document


def cosign_roster(document: bytes, seed: bytes) -> bytes:
    """Add one signature to a document that others have signed, without touching the rest."""
    held = _document(document)
    added = _Signature(signing_public(seed), sign_bytes(seed, _LABEL, held.payload))
    return msgspec.msgpack.encode(msgspec.structs.replace(held, signatures=[*held.signatures, added]))


def verify_roster(
    document: bytes, pins: Sequence[bytes], threshold: int, at_least_serial: int, today: date | None, organ: str
) -> Roster:
    """Give the roster if enough distinct pins signed it, else raise `RosterRefusedError`.

    With `today` an expired one is refused; pass None to read old letters, never to seal. Nothing is parsed before it is
    verified.
    """
    held = _document(document)
    signers = {
        one.public
        for one in held.signatures
        if one.public in pins and signed_by(one.public, _LABEL, held.payload, one.signature)
    }
    if len(signers) < max(threshold, 1):
        raise RosterRefusedError(RosterFault.SIGNATURE)
    roster = _roster(held.payload)
    for refused, reason in (
        (roster.organ != organ, RosterFault.ORGAN),
        (roster.serial < at_least_serial, RosterFault.SERIAL),
        (today is not None and today > roster.expires, RosterFault.EXPIRED),
    ):
        if refused:
            raise RosterRefusedError(reason)
    return roster


def eligible(roster: Roster, desk_id: str, excluded: Collection[str], today: date) -> tuple[Seat, ...]:
    """Give the seats of a desk that may be granted a case: trained, not excluded; an administrator reads nothing."""
    able = {
        member.staff_id
        for member in roster.members
        if member.trained_until >= today and member.staff_id not in excluded and "administrator" not in member.roles
    }
    return tuple(
        seat for desk in roster.desks if desk.desk_id == desk_id for seat in desk.seats if seat.staff_id in able
    )


def member_of(roster: Roster, staff_id: str) -> Member | None:
    """Find a present member."""
    return next((member for member in roster.members if member.staff_id == staff_id), None)


def overseers(roster: Roster, excluded: Collection[str]) -> tuple[str | None, str | None]:
    """Name who oversees a case, and who does while they are away: never anybody it is kept from.

    The deputy oversees what the executive is kept out of; for the deputy nobody stands in.
    """
    executive, deputy = (who if who and who not in excluded else None for who in (roster.executive, roster.deputy))
    return (deputy, None) if executive is None else (executive, deputy if deputy != executive else None)


def counsel(roster: Roster, excluded: Collection[str]) -> tuple[str, ...]:
    """Name the outside counsel who hear of concerns: all seats of external desks, but nobody the case is kept from."""
    seats = (seat.staff_id for desk in roster.desks if desk.kind == "external" for seat in desk.seats)
    return tuple(dict.fromkeys(who for who in seats if who not in excluded))


def voice_of(roster: Roster, staff_id: str) -> bytes | None:
    """Give the key a staff member's letters verify with, of former members too."""
    people = (*roster.members, *roster.former)
    return next((member.signing_public for member in people if member.staff_id == staff_id), None)


def _document(document: bytes) -> _Document:
    try:
        return msgspec.msgpack.decode(document, type=_Document)
    except msgspec.DecodeError as shape:
        raise RosterRefusedError(RosterFault.SHAPE) from shape


def _roster(payload: bytes) -> Roster:
    try:
        roster = msgspec.msgpack.decode(payload, type=Roster)
    except msgspec.DecodeError as shape:
        raise RosterRefusedError(RosterFault.SHAPE) from shape
    if not _sound(roster):
        raise RosterRefusedError(RosterFault.SHAPE)
    return roster


def _sound(roster: Roster) -> bool:
    """Names are unique and not reserved, and whoever and whatever is named is there."""
    present = [member.staff_id for member in roster.members]
    people = [*present, *(member.staff_id for member in roster.former)]
    desks = [desk.desk_id for desk in roster.desks]
    seated = [seat.staff_id for desk in roster.desks for seat in desk.seats]
    named = {*seated, *(name for name in (roster.executive, roster.deputy) if name is not None)}
    others = (roster.fallback_desk, roster.approach_desk)
    pointed = {roster.integrated_desk, *(name for name in others if name is not None)}
    return (
        len(people) == len(set(people))
        and len(desks) == len(set(desks))
        and not {REPORTER, RECOVERY, ""} & set(people)
        and named <= set(present)
        and pointed <= set(desks)
    )
