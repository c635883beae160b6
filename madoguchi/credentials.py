"""Bearer credentials: what is sent to the case store, and the hash by which it is known there.

The store never holds a credential, only its SHA-256; 256 random bits leave nothing to guess, so a slow hash would add
nothing.
"""

import base64
import hashlib

from bot.anonymity.sealing import new_seed


def new_credential() -> str:
    """Draw a credential: 32 random bytes, base64url without padding."""
    return base64.urlsafe_b64encode(new_seed()).rstrip(b"=").decode()


def credential_hash(credential: str) -> bytes:
    """Return the 32 bytes by which the case store knows a credential."""
    return hashlib.sha256(credential.encode()).digest()


def fingerprint(*public_keys: bytes) -> str:
    """Return 20 hex digits for two people to compare aloud: 80 bits, since whoever swaps keys can try many."""
    digest = hashlib.sha256(b"".join(public_keys)).hexdigest()[:20]
    return "-".join(digest[at : at + 4] for at in range(0, len(digest), 4))
