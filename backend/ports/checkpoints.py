"""The checkpoints of one organ and what they are made from."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

import msgspec

from backend.contract import Checkpoint, CheckpointSignature, LogEntry, SignedCheckpoint, Tip


class KeptCheckpoint(msgspec.Struct, frozen=True, kw_only=True):
    """A checkpoint as it is kept."""

    checkpoint: Checkpoint
    #: What its filling leaves are made from; never published.
    padding: bytes
    signature: CheckpointSignature | None


class LogEnd(msgspec.Struct, frozen=True, kw_only=True):
    """Where a case's row says that its log ends."""

    number: str
    submission_id: str
    log_length: int
    log_head: bytes


class CheckpointBook(Protocol):
    """The checkpoints of one organ: at most the newest is not signed yet."""

    def newest(self) -> KeptCheckpoint | None:
        """The checkpoint with the highest number, signed or not."""

    def numbered(self, serial: int) -> KeptCheckpoint | None:
        """The checkpoint that bears a number."""

    def signed(self) -> Sequence[SignedCheckpoint]:
        """All that are signed, oldest first."""

    def tips(self, serial: int) -> Mapping[bytes, Tip]:
        """How far each log reached in a checkpoint, by its chain."""

    def changes(self, chain: bytes) -> Sequence[int]:
        """The numbers of the checkpoints in which a log reached further than before, oldest first."""

    def ends(self) -> Sequence[LogEnd]:
        """Where the log of each case ends by its row, held and destroyed cases included."""

    def hashes(self, numbers: Collection[str]) -> Mapping[str, Mapping[int, bytes]]:
        """The hashes of all entries there are of some cases' logs, by case and place."""

    def outliving(self) -> Mapping[bytes, Mapping[int, bytes]]:
        """The hashes of destroyed cases' entries that are still needed, by chain and place."""

    def outlive(self, number: str, chain: bytes) -> None:
        """Keep the hashes of a case's log that no signed checkpoint holds yet; call it before the log is deleted."""

    def log(self, number: str) -> Sequence[LogEntry]:
        """The entries of a case's log that there are, by their place."""

    def add(self, made: KeptCheckpoint, changed: Collection[Tip]) -> bool:
        """Keep a checkpoint with the tips that have changed; no, if one bears that number already."""

    def sign(self, signature: CheckpointSignature) -> None:
        """Keep the signature of a checkpoint, and nothing any more that only signing it needed."""

    def drop(self, serial: int) -> None:
        """Delete a checkpoint that is not signed."""
