"""What one reference token opens: four keys by HKDF-SHA256 (RFC 5869), none of which tells another.

No slow hash on purpose: at 120 random bits there is nothing to guess, and a slow one lets anyone stall the service.
The labels may never change: tokens in people's drawers depend on them.
"""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.anonymity.hidden import Hidden
from bot.anonymity.references import ReferenceToken

_LABEL = b"madoguchi/token/1/"


class TokenKeys(Hidden, frozen=True):
    """The keys of one token, 32 bytes each."""

    #: all that the case store ever sees of a token
    locator: bytes
    #: seed of the reporter's sealing key
    sealing_seed: bytes
    #: seed of the reporter's Ed25519 key
    signing_seed: bytes
    #: symmetric key of the case card
    card_key: bytes


def keys_of(token: ReferenceToken) -> TokenKeys:
    """Derive the token's keys; the same token gives the same keys for ever."""
    secret = token.secret
    return TokenKeys(
        *(
            HKDF(algorithm=SHA256(), length=32, salt=None, info=_LABEL + name).derive(secret)
            for name in (b"locator", b"sealing", b"signing", b"card")
        )
    )
