"""How a grant is laid under its case's erasure key, and by which mark a destroyed case is known again.

The key is drawn by others and kept apart from cases. It opens nothing: below it a grant is sealed as it was, and its
integrity is HPKE's. Once it is gone, what stands in place of the grant is noise, in every backup of the cases too.

The shapes hashed here stand in databases and backups. They may never change; a new shape gets a new label. Every field
goes in behind its length (8 bytes, big-endian), so that no two lists of fields read alike.
"""

from hashlib import shake_256
from typing import Final, NamedTuple

from backend.domain.chain import fingerprint

#: Bytes of an erasure key, and of the nonce before each grant: one stream is never laid over two grants.
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 16
#: Random bytes of the id under which a key is kept.
ID_BYTES: Final = 16

_STREAM_LABEL: Final = b"madoguchi grant under an erasure key v1"
_MARK_LABEL: Final = b"madoguchi destroyed case v1"


class Place(NamedTuple):
    """Where a grant belongs; under the same key it reads as noise anywhere else."""

    organ: str
    case_number: str
    holder: str
    compartment: str


def wrapped(key: bytes, place: Place, nonce: bytes, grant: bytes) -> bytes:
    """Lay a sealed grant under an erasure key: the nonce, then the grant XOR a stream of SHAKE-256 (FIPS 202).

    The caller draws the nonce anew for each grant that is stored.
    """
    return nonce + _crossed(grant, _stream(key, place, nonce, len(grant)))


def unwrapped(key: bytes, place: Place, stored: bytes) -> bytes:
    """The reverse. Under another key, or for another place, the answer is noise of the same length."""
    nonce, covered = stored[:NONCE_BYTES], stored[NONCE_BYTES:]
    return _crossed(covered, _stream(key, place, nonce, len(covered)))


def mark_of(organ: str, submission_id: str) -> bytes:
    """By what a destroyed case is known when a backup brings it back: says nothing about it to whoever reads it."""
    return fingerprint(_MARK_LABEL, organ.encode(), submission_id.encode())


def _stream(key: bytes, place: Place, nonce: bytes, length: int) -> bytes:
    state = shake_256()
    for field in (_STREAM_LABEL, key, *(part.encode() for part in place), nonce):
        state.update(len(field).to_bytes(8))
        state.update(field)
    return state.digest(length)


def _crossed(left: bytes, right: bytes) -> bytes:
    return (int.from_bytes(left) ^ int.from_bytes(right)).to_bytes(len(left))
