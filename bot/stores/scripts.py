"""What Redis does in one go: small Lua scripts, put together from the pieces in `lua/`, known to it by their digest.

A script runs whole or, where memory is short, not at all: Redis refuses its first write then.
"""

import hashlib
from pathlib import Path

from msgspec import Struct

_FOLDER = Path(__file__).parent / "lua"


class Script(Struct, frozen=True):
    """One script, and the digest by which a server that has seen it knows it."""

    text: bytes
    digest: bytes


def _made_of(*pieces: str) -> Script:
    text = b"\n".join((_FOLDER / f"{piece}.lua").read_bytes() for piece in ("head", *pieces))
    # Redis names scripts by SHA-1; nothing is kept secret or safe by it.
    return Script(text, hashlib.sha1(text, usedforsecurity=False).hexdigest().encode())


PLAIN = _made_of("put", "plain")
APPLY = _made_of("put", "drop", "apply")
SWEEP = _made_of("put", "drop", "sweep")
ONCE = _made_of("once")
TAKE = _made_of("take")
KEEP = _made_of("keep")
REWRITE = _made_of("rewrite")

ALL = (PLAIN, APPLY, SWEEP, ONCE, TAKE, KEEP, REWRITE)
