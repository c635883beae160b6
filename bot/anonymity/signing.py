"""Who says what, to whom, and in which order: Ed25519 (RFC 8032) over an envelope that names the one before it.

Sealing proves nothing about the author, so everything is signed before it is sealed. A chain of counters and hashes
runs for each author and audience, from 0. Format 1: the byte 1, the 64-byte signature over label and payload, the
payload (msgpack). It may never change; fields may be added. Nothing here decides whose key an author has: callers take
it from the roster or from the sealed facts.
"""

import hashlib
import os
from enum import StrEnum
from typing import Annotated

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bot.anonymity.errors import ForgedError

REPORTER = "reporter"
#: what `previous` holds in the first letter of a chain
BEGINNING = bytes(32)

_FORMAT = b"\x01"
_LABEL = b"madoguchi/letter/1\0"
_SIGNATURE = 64


class Kind(StrEnum):
    """What a letter is."""

    REPORT = "report"
    IDENTITY = "identity"
    MESSAGE = "message"
    NOTICE = "notice"
    NOTE = "note"
    #: one compartment's seed for one holder
    GRANT = "grant"
    #: the reporter's new public keys, in a letter signed with the old one
    RENEWAL = "renewal"


class Audience(StrEnum):
    """Whom a letter is for; each author has one chain towards each."""

    DESK = "desk"
    REPORTER = "reporter"
    IDENTITY = "identity"
    #: those who work on the masked version alone
    MASKED = "masked"


class Envelope(msgspec.Struct, frozen=True):
    """What is signed. `body` is the msgpack of one of the shapes in `letters`."""

    organ: str
    submission: str
    kind: Kind
    #: a staff id of the roster, or `REPORTER`
    author: str
    audience: Audience
    #: place in the chain of this author towards this audience, from 0
    counter: Annotated[int, msgspec.Meta(ge=0)]
    #: SHA-256 of the signed letter before it, or 32 zero bytes
    previous: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
    body: bytes

    def __repr__(self) -> str:
        return f"<Envelope {self.kind}>"


def new_signing_seed() -> bytes:
    """Draw a 32-byte Ed25519 private key."""
    return os.urandom(32)


def signing_public(seed: bytes) -> bytes:
    """Give the 32-byte public key of a signing seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(envelope: Envelope, seed: bytes) -> bytes:
    """Sign an envelope and give the letter that is then sealed."""
    payload = msgspec.msgpack.encode(envelope)
    return _FORMAT + sign_bytes(seed, _LABEL, payload) + payload


def verify(signed: bytes, public: bytes) -> Envelope:
    """Give the envelope if this key signed it, else raise `ForgedError`.

    Whether organ, submission and author are the right ones is the caller's to check; `read_thread` does.
    """
    payload = signed[1 + _SIGNATURE :]
    if signed[:1] != _FORMAT or not signed_by(public, _LABEL, payload, signed[1 : 1 + _SIGNATURE]):
        raise ForgedError
    return peek(signed)


def peek(signed: bytes) -> Envelope:
    """Read an envelope UNVERIFIED: good for choosing the key to verify with, for nothing that is shown or believed."""
    try:
        return msgspec.msgpack.decode(signed[1 + _SIGNATURE :], type=Envelope)
    except msgspec.DecodeError as shape:
        raise ForgedError("shape") from shape


def letter_hash(signed: bytes) -> bytes:
    """Give the 32 bytes that the next letter of the chain names as `previous`."""
    return hashlib.sha256(signed).digest()


def sign_bytes(seed: bytes, label: bytes, payload: bytes) -> bytes:
    """Sign a payload under a label, which keeps one use of a key from being passed off as another."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(label + payload)


def signed_by(public: bytes, label: bytes, payload: bytes, signature: bytes) -> bool:
    """Whether this key signed this payload under this label; a key of the wrong size signed nothing."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, label + payload)
    except (InvalidSignature, ValueError):
        return False
    return True
