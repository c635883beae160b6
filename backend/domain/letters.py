"""Letters of a thread as they are kept, and what makes one a repeat.

Refuses to guess: the same id with other bytes is no repeat, whoever sent it.
"""

from datetime import date

import msgspec

from backend.contract import Fault, FromReporter, FromStaff, Side
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


def letter_of_reporter(sent: FromReporter, position: int, on: date) -> StoredLetter:
    """What the reporter wrote; only the desk can open it."""
    return StoredLetter(
        message_id=sent.message_id,
        position=position,
        side=Side.REPORTER,
        on=on,
        for_desk=sent.ciphertext,
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


def repeated(kept: StoredLetter, sent: StoredLetter) -> Refused | None:
    """Let a letter pass that is here already, byte for byte; its day and place are those of the first time."""
    if (kept.side, kept.for_desk, kept.for_reporter) == (sent.side, sent.for_desk, sent.for_reporter):
        return None
    return Refused(Fault.CHANGED_MEANWHILE)
