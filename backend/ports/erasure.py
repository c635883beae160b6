"""Erasure keys, as a command sees them. What is done here is done for good, whatever becomes of the transaction."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from backend.contract import LogEntry


class Erasure(Protocol):
    """The erasure keys of one organ's cases, and the receipts of destroyed ones."""

    def destroy(self, number: str, submission_id: str, receipt: LogEntry) -> LogEntry:
        """Destroy a case's key and keep the receipt: the one that counts, be it that of an earlier destruction."""

    def receipts(self, submission_ids: Sequence[str]) -> Mapping[str, LogEntry]:
        """The receipts of those of these submissions whose case was destroyed."""

    def keyless(self, erasure_ids: Sequence[str]) -> Sequence[str]:
        """Those of these ids whose key is not there."""
