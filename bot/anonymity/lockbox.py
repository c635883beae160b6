"""Secrets at rest in a local file, under a passphrase we draw ourselves: Argon2id (RFC 9106) and AES-256-GCM.

64 MiB, three passes, one lane; the numbers stand in the box so that they can grow, and are bound so that nobody can
shrink them. A box that asks for unreasonable effort is refused before any is spent. Passphrases are never chosen by
people.
"""

import os
import re
import secrets
import unicodedata
from typing import Annotated

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from mnemonic import Mnemonic

from bot.anonymity.errors import LockboxError

#: of 2,048: 66 bits, beyond reach at 0.1 s a guess
_WORDS = 6
_BETWEEN = re.compile(r"[\s\-]+")


class _Effort(msgspec.Struct, frozen=True):
    #: KiB
    memory: Annotated[int, msgspec.Meta(ge=64 * 1024, le=1024 * 1024)] = 64 * 1024
    passes: Annotated[int, msgspec.Meta(ge=3, le=16)] = 3
    lanes: Annotated[int, msgspec.Meta(ge=1, le=4)] = 1


class _Box(msgspec.Struct, frozen=True):
    effort: _Effort
    salt: Annotated[bytes, msgspec.Meta(min_length=16, max_length=64)]
    nonce: Annotated[bytes, msgspec.Meta(min_length=12, max_length=12)]
    ciphertext: bytes
    format: Annotated[int, msgspec.Meta(ge=1, le=1)] = 1


def new_passphrase() -> str:
    """Draw six English words of the BIP-39 list, 66 bits."""
    words = Mnemonic("english").wordlist
    return " ".join(secrets.choice(words) for _ in range(_WORDS))


def close(secret: bytes, passphrase: str) -> bytes:
    """Lock a secret under a passphrase; takes about 0.1 s on purpose."""
    effort, salt, nonce = _Effort(), os.urandom(16), os.urandom(12)
    ciphertext = _cipher(passphrase, salt, effort).encrypt(nonce, secret, _bound(effort))
    return msgspec.msgpack.encode(_Box(effort, salt, nonce, ciphertext))


def open_box(box: bytes, passphrase: str) -> bytes:
    """Open a box; case, full-width letters, dashes and spaces in what was typed do not matter.

    Raises `LockboxError`: `shape` when the file is none of ours, `passphrase` when it does not open.
    """
    try:
        held = msgspec.msgpack.decode(box, type=_Box)
        return _cipher(passphrase, held.salt, held.effort).decrypt(held.nonce, held.ciphertext, _bound(held.effort))
    except msgspec.DecodeError as shape:
        raise LockboxError("shape") from shape
    except InvalidTag:
        raise LockboxError("passphrase") from None


def _cipher(passphrase: str, salt: bytes, effort: _Effort) -> AESGCM:
    words = _BETWEEN.sub(" ", unicodedata.normalize("NFKC", passphrase).casefold()).strip()
    stretched = Argon2id(salt=salt, length=32, iterations=effort.passes, lanes=effort.lanes, memory_cost=effort.memory)
    return AESGCM(stretched.derive(words.encode()))


def _bound(effort: _Effort) -> bytes:
    return b"madoguchi/lockbox/1/" + msgspec.msgpack.encode(effort)
