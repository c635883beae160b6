"""What stands inside signed letters, written as msgpack maps so that fields can be added and none renamed or removed.

Shapes only; nothing here knows keys or order. A body that does not fit its shape is treated as forged.
"""

from typing import TypeVar

import msgspec

from bot.anonymity.errors import ForgedError
from bot.anonymity.hidden import Hidden

_Body = TypeVar("_Body")


class FileKey(Hidden, frozen=True):
    """How to fetch and open one attachment."""

    file_id: str
    name: str
    media_type: str
    #: bytes before sealing
    size: int
    key: bytes
    #: SHA-256 of the ciphertext
    digest: bytes


class Facts(Hidden, frozen=True):
    """The report without the name; also where the reporter's public keys stand."""

    #: version of the question form
    form: int
    answers: dict[str, str | list[str]]
    language: str
    channel: str
    #: whom staff seal to, and no other
    sealing_public: bytes
    #: whose signature this very letter and all later ones by the reporter bear
    signing_public: bytes
    #: staff ids this case is kept from
    excluded: list[str] = msgspec.field(default_factory=list)
    files: list[FileKey] = msgspec.field(default_factory=list)
    danger: bool = False
    #: the desk that was chosen, when nobody there may read this
    unread_by_desk: str = ""
    #: which form was filled in
    flow: str = "report"
    #: wordings of questions and options that are the organ's own, by catalogue key: an old case keeps its form
    labels: dict[str, str] = msgspec.field(default_factory=dict)


class Identity(Hidden, frozen=True):
    """Who the reporter is, as far as they chose to say."""

    answers: dict[str, str]


class Message(Hidden, frozen=True):
    """Free words, either way; of the reporter's also what they are meant to do, and a form of its own."""

    text: str
    files: list[FileKey] = msgspec.field(default_factory=list)
    #: What the letter is meant to do, such as `withdraw_statement`; empty where it says something and no more.
    about: str = ""
    #: The message id of an earlier letter of the reporter's own that this is about.
    refers: str = ""
    #: Which form was filled in, and its version; empty where there was none.
    flow: str = ""
    form: int = 0
    answers: dict[str, str | list[str]] = msgspec.field(default_factory=dict)
    #: As in `Facts`.
    labels: dict[str, str] = msgspec.field(default_factory=dict)


class Notice(Hidden, frozen=True):
    """A notice to the reporter: kind and parameters, rendered in their language, and words where the kind has some."""

    kind: str
    params: dict[str, str]
    text: str = ""


class Renewal(Hidden, frozen=True):
    """The reporter's new public keys, proven by a signature of the new key under the old one's."""

    sealing_public: bytes
    signing_public: bytes
    #: what the reporter had last said towards those who may read the identity: whatever follows bears the new key
    identity_counter: int
    identity_previous: bytes
    proof: bytes


class Note(Hidden, frozen=True):
    """Words that stay at the desk."""

    text: str


class Minute(Hidden, frozen=True):
    """A note of a kind: what was recorded, or the notice that was not given, and what belongs to it.

    To a reader that knows no kinds it is a `Note`, and a `Note` is one without a kind.
    """

    text: str
    kind: str = ""
    params: dict[str, str] = msgspec.field(default_factory=dict)


def write(body: msgspec.Struct) -> bytes:
    """Encode a body."""
    return msgspec.msgpack.encode(body)


def read(shape: type[_Body], body: bytes) -> _Body:
    """Decode a body as this shape; raises `ForgedError` when it is another."""
    try:
        return msgspec.msgpack.decode(body, type=shape)
    except msgspec.DecodeError as other:
        raise ForgedError("shape") from other
