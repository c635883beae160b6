"""Whether a checkpoint of the case store continues the last one signed: no log shortened, rewritten or left out.

Believes nothing that is said about the past: what the last tree held must give the root that was signed then, and what
it holds now must be that, with entries added, and new logs. Sees chains, lengths and hashes, never an entry. Never
signs two checkpoints with one number; whoever calls remembers what was signed. Tree: RFC 6962 §2.1.

All hashes are computed here once more rather than borrowed, so that a mistake of the case store's is not also ours.
They may never change; a new shape gets a new label.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256

import msgspec

from bot.anonymity.errors import AnonymityError
from bot.anonymity.signing import sign_bytes, signed_by

_SIGNED = b"madoguchi/checkpoint/1\0"
_BEGINNING = bytes(32)
_HASH = 32
#: It is tomorrow already at an organ east of Greenwich.
_AHEAD = timedelta(days=1)
#: Leaves of the largest tree that is looked at: a million logs.
_LARGEST = 2**20


class Checkpoint(msgspec.Struct, frozen=True):
    """The logs of all cases of an organ on one day, as one hash."""

    organ: str
    serial: int
    day: date
    size: int
    root: bytes
    previous: bytes


class Growth(msgspec.Struct, frozen=True):
    """A log as it stood in the last checkpoint (length 0: not at all) and the hashes of the entries since."""

    chain: bytes
    length: int
    head: bytes
    trail: bytes
    added: tuple[bytes, ...] = ()


class Offer(msgspec.Struct, frozen=True):
    """A checkpoint to be signed, and what shows whether it may be."""

    checkpoint: Checkpoint
    padding: bytes
    last: Checkpoint | None
    last_padding: bytes
    chains: tuple[Growth, ...]


class CheckpointFault(StrEnum):
    """Why a checkpoint is not signed."""

    #: not of this organ, not the next number, not the next day, or it does not name the last one
    ORDER = "order"
    #: sizes or lists that no checkpoint has
    SHAPE = "shape"
    #: what is said of the last checkpoint is not what was signed then
    PAST = "past"
    #: it holds something else than the last one's logs, continued, and new ones
    REWRITTEN = "rewritten"


class CheckpointRefusedError(AnonymityError):
    """The operator must look at the case store: its logs are not what they were."""

    def __init__(self, reason: CheckpointFault) -> None:
        super().__init__(f"checkpoint refused: {reason}")
        self.reason = reason


def check(offer: Offer, last: Checkpoint | None, organ: str, today: date) -> None:
    """Raise `CheckpointRefusedError` unless the checkpoint continues `last`, the last one that was signed.

    Where none was signed yet, whatever comes first is the beginning; from then on nothing can be taken back.
    """
    new = offer.checkpoint
    if new.organ != organ or new.day > today + _AHEAD or not _follows(new, last):
        raise CheckpointRefusedError(CheckpointFault.ORDER)
    if not _sound(offer):
        raise CheckpointRefusedError(CheckpointFault.SHAPE)
    before = [chain for chain in offer.chains if chain.length > 0] if last else []
    if last and (offer.last != last or _root(before, offer.last_padding, last.size) != last.root):
        raise CheckpointRefusedError(CheckpointFault.PAST)
    if _root([_grown(chain) for chain in offer.chains], offer.padding, new.size) != new.root:
        raise CheckpointRefusedError(CheckpointFault.REWRITTEN)


def sign_checkpoint(seed: bytes, checkpoint: Checkpoint) -> bytes:
    """Sign a checkpoint that was checked; the same one always gets the same 64 bytes."""
    return sign_bytes(seed, _SIGNED, checkpoint_hash(checkpoint))


def is_signed(public: bytes, hashed: bytes, signature: bytes) -> bool:
    """Whether this key signed the checkpoint that has this hash."""
    return signed_by(public, _SIGNED, hashed, signature)


def checkpoint_hash(checkpoint: Checkpoint) -> bytes:
    """Give the 32 bytes that are signed, and that the next checkpoint names as `previous`."""
    return _fingerprint(
        b"madoguchi checkpoint v1",
        checkpoint.organ.encode(),
        checkpoint.serial.to_bytes(8),
        checkpoint.day.isoformat().encode(),
        checkpoint.size.to_bytes(8),
        checkpoint.root,
        checkpoint.previous,
    )


def _follows(new: Checkpoint, last: Checkpoint | None) -> bool:
    if last is None:
        return new.serial > 0
    return new.serial == last.serial + 1 and new.day > last.day and new.previous == checkpoint_hash(last)


def _sound(offer: Offer) -> bool:
    """No log twice, or one could be shown to some and the other to others; and none without a first entry."""
    names = {chain.chain for chain in offer.chains}
    size = offer.checkpoint.size
    sized = all(_is_hash(chain.chain, chain.head, chain.trail, *chain.added) for chain in offer.chains)
    lengths = all(chain.length >= 0 and chain.length + len(chain.added) > 0 for chain in offer.chains)
    power = size > 0 and size & (size - 1) == 0
    return len(names) == len(offer.chains) <= size <= _LARGEST and sized and lengths and power


def _is_hash(*given: bytes) -> bool:
    return all(len(each) == _HASH for each in given)


def _grown(log: Growth) -> Growth:
    # A new log begins with what names its chain, whatever else was said.
    head, trail = (log.head, log.trail) if log.length else (log.chain, log.chain)
    for head in log.added:
        trail = _fingerprint(b"madoguchi log trail v1", trail, head)
    return Growth(log.chain, log.length + len(log.added), head, trail)


def _root(logs: Sequence[Growth], padding: bytes, size: int) -> bytes:
    """Give the root over logs and filling; nothing that is a root, where there are more logs than leaves."""
    if len(logs) > size:
        return b""
    leaves = {log.chain: _leaf(log) for log in logs}
    for number in range(size - len(logs)):
        name = _fingerprint(b"madoguchi checkpoint filling v1", padding, number.to_bytes(8))
        leaves[name] = name
    level = [sha256(b"\x00" + leaves[name]).digest() for name in sorted(leaves)]
    while len(level) > 1:
        level = [sha256(b"\x01" + left + right).digest() for left, right in zip(level[::2], level[1::2], strict=True)]
    return level[0]


def _leaf(log: Growth) -> bytes:
    return _fingerprint(b"madoguchi checkpoint leaf v1", log.chain, log.length.to_bytes(8), log.head, log.trail)


def _fingerprint(*fields: bytes) -> bytes:
    """SHA-256 over fields, each behind its length (8 bytes, big-endian)."""
    state = sha256()
    for field in fields:
        state.update(len(field).to_bytes(8))
        state.update(field)
    return state.digest()
