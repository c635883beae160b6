"""A passage that would name the writer: where it stands, never what stands there."""

from msgspec import Struct

#: What a passage may be.
KINDS = ("name", "email", "phone", "number", "handle", "address", "signature", "position", "only_i")


class Finding(Struct, frozen=True):
    """A passage of one answer, by characters of the answer as it stands: from `start` to before `end`."""

    question: str
    start: int
    end: int
    #: One of `KINDS`.
    kind: str
