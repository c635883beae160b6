"""Sealing to a public key: HPKE (RFC 9180) with X-Wing (ML-KEM-768 and X25519), HKDF-SHA256 and ChaCha20-Poly1305.

What is sealed opens only with the seed, and only where it belongs: organ, submission, compartment, direction and
message go into HPKE's `info`. Sealing authenticates nobody; what is sealed is first signed (`signing`). The same suite
opens in the browser. Format 1 is the byte 1, the 1,120-byte encapsulated key, the ciphertext of the padded text; that
and `info` may never change.
"""

import hashlib
import os
from enum import StrEnum

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from bot.anonymity.errors import ForgedError, NotOpenedError
from bot.anonymity.padding import pad, unpad

SEED_BYTES = 32
PUBLIC_BYTES = 1216

_FORMAT = b"\x01"
_LABEL = b"madoguchi/seal/1"
_MLKEM_PUBLIC = 1184
_MLKEM_SEED = 64
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class Compartment(StrEnum):
    """The parts of a case that open separately."""

    FACTS = "facts"
    IDENTITY = "identity"
    MASKED = "masked"


class Direction(StrEnum):
    """Who a sealed thing is for."""

    TO_DESK = "to-desk"
    TO_REPORTER = "to-reporter"
    GRANT = "grant"
    TO_APPROVER = "to-approver"


class Binding(msgspec.Struct, frozen=True):
    """Where a sealed thing belongs; it opens nowhere else."""

    organ: str
    submission: str
    compartment: str
    direction: str
    message: str

    def info(self) -> bytes:
        """Give HPKE's `info`: a label, then each field as UTF-8 after its length in four big-endian bytes."""
        return _LABEL + b"".join(
            len(raw := field.encode()).to_bytes(4, "big") + raw
            for field in (self.organ, self.submission, self.compartment, self.direction, self.message)
        )


def new_seed() -> bytes:
    """Draw a 32-byte private key."""
    return os.urandom(SEED_BYTES)


def public_key(seed: bytes) -> bytes:
    """Give the 1,216-byte public key of a seed: ML-KEM's, then X25519's."""
    mlkem, x25519 = _halves(seed)
    return mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()


def seal(public: bytes, plaintext: bytes, binding: Binding) -> bytes:
    """Seal to a public key; raises `ForgedError` when the key is none, since keys also come from strangers."""
    try:
        key = MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC]),
            X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC:]),
        )
        return _FORMAT + _SUITE.encrypt(pad(plaintext), key, info=binding.info())
    except ValueError as none:
        raise ForgedError("public key") from none


def open_sealed(seed: bytes, sealed: bytes, binding: Binding) -> bytes:
    """Open what was sealed to this seed under this binding; raises `NotOpenedError`, whatever the cause."""
    if sealed[:1] != _FORMAT:
        raise NotOpenedError
    try:
        return unpad(_SUITE.decrypt(sealed[1:], MLKEM768X25519PrivateKey(*_halves(seed)), info=binding.info()))
    except (InvalidTag, ValueError):
        # The cause is cut off: a wrong key, a wrong binding and a flipped byte must look alike.
        raise NotOpenedError from None


def _halves(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    # X-Wing's key expansion: draft-connolly-cfrg-xwing-kem, section 5.2
    expanded = hashlib.shake_256(seed).digest(_MLKEM_SEED + 32)
    return (
        MLKEM768PrivateKey.from_seed_bytes(expanded[:_MLKEM_SEED]),
        X25519PrivateKey.from_private_bytes(expanded[_MLKEM_SEED:]),
    )
