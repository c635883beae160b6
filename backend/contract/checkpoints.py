"""What is said about the proof of the log: checkpoints, what the bot needs to check one, what a log's reader needs.

Published is the `SignedCheckpoint` alone. How each hash is made stands in `domain/checkpoints.py`.
"""

from datetime import date

from backend.contract.handling import LogEntry
from backend.contract.words import Record, Stage


class Checkpoint(Record, frozen=True):
    """The logs of all cases of an organ on one day, as one hash."""

    organ: str
    #: Counts from 1; no number is left out.
    serial: int
    day: date
    #: Leaves of the tree, a power of two: how many of them are cases does not show.
    size: int
    root: bytes
    #: Hash of the checkpoint before; zeros in the first.
    previous: bytes


class SignedCheckpoint(Record, frozen=True):
    """A checkpoint that the bot has found to continue the one before. `signer` is its Ed25519 public key."""

    checkpoint: Checkpoint
    signer: bytes
    signature: bytes


class Checkpoints(Record, frozen=True):
    """All that were signed, oldest first."""

    signed: tuple[SignedCheckpoint, ...]


class Tip(Record, frozen=True):
    """How far one case's log reaches; a leaf is the hash of it."""

    #: What the first entry commits to; names the case to nobody who does not know it.
    chain: bytes
    length: int
    #: Hash of the last entry.
    head: bytes
    #: Hash over the hashes of all entries in their order: shows that a log was continued without showing the entries.
    trail: bytes


class Growth(Record, frozen=True):
    """A case's log in the last signed checkpoint, and the hashes of the entries since; a new one has length 0."""

    tip: Tip
    added: tuple[bytes, ...] = ()


class CheckpointOffer(Record, frozen=True):
    """A checkpoint to be signed, with all that shows whether it continues the last one."""

    checkpoint: Checkpoint
    #: What the filling leaves are made from, of this tree and of the last.
    padding: bytes
    last: Checkpoint | None
    last_padding: bytes
    chains: tuple[Growth, ...]


class CheckpointSignature(Record, frozen=True):
    """The bot's signature for the checkpoint that bears this number."""

    serial: int
    signer: bytes
    signature: bytes


class CheckpointRefusal(Record, frozen=True):
    """The bot does not sign the checkpoint that bears this number; it is made anew."""

    serial: int


class LogProof(Record, frozen=True):
    """That a log had this tip in a signed checkpoint: the way from its leaf up to the root."""

    serial: int
    tip: Tip
    place: int
    path: tuple[bytes, ...]


class CaseLog(Record, frozen=True):
    """A case's log as it stands in the store, with the proofs there are. Of a destroyed case the receipt alone."""

    organ: str
    case_number: str
    submission_id: str
    stage: Stage
    #: What the store says of the log's end.
    length: int
    head: bytes
    entries: tuple[LogEntry, ...]
    #: Oldest first.
    proofs: tuple[LogProof, ...]
