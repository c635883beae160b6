"""What a staff member's machine has seen of the store, so that a swapped case or a removed letter is noticed.

It lies beside the key file, locked under a key that is derived from it. Nothing readable of a case is kept: hashes
and public keys only. A reporter's key is believed the first time, and ever after with those that it named itself.
"""

from pathlib import Path

import msgspec

from bot.anonymity.boxes import keyed_name, lock, unlock
from bot.anonymity.errors import NotOpenedError
from bot.anonymity.opening import OpenedCase
from bot.anonymity.signing import letter_hash
from madoguchi import private_files
from madoguchi.staff.keyfile import StaffKey
from madoguchi.words import NotDoneError

_LABEL = b"madoguchi/staff-memory/1"


class Seen(msgspec.Struct, frozen=True):
    """One case as it was when last opened."""

    submission: str
    #: Whose letters the reporter's are, by the key that stands in the facts.
    reporter: bytes
    #: Hashes of all letters ever seen in it.
    letters: frozenset[bytes]
    #: How many the store said there were; goes with every answer, so that nobody answers over an unseen letter.
    count: int
    #: The newest key of the reporter that was seen here, where a new token brought another.
    voice: bytes = b""


class Memory(msgspec.Struct, frozen=True):
    """All that was seen."""

    #: Serial of the newest roster; an older one is not believed any more.
    serial: int = 0
    cases: dict[str, Seen] = {}


def recall(file: Path, key: StaffKey) -> Memory:
    """Return what was seen; nothing where there is no memory yet. Raises `NotDoneError` when the file was changed."""
    place = _beside(file)
    if not place.exists():
        return Memory()
    try:
        return msgspec.msgpack.decode(unlock(_key(key), place.read_bytes(), _LABEL), type=Memory)
    except (NotOpenedError, msgspec.DecodeError) as changed:
        raise NotDoneError("memory.changed", file=place) from changed


def remember(file: Path, key: StaffKey, memory: Memory) -> None:
    """Keep what was seen."""
    private_files.write(_beside(file), lock(_key(key), msgspec.msgpack.encode(memory), _LABEL))


def seen_now(case: OpenedCase, count: int, before: Seen | None) -> Seen:
    """Return a case as it is to be remembered; letters that are gone stay remembered, so that the warning stays."""
    letters = _hashes(case) | (before.letters if before else frozenset())
    return Seen(case.submission, case.facts.signing_public, letters, count, case.reporter.signing_public)


def letters_gone(case: OpenedCase, before: Seen | None) -> int:
    """Return how many letters that were seen once are missing. Raises `NotDoneError` when the case is another one."""
    if before is None:
        return 0
    voices = [voice.signing_public for voice in case.voices]
    is_known = (before.submission, before.reporter) == (case.submission, voices[0])
    # Whoever saw a token that was replaced could name a key of their own; the one that was seen first stays.
    if not is_known or (before.voice or before.reporter) not in voices:
        raise NotDoneError("case.swapped")
    return len(before.letters - _hashes(case))


def _hashes(case: OpenedCase) -> frozenset[bytes]:
    return frozenset(letter_hash(letter.signed) for letter in case.thread.letters)


def _beside(file: Path) -> Path:
    return file.with_name(f"{file.name}.memory")


def _key(key: StaffKey) -> bytes:
    return keyed_name(key.signing_seed, "staff memory", key.organ, key.staff_id)
