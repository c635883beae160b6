"""A chat in which the bot can speak without being asked: where a screen is sent instead of fetched.

What a chat service did with a message is one of four things, and each leads elsewhere: it arrived; it did not
(`NotSentError`: try again); nobody knows (`UnclearError`: a harmless screen is sent again, one with a token or letters
is not); it never will (`ClosedError`: the person blocked the bot, or the account is gone).
"""

from typing import Protocol

from msgspec import Struct

from bot.ports.talking import View


class Standing(Struct, frozen=True):
    """What stands in a chat, as the talk remembers it, sealed."""

    #: What names each message in the chat, of both sides, oldest first: so that it can be taken back.
    traces: tuple[str, ...] = ()
    #: The channel's own, in a shape of its own: which message has the buttons, how far a screen was sent.
    memory: bytes = b""


class TakenBack(Struct, frozen=True):
    """What became of the messages in a chat."""

    gone: int
    #: Messages that the service would not delete: too old, or not the bot's to delete.
    left: int


class ChannelError(Exception):
    """Base: a screen was not sent whole. `standing` says what stands in the chat now; it goes on from there."""

    def __init__(self, standing: Standing) -> None:
        super().__init__()
        self.standing = standing


class NotSentError(ChannelError):
    """The rest did not arrive; to be tried again after so many `seconds` (the service may have said when)."""

    def __init__(self, standing: Standing, seconds: float = 1.0) -> None:
        super().__init__(standing)
        self.seconds = seconds


class UnclearError(ChannelError):
    """The next message may have arrived or not."""


class ClosedError(ChannelError):
    """Nothing will ever arrive in this chat again, unless the person comes back."""


class Channel(Protocol):
    """The way out to the chats of one service."""

    async def show(self, address: str, view: View, standing: Standing) -> Standing:
        """Bring a screen before the person and return what stands there then.

        Called again with the same `view.page` and the standing of an error, it sends what is missing and no more.
        Raises one of the errors above.
        """

    async def take_back(self, address: str, standing: Standing) -> TakenBack:
        """Delete the messages of both sides, as far as the service lets it; safe to repeat.

        Raises `NotSentError` when the service cannot be reached.
        """
