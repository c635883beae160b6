"""Opening a case as a staff member: grants, then the facts that certify themselves, then everything else against both.

Letters by the reporter must bear the signature of the key that stands in the facts, letters by staff the roster's.
Grants are handed out only once proven, because whoever seals with an unproven seed might seal to a stranger. What does
not open or verify is counted and never shown.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

import msgspec

from bot.anonymity.errors import ForgedError, NotOpenedError
from bot.anonymity.grants import Grant, OpenedGrant, SealedGrant, author_of, open_grant, proven
from bot.anonymity.handover import SealedPart
from bot.anonymity.hidden import Hidden
from bot.anonymity.letters import Facts, Identity, read
from bot.anonymity.roster import Roster, voice_of
from bot.anonymity.sealing import Binding, Compartment, Direction, open_sealed
from bot.anonymity.signing import REPORTER, Audience, Envelope, Kind, peek, verify
from bot.anonymity.threads import KeyOf, Thread, read_thread
from bot.anonymity.voices import Voice, Voices, voices_of


class StaffReader(Hidden, frozen=True):
    """Who opens: a staff id (or `RECOVERY`) and the seed of its sealing key."""

    holder: str
    sealing_seed: bytes


class SealedCase(msgspec.Struct, frozen=True):
    """A case as the store gives it."""

    organ: str
    submission: str
    grants: Sequence[SealedGrant]
    parts: Sequence[SealedPart]
    #: (message id, ciphertext) of what was sealed to the desk, notes and copies included, in order of arrival
    letters: Sequence[tuple[str, bytes]] = ()


class OpenedCase(Hidden, frozen=True):
    """A case as far as this reader may read it."""

    organ: str
    submission: str
    facts: Facts
    #: all that was said, the newest answer to each question; None when nothing was given or granted
    identity: Identity | None
    #: everything that verified: report and identity too
    thread: Thread
    #: proven, all compartments and epochs
    grants: tuple[Grant, ...]
    #: the reporter's keys, oldest first: those in the facts, and one more for each new token
    voices: tuple[Voice, ...]

    def grant(self, compartment: Compartment) -> Grant | None:
        """Give the newest proven grant of a compartment: what is written now is sealed to its seed's public key."""
        held = [grant for grant in self.grants if grant.compartment == compartment]
        return max(held, key=lambda grant: grant.epoch, default=None)

    @property
    def reporter(self) -> Voice:
        """The reporter's keys in use: whom staff seal to, and no other."""
        return self.voices[-1]


class OpenedMasked(Hidden, frozen=True):
    """A case as an investigator may read it: what the desk wrote for them, and what they and others found."""

    organ: str
    submission: str
    thread: Thread
    #: those of the masked compartment that a member of staff has signed: only what is proven is sealed to
    grants: tuple[Grant, ...]

    def grant(self, compartment: Compartment) -> Grant | None:
        """Give the newest proven grant of a compartment."""
        held = [grant for grant in self.grants if grant.compartment == compartment]
        return max(held, key=lambda grant: grant.epoch, default=None)


def open_masked(reader: StaffReader, case: SealedCase, roster: Roster) -> OpenedMasked:
    """Open the masked compartment alone (Guidelines 3(2)ii); raises `NotOpenedError` without a grant that opens it.

    Only what staff signed is shown: without the facts nothing can tell whether the reporter signed.
    """
    opened = _opened_grants(reader, case, Compartment.MASKED)
    masked = [one for one in opened if one.grant.compartment == Compartment.MASKED]
    parts, closed = _open_parts(masked, case)
    pairs = [(part.part_id, signed) for part, signed in parts]
    thread = read_thread(
        pairs, lambda one, _: voice_of(roster, one.author), case.organ, case.submission, (Audience.MASKED,)
    )
    thread = msgspec.structs.replace(thread, refused=thread.refused + closed)
    grants = tuple(one.grant for one in masked if proven(one, voice_of(roster, author_of(one))))
    return OpenedMasked(case.organ, case.submission, thread, grants)


