"""What is stored of a talk, and how it is sealed. Its shape may only grow fields with defaults: old records must open.

A record never holds what an inbox contains, nor any reference token but the person's own that is not yet confirmed
saved.
"""

import hashlib

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bot.anonymity.boxes import Safe
from bot.conversation.effects import (
    Act,
    AnswerCheckIn,
    AnswerSurvey,
    Ask,
    CheckSelf,
    CloseInbox,
    ConfirmSaved,
    Effect,
    Forget,
    HandOver,
    OpenInbox,
    RenewToken,
    Retract,
    Say,
    Send,
    SendDraft,
    SetTold,
    ShowCopy,
    ShowInbox,
    ShowSummary,
    ShowToken,
    Visible,
    WipeDraft,
    Wish,
)
from bot.conversation.session import Session
from bot.ports.channel import Standing
from bot.ports.desk import TokenRenewal
from bot.ports.storing import Row


class Deliver(Act, frozen=True):
    """Take the sealed report to the desk.

    The dispatcher's own: the talk has said `HandOver`, and that is sealed by now.
    """

    parcel: str


class ReplaceToken(Act, frozen=True):
    """Have the case store take the new token that lies ready in the record; the dispatcher's own, like `Deliver`."""


class Replacing(Struct, frozen=True):
    """A new token on its way: what goes to the case store, and the handle of the inbox that the old one opened."""

    request: TokenRenewal
    handle: str


AnyVisible = Say | Ask | ShowSummary | ShowToken | ShowInbox | ShowCopy
AnyAct = (
    HandOver | OpenInbox | Send | ConfirmSaved | SetTold | Retract | Forget | CloseInbox | WipeDraft | Deliver
    | RenewToken | ReplaceToken | AnswerCheckIn | SendDraft | Wish | AnswerSurvey | CheckSelf
)  # fmt: skip

#: How many past event ids a talk remembers; a repeat older than that is an old screen, which the talk knows how to
#: take.
REMEMBERED = 64


class Record(Struct, frozen=True, omit_defaults=True):
    """A talk at rest."""

    session: Session
    screen: tuple[AnyVisible, ...] = ()
    acts: tuple[AnyAct, ...] = ()
    #: Digests of the last event ids.
    recent: tuple[bytes, ...] = ()
    #: Seconds since 1970 at which an unconfirmed token is given up.
    token_until: int = 0
    #: The day on which the report of that token was received, as ISO 8601; gone when the token is.
    received_on: str = ""
    #: Seconds since 1970 at which what was begun here ends unless its writer goes on, and the end they were told of.
    until: int = 0
    told_of: int = 0
    #: Random, from the first word of a reply until it is committed, so that a repeat is recognised.
    reply_seed: bytes = b""
    #: The same for a draft that goes to an open case.
    draft_seed: bytes = b""
    #: Counts the screens, so that a button of an earlier one is known as such.
    page: int = 0
    #: Where this takes place, only while something is under way that needs it: acts, a screen that did not arrive, the
    #: token of a report on its way, a draft of whose end its writer is still to be told.
    address: str = ""
    #: The screen is stored, and not known to have been shown there.
    unshown: bool = False
    #: The page was turned without the person's doing, and they have done nothing since.
    unasked: bool = False
    #: What stands in the chat.
    standing: Standing = Standing()
    #: A new token that the case store may have taken or not; until that is known nothing else brings the person back.
    replacing: Replacing | None = None


_WRITE = msgspec.msgpack.Encoder()
_READ = msgspec.msgpack.Decoder(Record)
_LABEL = b"talk/1:"


class Talk(Struct):
    """A record in hand, with the name it is stored under."""

    name: bytes
    day: int
    record: Record
    expires: int = 0
    #: Names it was stored under before, to be dropped with the next write.
    former: tuple[bytes, ...] = ()
    #: When a token was looked up for it just now, by the event loop's clock.
    asked_at: float = 0.0
    #: The screen was made in this very turn, so that nobody can have sent it yet.
    is_fresh: bool = False

    @property
    def awaits_parcel(self) -> bool:
        """Whether a sealed report of this talk has not been seen to arrive."""
        return bool(self.record.session.submission) and not self.record.token_until

    @property
    def awaits_desk(self) -> bool:
        """Whether the desk has yet to say that it has a report, or a new token, of this talk."""
        return self.awaits_parcel or self.record.replacing is not None

    @property
    def is_new(self) -> bool:
        """Whether nothing has been shown here yet."""
        return not self.record.page and not self.record.recent

    def step(self, session: Session, effects: tuple[Effect, ...]) -> None:
        """Take over what a step gave: what is visible joins the screen, a newer question replaces the older."""
        visible = tuple(effect for effect in effects if isinstance(effect, Visible))
        acts = tuple(effect for effect in effects if isinstance(effect, Act))
        screen = _joined(self.record.screen, visible)
        self.record = replace(self.record, session=session, screen=screen, acts=self.record.acts + acts)

    def turn_page(self, mark: bytes) -> None:
        """Begin a new screen for the event with this digest."""
        self.record = replace(self.record, recent=self._knowing(mark), screen=(), page=self.record.page + 1)

    def turn_unasked(self) -> None:
        """Begin a new screen that the person is not looking at yet: what they type may still answer the one before."""
        self.turn_page(b"")
        self.record = replace(self.record, unasked=True)

    def leave_traces(self, traces: tuple[str, ...]) -> None:
        """Remember what names the person's own messages, so that they can be taken back."""
        if traces:
            standing = self.record.standing
            self.record = replace(self.record, standing=replace(standing, traces=standing.traces + traces))

    def remember(self, mark: bytes) -> None:
        """Know the event with this digest again."""
        self.record = replace(self.record, recent=self._knowing(mark))

    def sealed(self, safe: Safe, *, pending: bool) -> Row:
        """Give the row to store; sealed under the bot's key and bound to its name. `pending`: see `Row`."""
        box = safe.lock(_WRITE.encode(self.record), _LABEL + self.name)
        return Row(name=self.name, day=self.day, expires=self.expires, box=box, pending=pending)

    def _knowing(self, mark: bytes) -> tuple[bytes, ...]:
        return (*self.record.recent[1 - REMEMBERED :], mark)


def opened(row: Row, safe: Safe) -> Talk:
    """Open a stored row; raises `NotOpenedError` when it was made with another key or moved to another name."""
    record = _READ.decode(safe.unlock(row.box, _LABEL + row.name))
    return Talk(name=row.name, day=row.day, record=record, expires=row.expires)


def mark_of(event_id: str) -> bytes:
    """Digest an event id; eight bytes tell 64 of them apart."""
    return hashlib.blake2b(event_id.encode("utf-8", "replace"), digest_size=8).digest()


#: What stands on a screen once.
_REPLACING = (Ask, ShowSummary, ShowCopy)


def _joined(screen: tuple[AnyVisible, ...], more: tuple[Visible, ...]) -> tuple[Visible, ...]:
    if any(isinstance(item, _REPLACING) for item in more):
        screen = tuple(item for item in screen if not isinstance(item, _REPLACING))
    return (*screen, *more)
