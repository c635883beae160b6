"""Boxes under a key we hold ourselves, for sessions, cards, addresses and parcels; and names that tell nothing.

What every chat message passes through is prepared once a key: `Safe` and `Namer`; the functions are for the rest. A box
opens only under the label it was locked with. Nonces are random, so one key locks at most 2^32 boxes (NIST SP 800-38D,
8.3). Format 1: the byte 1, nonce, ciphertext.
"""

import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.anonymity.errors import NotOpenedError
from bot.anonymity.padding import pad as fill
from bot.anonymity.padding import unpad

_FORMAT = b"\x01"
_NONCE = 12


class Safe:
    """Locks and opens boxes under one 32-byte key."""

    __slots__ = ("_cipher",)

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def lock(self, plaintext: bytes, label: bytes) -> bytes:
        """Lock under a label."""
        nonce = os.urandom(_NONCE)
        return _FORMAT + nonce + self._cipher.encrypt(nonce, plaintext, label)

    def unlock(self, box: bytes, label: bytes) -> bytes:
        """Open a box; raises `NotOpenedError`, whatever the cause."""
        if box[:1] != _FORMAT:
            raise NotOpenedError
        try:
            return self._cipher.decrypt(box[1 : 1 + _NONCE], box[1 + _NONCE :], label)
        except (InvalidTag, ValueError):
            raise NotOpenedError from None


def lock(key: bytes, plaintext: bytes, label: bytes, *, pad: bool = False) -> bytes:
    """Lock under a 32-byte key and a label; with `pad` the length is hidden in a bucket."""
    return Safe(key).lock(fill(plaintext) if pad else plaintext, label)


def unlock(key: bytes, box: bytes, label: bytes, *, pad: bool = False) -> bytes:
    """Open a box; raises `NotOpenedError`, whatever the cause. `pad` as it was locked."""
    try:
        plaintext = Safe(key).unlock(box, label)
    except ValueError:
        raise NotOpenedError from None
    return unpad(plaintext) if pad else plaintext


class Namer:
    """Gives names under one key that can be neither reversed nor recognised without it."""

    __slots__ = ("_begun",)

    def __init__(self, key: bytes) -> None:
        self._begun = hmac.new(key, digestmod="sha256")

    def name(self, *parts: str | bytes) -> bytes:
        """Name something in 32 bytes (HMAC-SHA256).

        Each part goes in after its length, so no two lists of parts share a name; text and its UTF-8 bytes count as
        the same part.
        """
        message = bytearray()
        for part in parts:
            raw = part.encode() if isinstance(part, str) else part
            message += len(raw).to_bytes(4, "big") + raw
        named = self._begun.copy()
        named.update(message)
        return named.digest()


def keyed_name(key: bytes, *parts: str | bytes) -> bytes:
    """Name something under a key that is used this once; see `Namer.name`."""
    return Namer(key).name(*parts)
