"""What a room that cleans one kind of file gives back, and the one way in which it refuses."""

from msgspec import Struct

from bot.screening.wire import Cleaning, Trace


class Stripped(Struct, frozen=True):
    """A cleaned file."""

    data: bytes
    traces: set[Trace]
    #: Something stays that could not be cleaned, such as files inside the file.
    rest: bool = False
    #: Was drawn anew instead of being cut: fine detail may differ.
    redrawn: bool = False


class UntouchableError(Exception):
    """The file is to be kept as it came; `cleaning` says why."""

    def __init__(self, cleaning: Cleaning) -> None:
        super().__init__(cleaning)
        self.cleaning = cleaning


class MalformedError(Exception):
    """The bytes do not follow their format, as far as this room knows it; another way may still work."""
