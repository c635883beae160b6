"""The log of a case as a hash chain: every entry commits to its own fields and to the entry before.

Refuses to hold content: an entry carries only the SHA-256 of what the act brought, most often of ciphertext.
The shapes hashed here are recomputed by verifiers long after a case has ended. They may never change; a new shape gets
a new label. Every field goes in behind its length (8 bytes, big-endian), so that no two lists of fields read alike.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Final

from backend.contract import LogEntry

_CHAIN_LABEL: Final = b"madoguchi case log v1"
_ENTRY_LABEL: Final = b"madoguchi case log entry v1"


class Act(StrEnum):
    """What was done to a case beside the moves, which bear their own names; the words stand in the log for good."""

    RECEIVED = "received"
    OPENED = "opened"
    WROTE = "wrote"
    NOTED = "noted"
    CONCERN = "concern"
    #: The reporter said who they are, to those who may read it.
    NAMED = "named"
    #: Staff wrote down what did not come by a chat.
    ENTERED = "entered"
    #: The reporter took a new token.
    RENEWED = "renewed"
    #: The mechanism told the reporter something, by the clock.
    NOTIFIED = "notified"
    #: An act waits for approval; its approver reads it; and what became of it.
    PROPOSED = "proposed"
    PROPOSAL_READ = "proposal_read"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    #: Who is responsible, which desk has it, who oversees, what it belongs to.
    ASSIGNED = "assigned"
    TRANSFERRED = "transferred"
    OVERSEEN = "overseen"
    LINKED = "linked"
    #: Somebody said that they have no conflict of interest, or that they have one; tried to open without a key.
    DECLARED = "declared"
    CONFLICT = "conflict"
    ATTEMPTED = "attempted"
    #: Somebody was given keys, was taken theirs, made fresh ones, put something into the masked compartment.
    GRANTED = "granted"
    UNGRANTED = "ungranted"
    KEYS_RENEWED = "keys_renewed"
    MASKED = "masked"


def fingerprint(*fields: bytes) -> bytes:
    """SHA-256 over fields, each behind its length: the content hash of an act."""
    state = sha256()
    for field in fields:
        state.update(len(field).to_bytes(8))
        state.update(field)
    return state.digest()


def genesis(organ: str, submission_id: str) -> bytes:
    """What the first entry commits to in place of a predecessor: binds the chain to one case of one organ."""
    return fingerprint(_CHAIN_LABEL, organ.encode(), submission_id.encode())


def entry(*, sequence: int, on: date, actor: str, act: str, content_hash: bytes, previous_hash: bytes) -> LogEntry:
    """Make the entry that follows the one whose hash is `previous_hash`; `sequence` counts from 0."""
    entry_hash = fingerprint(
        _ENTRY_LABEL,
        sequence.to_bytes(8),
        on.isoformat().encode(),
        actor.encode(),
        act.encode(),
        content_hash,
        previous_hash,
    )
    return LogEntry(
        sequence=sequence,
        on=on,
        actor=actor,
        act=act,
        content_hash=content_hash,
        previous_hash=previous_hash,
        entry_hash=entry_hash,
    )


def broken_at(log: Iterable[LogEntry], start: bytes, head: bytes) -> int | None:
    """Find the first place where a log does not hold together, or none.

    `start` is the `genesis`; `head` the hash of the last entry as known from elsewhere, without which a shortened log
    would pass, for what is left of it is sound. If only the head does not fit, the answer is the length of the log.
    """
    previous, sequence = start, 0
    for shown in log:
        expected = entry(
            sequence=sequence,
            on=shown.on,
            actor=shown.actor,
            act=shown.act,
            content_hash=shown.content_hash,
            previous_hash=previous,
        )
        if expected != shown:
            return sequence
        previous, sequence = shown.entry_hash, sequence + 1
    return None if previous == head else sequence
