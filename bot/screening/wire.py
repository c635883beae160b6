"""What bot and child say to each other over two pipes: one request, one answer.

How a message lies on them stands in `bot.screening.pipes`. The bot believes nothing of an answer: lengths are bounded,
and a head with a word that is not in the lists below is refused.
"""

from typing import Literal, get_args

import msgspec
from msgspec import Struct

from bot.screening.confinement import Walls
from bot.screening.pipes import framed

#: What became of a file. The same codes stand in `bot.conversation.files`, with what people are told.
Cleaning = Literal[
    "cleaned", "nothing_found", "redrawn", "rewritten", "part", "misnamed",
    "disguised", "unknown_kind", "unknown_photo", "macros", "locked", "signed", "broken", "mixed", "too_complex",
    "failed",
]  # fmt: skip

#: What was taken out, what points most at a person first.
Trace = Literal[
    "place", "author", "device", "time", "title", "comment", "software",
    "thumbnail", "history", "trailing", "scripts", "links", "profile", "other",
]  # fmt: skip

#: Bytes of a head; far more than any of them needs.
MOST_HEAD = 4096

#: Of a file's name only the end matters here.
MOST_NAME = 255

_ORDER = {trace: at for at, trace in enumerate(get_args(Trace))}


class Ready(Struct, frozen=True):
    """The child is locked in and waits for its file; one that lacks what it needs for its work is `absent`."""

    walls: Walls | Literal["absent"]


class Request(Struct, frozen=True):
    """What the sender says of a file; the body is the file itself."""

    name: str
    media_type: str


class Verdict(Struct, frozen=True):
    """What became of a file; the body is the cleaned file, or empty where it is kept as it came."""

    cleaning: Cleaning
    media_type: str
    removed: tuple[Trace, ...] = ()
    #: The ending of a kind of file that is not cleaned here, and that another kind of child may know how to clean.
    foreign: str = ""


def message(head: Struct, body: bytes = b"") -> tuple[bytes, bytes]:
    """Put a message into two parts to be written one after the other; the body is not copied."""
    return framed(msgspec.json.encode(head), body)


def in_order(traces: set[Trace]) -> tuple[Trace, ...]:
    """List traces, what points most at a person first."""
    return tuple(sorted(traces, key=_ORDER.__getitem__))
