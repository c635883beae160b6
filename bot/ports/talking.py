"""Where channels bring what people do, and the screen that they get back."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date
from typing import Protocol

from msgspec import Struct

from bot.conversation.effects import Line, Text, Visible
from bot.conversation.events import Event, FileRef


class InboxLetter(Struct, frozen=True):
    """One thing to read in an opened inbox: words of a staff member or a notice, verified; or a standard notice.

    A standard notice comes from the mechanism: nobody wrote or signed it, and it is shown so.
    """

    #: message | notice | standard
    kind: str
    #: The desk's own words; may stand beside a notice.
    text: str = ""
    notice: Text | None = None
    #: Who wrote it, as the roster names them.
    author_name: str = ""
    #: Sentences that follow the notice's first: its days, its reason, what the law says.
    beside: tuple[Text, ...] = ()
    #: The day of a standard notice, as ISO 8601.
    on: str = ""
    #: The person has not had it before them yet.
    new: bool = False


class OwnLetter(Struct, frozen=True):
    """One of the person's own letters, without its words: which it is, and when it was written."""

    #: Counts from 1.
    number: int
    on: date
    #: Of several of one day: which.
    place: int = 1


class InboxPage(Struct, frozen=True):
    """An opened inbox as a channel shows it, what is new first, newest on top. Lives in memory only."""

    case_number: str
    stage: str
    desk: str
    received_on: date
    letters: tuple[InboxLetter, ...] = ()
    #: Letters that exist but did not verify, or are missing from the chain.
    refused: int = 0
    gaps: int = 0
    #: The check-in that waits for an answer.
    check_in: str = ""
    #: The person's own letters, oldest first.
    sent: tuple[OwnLetter, ...] = ()


class View(Struct, frozen=True):
    """What a person has before them now. `turn` names this screen; a form sends it back."""

    language: str
    turn: int
    items: tuple[Visible, ...]
    #: The person's own unconfirmed token in grouped form, where `ShowToken` is among the items.
    token: str = ""
    #: The same token in twelve words of the person's language; both spellings come and go together.
    token_words: tuple[str, ...] = ()
    #: The day on which its report was received, as ISO 8601; empty for a token that replaces another.
    received_on: str = ""
    inbox: InboxPage | None = None
    #: The answers of the person's own draft, where `ShowCopy` is among the items.
    copy: tuple[Line, ...] = ()
    #: Everything of this chat is gone: show this once, then forget the address too.
    over: bool = False
    #: Something is under way (hand-over waiting for the desk): look again in a while.
    waiting: bool = False
    #: Number of this page: a button carries it in `Pressed`, so that a tap on an older page is known as such.
    page: int = 0


def _nobody_waits() -> None:
    """Most channels answer when all is done."""


class Happened(Struct, frozen=True, kw_only=True):
    """What a person did at one moment, as the channel understood it."""

    #: One a service and act; a repeat is recognised by it.
    event_id: str
    events: Sequence[Event]
    #: What names the person's own messages in the chat, so that they can be taken back.
    traces: tuple[str, ...] = ()
    #: The channel knows that there was a talk here before; if it is kept no more, they are told.
    returning: bool = False
    #: Called as soon as everything is stored, before anything is carried out: the service may be told "taken" then.
    stored: Callable[[], None] = _nobody_waits


class Inlet(Protocol):
    """Where channels bring what people do. An answer means: it is stored."""

    async def receive(self, channel: str, address: str, happened: Happened) -> View:
        """Take what happened at once, store it in one write, carry out what follows, and return the screen.

        The same `event_id` again changes nothing and returns the present screen. Words may hold tokens: they are taken
        out. On a channel that can speak unasked (`bot.ports.channel`) the screen has been shown there by then, or will
        be as soon as the service takes it.
        """

    async def look(self, channel: str, address: str) -> View:
        """Return the present screen (a fresh talk has the menu); stores nothing."""

    async def keep_file(self, channel: str, address: str, name: str, media_type: str, data: bytes) -> FileRef:
        """Seal and store a file of the draft or reply; the reference goes into an `Attached` event."""

    def changes(self, channel: str, address: str) -> AsyncIterator[None]:
        """Yield each time when `look` may give another screen; ends with the service."""

    async def set_language(self, channel: str, address: str, language: str) -> None:
        """Note a language guessed from outside (a browser's header), if none is chosen yet."""