def open_as_staff(reader: StaffReader, case: SealedCase, roster: Roster) -> OpenedCase:
    """Open a case with what this reader was granted.

    Raises `NotOpenedError` without a grant that opens the facts, and `ForgedError` when they do not certify themselves,
    when there are two of them, or when the grant that opens them is signed by nobody who may.
    """
    opened = _opened_grants(reader, case)
    parts, closed = _open_parts(opened, case)
    facts = _facts((signed for part, signed in parts if part.compartment == Compartment.FACTS), case)
    grants = tuple(one.grant for one in opened if _counts(one, facts, roster))
    if not any(grant.compartment == Compartment.FACTS for grant in grants):
        raise ForgedError("grant")
    letters, unopened = open_letters(
        [grant.seed for grant in grants if grant.compartment == Compartment.FACTS],
        case.letters,
        lambda name: Binding(case.organ, case.submission, Compartment.FACTS, Direction.TO_DESK, name),
    )
    pairs = [*((part.part_id, signed) for part, signed in parts), *letters]
    first = Voice(facts.sealing_public, facts.signing_public)
    voices = voices_of(first, [signed for _, signed in pairs], case.organ, case.submission)
    thread = read_thread(pairs, _keys(voices, roster), case.organ, case.submission)
    thread = msgspec.structs.replace(thread, refused=thread.refused + closed + unopened)
    return OpenedCase(case.organ, case.submission, facts, _identity(thread), thread, grants, voices.every)


def open_letters(
    seeds: Sequence[bytes], sealed: Iterable[tuple[str, bytes]], binding: Callable[[str], Binding]
) -> tuple[list[tuple[str, bytes]], int]:
    """Open (message id, ciphertext) pairs with the seed that fits; give signed letters, and how many stayed closed."""
    opened, closed = [], 0
    for message_id, ciphertext in sealed:
        signed = _try(seeds, ciphertext, binding(message_id))
        if signed is None:
            closed += 1
        else:
            opened.append((message_id, signed))
    return opened, closed


def _try(seeds: Iterable[bytes], ciphertext: bytes, binding: Binding) -> bytes | None:
    for seed in seeds:
        with suppress(NotOpenedError):
            return open_sealed(seed, ciphertext, binding)
    return None


def _opened_grants(reader: StaffReader, case: SealedCase, needed: Compartment = Compartment.FACTS) -> list[OpenedGrant]:
    opened = []
    for sealed in case.grants:
        if sealed.holder == reader.holder:
            with suppress(NotOpenedError, ForgedError):
                opened.append(open_grant(reader.sealing_seed, sealed, case.organ, case.submission))
    if not any(one.grant.compartment == needed for one in opened):
        raise NotOpenedError
    return opened


def _open_parts(opened: Sequence[OpenedGrant], case: SealedCase) -> tuple[list[tuple[SealedPart, bytes]], int]:
    """Open the parts of the compartments this reader has; those of others are not counted as refused."""
    parts, closed = [], 0
    for part in case.parts:
        seeds = [one.grant.seed for one in opened if one.grant.compartment == part.compartment]
        binding = Binding(case.organ, case.submission, part.compartment, Direction.TO_DESK, part.part_id)
        signed = _try(seeds, part.ciphertext, binding)
        if signed is not None:
            parts.append((part, signed))
        elif seeds:
            closed += 1
    return parts, closed


def _facts(letters: Iterable[bytes], case: SealedCase) -> Facts:
    """Find the one report whose own key signed it."""
    found = {signed: facts for signed in letters if (facts := _self_certified(signed, case))}
    if len(found) != 1:
        raise ForgedError("facts")
    return next(iter(found.values()))


def _self_certified(signed: bytes, case: SealedCase) -> Facts | None:
    try:
        facts = read(Facts, peek(signed).body)
        report = verify(signed, facts.signing_public)
    except ForgedError:
        return None
    # Whoever may open another case could bring its report over here: it is good only where it was written for.
    claimed = (report.organ, report.submission, report.kind, report.author)
    return facts if claimed == (case.organ, case.submission, Kind.REPORT, REPORTER) else None


def _counts(opened: OpenedGrant, facts: Facts, roster: Roster) -> bool:
    """Whether whoever signed a grant may have: the reporter at hand-over, and staff at any time."""
    author = author_of(opened)
    if author == REPORTER:
        # Later epochs are made by staff alone: one in the reporter's name is by someone who saw the first token.
        return opened.grant.epoch == 0 and proven(opened, facts.signing_public)
    return proven(opened, voice_of(roster, author))


def _keys(voices: Voices, roster: Roster) -> KeyOf:
    def key_of(claimed: Envelope, signed: bytes) -> bytes | None:
        return voices.key_for(claimed, signed) if claimed.author == REPORTER else voice_of(roster, claimed.author)

    return key_of


def _identity(thread: Thread) -> Identity | None:
    # One author, so the thread has them by counter: what was said later stands in the place of what was said before.
    said: dict[str, str] = {}
    for letter in thread.letters:
        if letter.envelope.kind is Kind.IDENTITY:
            with suppress(ForgedError):
                said |= read(Identity, letter.envelope.body).answers
    return Identity(said) if said else None
