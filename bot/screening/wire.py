"""What bot and child say to each other over two pipes: one request, one answer.

A message is a prefix of two lengths (32 bits each, big-endian), a head in msgpack, and a body of raw bytes. The bot
believes nothing of an answer: lengths are bounded, and a head with a word that is not in the lists below is refused.
"""

from struct import Struct as Layout
from typing import Literal, get_args

import msgspec
from msgspec import Struct

#: What became of a file. The same codes stand in `bot.conversation.files`, with what people are told.
Cleaning = Literal[
    "cleaned", "nothing_found", "redrawn", "part", "misnamed",
    "disguised", "unknown_kind", "locked", "signed", "broken", "mixed", "too_complex", "failed",
]  # fmt: skip

#: What was taken out, what points most at a person first.
Trace = Literal[
    "place", "author", "device", "time", "title", "comment", "software",
    "thumbnail", "history", "trailing", "scripts", "profile", "other",
]  # fmt: skip

#: What the child could do to lock itself in: a filter on system calls; a network of its own; or limits alone.
Walls = Literal["filtered", "apart", "limited"]

PREFIX = Layout(">II")

#: Bytes of a head; far more than any of them needs.
MOST_HEAD = 4096

#: Of a file's name only the end matters here.
MOST_NAME = 255

_ORDER = {trace: at for at, trace in enumerate(get_args(Trace))}


class Ready(Struct, frozen=True):
    """The child is locked in and waits for its file."""

    walls: Walls


class Request(Struct, frozen=True):
    """What the sender says of a file; the body is the file itself."""

    name: str
    media_type: str


class Verdict(Struct, frozen=True):
    """What became of a file; the body is the cleaned file, or empty where it is kept as it came."""

    cleaning: Cleaning
    media_type: str
    removed: tuple[Trace, ...] = ()


def message(head: Struct, body: bytes = b"") -> tuple[bytes, bytes]:
    """Put a message into two parts to be written one after the other; the body is not copied."""
    packed = msgspec.msgpack.encode(head)
    return PREFIX.pack(len(packed), len(body)) + packed, body


def in_order(traces: set[Trace]) -> tuple[Trace, ...]:
    """List traces, what points most at a person first."""
    return tuple(sorted(traces, key=_ORDER.__getitem__))
