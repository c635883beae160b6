"""The two pipes of a child, and how a message lies on them: a prefix, a head, a body.

Knows nothing but Python's own library, so that every kind of child can use it, also one that another Python runs. The
prefix is two lengths of 32 bits each, big-endian; the head is JSON, the body raw bytes.
"""

import os
from struct import Struct as Layout

PREFIX = Layout(">II")

_IN, _OUT = 0, 1


def framed(head: bytes, body: bytes = b"") -> tuple[bytes, bytes]:
    """Put a message into two parts to be written one after the other; the body is not copied."""
    return PREFIX.pack(len(head), len(body)) + head, body


def read_message() -> tuple[bytes, bytes]:
    """Read head and body of the one message that the bot sends. Ends the process when the bot is gone."""
    head, body = PREFIX.unpack(_read(PREFIX.size))
    return _read(head), _read(body)


def write(*parts: bytes) -> None:
    """Write all of a message."""
    for part in parts:
        left = memoryview(part)
        while left:
            left = left[os.write(_OUT, left) :]


def _read(count: int) -> bytes:
    whole = bytearray()
    while len(whole) < count:
        part = os.read(_IN, min(count - len(whole), 1 << 20))
        if not part:
            os._exit(1)
        whole += part
    return bytes(whole)
