"""What stands inside signed letters, written as msgpack maps so that fields can be added and none renamed or removed.

Shapes only; nothing here knows keys or order. A body that does not fit its shape is treated as forged.
"""

from typing import TypeVar

import msgspec

from bot.anonymity.errors import ForgedError

_Body = TypeVar("_Body")


class _Hidden(msgspec.Struct, frozen=True):
    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class FileKey(_Hidden, frozen=True):
    """How to fetch and open one attachment."""

    file_id: str
    name: str
    media_type: str
    #: bytes before sealing
    size: int
    key: bytes
    #: SHA-256 of the ciphertext
    digest: bytes


class Facts(_Hidden, frozen=True):
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
    excluded: list[str] = []
    files: list[FileKey] = []
    danger: bool = False
    #: the desk that was chosen, when nobody there may read this
    unread_by_desk: str = ""


class Identity(_Hidden, frozen=True):
    """Who the reporter is, as far as they chose to say."""

    answers: dict[str, str]


class Message(_Hidden, frozen=True):
    """Free words, either way."""

    text: str
    files: list[FileKey] = []


class Notice(_Hidden, frozen=True):
    """A notice to the reporter: kind and parameters, rendered in their language, with words where the kind needs them."""

    kind: str
    params: dict[str, str]
    text: str = ""


class Note(_Hidden, frozen=True):
    """Words that stay at the desk."""

    text: str


def write(body: msgspec.Struct) -> bytes:
    """Encode a body."""
    return msgspec.msgpack.encode(body)


def read(shape: type[_Body], body: bytes) -> _Body:
    """Decode a body as this shape; raises `ForgedError` when it is another."""
    try:
        return msgspec.msgpack.decode(body, type=shape)
    except msgspec.DecodeError as other:
        raise ForgedError("shape") from other
