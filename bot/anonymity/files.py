"""Sealed attachments: AES-256-GCM under a fresh key for each file, whose key travels inside a sealed letter.

Padded to buckets, then cut into chunks of 8 MiB; each chunk's nonce holds its place and whether it is the last, so none
can be dropped, swapped or appended. The file's id is bound too. Format 1: the byte 1, then the chunks; it may never
change.
"""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.anonymity.errors import NotOpenedError
from bot.anonymity.hidden import Hidden
from bot.anonymity.padding import pad, unpad

CHUNK_BYTES = 8 * 1024 * 1024

_FORMAT = b"\x01"
_LABEL = b"madoguchi/file/1/"
_TAG = 16


class SealedFile(Hidden, frozen=True):
    """What sealing one file gives: the key and digest for the letter, the ciphertext for the store."""

    key: bytes
    ciphertext: bytes
    #: SHA-256 of the ciphertext
    digest: bytes


def seal_file(data: bytes, file_id: str) -> SealedFile:
    """Seal a file, an empty one too."""
    key = os.urandom(32)
    cipher, padded, label = AESGCM(key), memoryview(pad(data)), _LABEL + file_id.encode()
    ciphertext = _FORMAT + b"".join(
        cipher.encrypt(_nonce(at, last=at + CHUNK_BYTES >= len(padded)), padded[at : at + CHUNK_BYTES], label)
        for at in range(0, len(padded), CHUNK_BYTES)
    )
    return SealedFile(key, ciphertext, hashlib.sha256(ciphertext).digest())


def open_file(key: bytes, ciphertext: bytes, file_id: str, digest: bytes) -> bytes:
    """Open a file; raises `NotOpenedError` when a byte, a chunk, the id or the digest is not what was sealed."""
    right = hmac.compare_digest(hashlib.sha256(ciphertext).digest(), digest)
    if not right or ciphertext[:1] != _FORMAT:
        raise NotOpenedError
    try:
        return unpad(_decrypted(AESGCM(key), memoryview(ciphertext)[1:], _LABEL + file_id.encode()))
    except (InvalidTag, ValueError):
        raise NotOpenedError from None


def _decrypted(cipher: AESGCM, body: memoryview, label: bytes) -> bytes:
    step = CHUNK_BYTES + _TAG
    return b"".join(
        cipher.decrypt(_nonce(at // step * CHUNK_BYTES, last=at + step >= len(body)), body[at : at + step], label)
        for at in range(0, len(body), step)
    )


def _nonce(at: int, *, last: bool) -> bytes:
    # A counter is safe as a nonce because every file has a key of its own.
    return (at // CHUNK_BYTES).to_bytes(11, "big") + (b"\x01" if last else b"\x00")
