"""What a window brings back besides the answers: which screen it was, and which field is the answer to what.

Slack keeps what was typed into a field as long as the window has one of the same name. Each screen therefore names its
fields anew, or an answer that the talk changed would be covered by what was typed before. Nothing here holds words of
anyone: names of fields and the window's notes are stored by Slack in clear.
"""

from enum import StrEnum

import msgspec
from msgspec import Struct


class Kind(StrEnum):
    """How the answer in a field is to be read."""

    #: Words or one option.
    ONE = "one"
    #: Any number of options.
    MANY = "many"
    #: Words that go below those of the field before it.
    MORE = "more"
    FILES = "files"
    #: A story typed before any question was asked.
    FIRST_WORDS = "words"


class Mark(Struct, frozen=True, order=True):
    """The name of a field. `part` counts the fields of one question; `screen` sets them off from those before."""

    kind: Kind
    question: str
    part: int = 0
    screen: str = ""

    def written(self) -> str:
        """Give it as the name of a block."""
        return f"{self.kind}:{self.part}:{self.screen}:{self.question}"


class Note(Struct, frozen=True):
    """What a window knows of its own screen."""

    group: str = ""
    turn: int = -1
    page: int = 0
    #: What the form's own button means.
    then: str = "next"
    language: str = ""

    def written(self) -> str:
        """Give it as the window's metadata."""
        return msgspec.json.encode(self).decode()


def read_mark(name: str) -> Mark | None:
    """Read the name of a field; None for one that is not ours."""
    kind, part, screen, question = (*name.split(":", 3), "", "", "")[:4]
    if kind not in frozenset(Kind) or not (part.isascii() and part.isdecimal()):
        return None
    return Mark(Kind(kind), question, int(part), screen)


def read_note(metadata: str) -> Note:
    """Read a window's metadata; what is none of ours is a screen that has passed."""
    try:
        return msgspec.json.decode(metadata, type=Note)
    except msgspec.DecodeError:
        return Note()
