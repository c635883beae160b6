"""Whose bearer token it is. Keeps hashes only and compares them in one time; a token is never stored nor logged."""

import hmac
from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from backend.config import Credential
from backend.domain.people import Caller
from backend.ports import CaseStore

_SCHEME: Final = "Bearer "
#: Longer than any token of ours; what is longer is not worth hashing.
_LONGEST: Final = 512


class Door:
    """Knows the credentials of the settings and asks the store for those of staff."""

    def __init__(self, credentials: Sequence[Credential], store: CaseStore) -> None:
        """Take the credentials that the operator has set up."""
        self._credentials: Final = tuple(credentials)
        self._store: Final = store

    async def caller(self, authorization: str) -> Caller | None:
        """Who sends this `Authorization` header (RFC 6750), if anyone we know."""
        token = authorization.removeprefix(_SCHEME)
        if token == authorization or not 0 < len(token) <= _LONGEST:
            return None
        # Bytes that are no UTF-8 come as lone surrogates; they are as wrong as any other token, and no fault of ours.
        digest = sha256(token.encode(errors="surrogateescape")).digest()
        # All are compared, so that the time taken does not say which one came close.
        known = [each.caller for each in self._credentials if hmac.compare_digest(each.sha256, digest)]
        if known:
            return known[0]
        # Looked up by its hash: whoever can aim at the index must have found a preimage of SHA-256 first.
        return await self._store.staff_with(digest)
