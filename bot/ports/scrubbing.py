"""What is taken out of a file before it is sealed: what would tell who made it, where, when and with what."""

from typing import Protocol

from msgspec import Struct


class Scrubbed(Struct, frozen=True):
    """A file as it will be kept. Nothing is ever lost: what cannot be cleaned is kept as it came, and said to be so."""

    data: bytes
    media_type: str
    #: A row of `bot.conversation.files.CLEANINGS`: what became of it.
    cleaning: str
    #: What was taken out, as codes of the same room.
    removed: tuple[str, ...] = ()


class Scrubber(Protocol):
    """The door to the room where hostile bytes are parsed."""

    async def scrub(self, name: str, media_type: str, data: bytes) -> Scrubbed:
        """Clean a file; never raises, and answers in bounded time whatever the bytes are."""
