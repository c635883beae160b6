"""Writing and reading later letters, from the reporter's chair and from the desk's: signed first, then sealed.

A letter to the desk is sealed to the key of its compartment, a letter to the reporter to the newest key that the sealed
facts lead to (`voices`) and to no other, with a copy for the desk. A token opens what the desk wrote, never the
reporter's own earlier text.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from bot.anonymity.card import CaseCard, keys_on, with_letter
from bot.anonymity.errors import NotOpenedError
from bot.anonymity.hidden import Hidden
from bot.anonymity.letters import FileKey, Identity, Message, Minute, Note, Notice, write
from bot.anonymity.opening import OpenedCase, OpenedMasked, open_as_staff, open_letters
from bot.anonymity.renewal import reading_seeds
from bot.anonymity.roster import Roster, voice_of
from bot.anonymity.sealing import Binding, Compartment, Direction, public_key, seal
from bot.anonymity.signing import REPORTER, Audience, Envelope, Kind, letter_hash, sign
from bot.anonymity.threads import Thread, follow, read_thread
from bot.anonymity.token_keys import TokenKeys

__all__ = [
    "StaffAuthor",
    "Written",
    "open_as_staff",
    "read_as_reporter",
    "write_for_approver",
    "write_identity",
    "write_masked",
    "write_note",
    "write_to_desk",
    "write_to_reporter",
]


class Written(NamedTuple):
    """A reporter's letter ready to send, and the card that must be stored with it or not at all."""

    sealed: bytes
    card: CaseCard


class StaffAuthor(Hidden, frozen=True):
    """Who writes for the desk: a staff id of the roster and the seed of its signing key."""

    staff_id: str
    signing_seed: bytes


def write_to_desk(
    keys: TokenKeys,
    card: CaseCard,
    message_id: str,
    body: Message,
    files: Sequence[FileKey] = (),
    on: date | None = None,
) -> Written:
    """Write to the desk as the reporter; `files` (from `attach`) join those the body has.

    With a day the card lists the letter, so that its writer can name it later.
    """
    whole = msgspec.structs.replace(body, files=[*body.files, *files])
    letter = _letter_of_reporter(keys, card, Kind.MESSAGE, whole)
    sealed = seal(card.facts_public, letter, _binding(card, Direction.TO_DESK, message_id))
    counter, previous = card.counter + 1, letter_hash(letter)
    sent = card.sent if on is None else with_letter(card.sent, message_id, on, body)
    after = msgspec.structs.replace(card, counter=counter, previous=previous, version=card.version + 1, sent=sent)
    return Written(sealed, after)


def write_identity(keys: TokenKeys, card: CaseCard, part_id: str, body: Identity) -> Written:
    """Say, or say again, who the reporter is, to those who may read it; stored as a part of that compartment."""
    letter = _letter_of_reporter(keys, card, Kind.IDENTITY, body)
    sealed = seal(card.identity_public, letter, _binding(card, Direction.TO_DESK, part_id, Compartment.IDENTITY))
    counter, previous = card.identity_counter + 1, letter_hash(letter)
    return Written(
        sealed,
        msgspec.structs.replace(card, identity_counter=counter, identity_previous=previous, version=card.version + 1),
    )


def read_as_reporter(keys: TokenKeys, card: CaseCard, sealed: Iterable[tuple[str, bytes]], roster: Roster) -> Thread:
    """Open (message id, ciphertext) pairs sent to the reporter; what does not open or verify is counted, not shown."""
    seeds = reading_seeds(keys, card)
    letters, closed = open_letters(seeds, sealed, lambda name: _binding(card, Direction.TO_REPORTER, name))
    mine = (Audience.REPORTER,)
    thread = read_thread(letters, lambda one, _: voice_of(roster, one.author), card.organ, card.submission, mine)
    return msgspec.structs.replace(thread, refused=thread.refused + closed)


