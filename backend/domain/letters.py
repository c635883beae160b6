"""Letters of a thread as they are kept, and what makes one a repeat.

The id is the client's word for what the letter says. It is never taken by the other side.
"""

from datetime import date

import msgspec

from backend.contract import Compartment, Concern, Fault, FromReporter, FromStaff, RenewedToken, SealedPart, Side
from backend.domain.case import Refused


class StoredLetter(msgspec.Struct, frozen=True, kw_only=True):
    """One letter: its place in the thread, and both ciphertexts where there are two."""

    message_id: str
    #: Counts from 0 within the case; the number of letters seen is what everyone says they have seen.
    position: int
    side: Side
    on: date
    for_desk: bytes
    for_reporter: bytes | None


class HeldLetter(msgspec.Struct, frozen=True, kw_only=True):
    """A reporter's letter that staff do not see yet; it has no place in the thread, lest a gap should tell of it."""

    message_id: str
    #: The card that its writer had before them; grows from letter to letter, and so keeps their order.
    card_version: int
    on: date
    for_desk: bytes
    #: What it is beside the matter itself; begins what is owed for it once staff see it.
    concern: Concern | None = None
    #: It names the keys of a new token, and nothing is to be answered.
    renews: bool = False
    #: To which compartment it is sealed; only what is sealed to the facts ever joins the thread.
    compartment: Compartment = Compartment.FACTS


def held_letter(sent: FromReporter, on: date) -> HeldLetter:
    """What the reporter wrote; only whom they wrote to can open it."""
    return HeldLetter(
        message_id=sent.message_id,
        card_version=sent.card_version,
        on=on,
        for_desk=sent.ciphertext,
        concern=sent.concern,
        compartment=sent.compartment,
    )


def is_well_meant(sent: FromReporter) -> bool:
    """Tell whether a letter has what its compartment allows: who the reporter is has no files and is no concern."""
    if sent.compartment is Compartment.FACTS:
        return True
    return sent.compartment is Compartment.IDENTITY and not sent.file_ids and sent.concern is None


def part_of(held: HeldLetter) -> SealedPart:
    """The same as a part of the case, for those who hold a key to its compartment."""
    return SealedPart(part_id=held.message_id, compartment=held.compartment, ciphertext=held.for_desk)


def renewing_letter(sent: RenewedToken, on: date) -> HeldLetter:
    """What tells staff of the keys of a new token."""
    return HeldLetter(
        message_id=sent.message_id, card_version=sent.card_version, on=on, for_desk=sent.ciphertext, renews=True
    )


def letter_of_reporter(held: HeldLetter, position: int) -> StoredLetter:
    """The same letter with its place in the thread."""
    return StoredLetter(
        message_id=held.message_id,
        position=position,
        side=Side.REPORTER,
        on=held.on,
        for_desk=held.for_desk,
        for_reporter=None,
    )


def letter_of_staff(sent: FromStaff, position: int, on: date) -> StoredLetter:
    """What staff wrote: for the reporter and the desk, or a note for the desk alone."""
    return StoredLetter(
        message_id=sent.message_id,
        position=position,
        side=Side.STAFF,
        on=on,
        for_desk=sent.for_desk,
        for_reporter=sent.for_reporter,
    )


def repeated(kept: Side, sent: Side) -> Refused | None:
    """Let a letter pass whose id is here already from the same side; bytes, day and place are those of the first time.

    Bytes may differ, since a client that is not sure whether its letter arrived seals the same words anew.
    """
    return None if kept is sent else Refused(Fault.CHANGED_MEANWHILE)