def write_to_reporter(
    author: StaffAuthor, case: OpenedCase, message_id: str, body: Message | Notice
) -> tuple[bytes, bytes]:
    """Write to the reporter; give the same signed letter sealed for the reporter and, as a copy, for the desk.

    The next letter of the same author needs the case opened anew, with this one in it: the chain runs through it.
    """
    kind = Kind.NOTICE if isinstance(body, Notice) else Kind.MESSAGE
    letter = _letter_of_staff(author, case, (kind, Audience.REPORTER), body)
    sealed = seal(case.reporter.sealing_public, letter, _binding(case, Direction.TO_REPORTER, message_id))
    return sealed, _seal_to_desk(case, letter, message_id, Compartment.FACTS)


def write_note(author: StaffAuthor, case: OpenedCase, message_id: str, body: Note | Minute) -> bytes:
    """Write a note that stays at the desk, of a kind or of none."""
    letter = _letter_of_staff(author, case, (Kind.NOTE, Audience.DESK), body)
    return _seal_to_desk(case, letter, message_id, Compartment.FACTS)


def write_for_approver(
    author: StaffAuthor, case: OpenedCase, message_id: str, body: Notice | Note | Minute, public: bytes
) -> bytes:
    """Seal the very letter that `write_to_reporter` or `write_note` makes to somebody who may approve it.

    They hold no key to the case, and get none by it: the letter is all they read.
    """
    what = (Kind.NOTICE, Audience.REPORTER) if isinstance(body, Notice) else (Kind.NOTE, Audience.DESK)
    letter = _letter_of_staff(author, case, what, body)
    return seal(public, letter, approval_binding(case.organ, case.submission, message_id))


def approval_binding(organ: str, submission: str, message_id: str) -> Binding:
    """Where a copy for an approver belongs."""
    return Binding(organ, submission, "approval", Direction.TO_APPROVER, message_id)


def write_masked(author: StaffAuthor, case: OpenedCase | OpenedMasked, part_id: str, body: Note) -> bytes:
    """Write the masked version, or what an investigator found, as a part of the masked compartment.

    Raises `NotOpenedError` without a proven grant of that.
    """
    letter = _letter_of_staff(author, case, (Kind.NOTE, Audience.MASKED), body)
    return _seal_to_desk(case, letter, part_id, Compartment.MASKED)


def _letter_of_reporter(keys: TokenKeys, card: CaseCard, kind: Kind, body: Message | Identity) -> bytes:
    audience, counter, previous = (
        (Audience.IDENTITY, card.identity_counter, card.identity_previous)
        if kind is Kind.IDENTITY
        else (Audience.DESK, card.counter, card.previous)
    )
    envelope = Envelope(card.organ, card.submission, kind, REPORTER, audience, counter + 1, previous, write(body))
    return sign(envelope, keys_on(card, keys).signing_seed)


def _letter_of_staff(
    author: StaffAuthor,
    case: OpenedCase | OpenedMasked,
    what: tuple[Kind, Audience],
    body: Message | Notice | Note | Minute,
) -> bytes:
    kind, audience = what
    counter, previous = follow(case.thread.letters, author.staff_id, audience)
    envelope = Envelope(case.organ, case.submission, kind, author.staff_id, audience, counter, previous, write(body))
    return sign(envelope, author.signing_seed)


def _seal_to_desk(case: OpenedCase | OpenedMasked, letter: bytes, message_id: str, compartment: Compartment) -> bytes:
    grant = case.grant(compartment)
    if grant is None:
        raise NotOpenedError
    return seal(public_key(grant.seed), letter, _binding(case, Direction.TO_DESK, message_id, compartment))


def _binding(
    case: CaseCard | OpenedCase | OpenedMasked,
    direction: Direction,
    message_id: str,
    compartment: Compartment = Compartment.FACTS,
) -> Binding:
    return Binding(case.organ, case.submission, compartment, direction, message_id)
