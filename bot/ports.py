"""The doors of the bot: what its rooms promise each other, as Protocols and the plain types that pass through them.

No behaviour, no concrete class. A door that may fail says so with one of the two errors below, which tell who
must act: `DeskUnreachableError` (wait and try again) and `DeskRefusedError` (this very request will never be taken).
"""

from collections.abc import Collection, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import Protocol

from msgspec import Struct

from bot.anonymity.handover import SealedReport
from bot.conversation.effects import Text, Visible
from bot.conversation.events import Event, FileRef


class DeskError(Exception):
    """Base: the case store did not do what was asked."""


class DeskUnreachableError(DeskError):
    """No answer, or one that says `later`. Nothing is known to be lost; the same request may be repeated."""


class DeskRefusedError(DeskError):
    """The case store understood and refuses; `fault` is its code. Repeating changes nothing."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class Clock(Protocol):
    """The time, from outside."""

    def now(self) -> datetime:
        """Return the present moment, aware, UTC."""


class Chance(Protocol):
    """The dice, from outside."""

    def bytes(self, count: int) -> bytes:
        """Return `count` unpredictable bytes."""


# --- talking: what channels see ---


class InboxLetter(Struct, frozen=True):
    """One letter of an opened inbox, verified: words of a staff member, or a notice that the catalogue words."""

    #: message | notice
    kind: str
    #: The desk's own words; may stand beside a notice.
    text: str = ""
    notice: Text | None = None
    #: Who wrote it, as the roster names them.
    author_name: str = ""


class InboxPage(Struct, frozen=True):
    """An opened inbox as a channel shows it, newest letter first. Lives in memory only."""

    case_number: str
    stage: str
    desk: str
    received_on: date
    letters: tuple[InboxLetter, ...] = ()
    #: Letters that exist but did not verify, or are missing from the chain.
    refused: int = 0
    gaps: int = 0


class View(Struct, frozen=True):
    """What a person has before them now. `turn` names this screen; a form sends it back."""

    language: str
    turn: int
    items: tuple[Visible, ...]
    #: The person's own unconfirmed token in grouped form, where `ShowToken` is among the items.
    token: str = ""
    inbox: InboxPage | None = None
    #: Everything of this chat is gone: show this once, then forget the address too.
    over: bool = False
    #: Something is under way (hand-over waiting for the desk): look again in a while.
    waiting: bool = False


class Inlet(Protocol):
    """Where channels bring what people do. An answer means: it is stored."""

    async def receive(self, channel: str, address: str, event_id: str, events: Sequence[Event]) -> View:
        """Take events that happened at once, store them in one write, carry out what follows, and return the screen.

        The same `event_id` again changes nothing and returns the present screen. Words may hold tokens: they are taken
        out.
        """

    async def look(self, channel: str, address: str) -> View:
        """Return the present screen (a fresh talk has the menu); stores nothing."""

    async def keep_file(self, channel: str, address: str, name: str, media_type: str, data: bytes) -> FileRef:
        """Seal and store a file of the draft or reply; the reference goes into an `Attached` event."""

    async def set_language(self, channel: str, address: str, language: str) -> None:
        """Note a language guessed from outside (a browser's header), if none is chosen yet."""


# --- storing ---


class Row(Struct, frozen=True):
    """One stored talk: an HMAC name, the day of the key it is named under, its last day, and the sealed record."""

    name: bytes
    day: int
    #: Seconds since 1970, UTC.
    expires: int
    box: bytes
    #: Acts are still to be carried out.
    pending: bool


class Blob(Struct, frozen=True):
    """A sealed file under an id of its own; `owner` is the talk or parcel it goes with."""

    blob_id: str
    owner: bytes
    box: bytes


class Parcel(Struct, frozen=True):
    """A sealed report on its way; `owner` is the talk that waits for it. Once arrived it holds no report any more."""

    parcel_id: str
    owner: bytes
    arrived: bool
    box: bytes


class Changes(Struct, frozen=True, kw_only=True):
    """One write: all of it is stored, or nothing."""

    put: tuple[Row, ...] = ()
    drop: tuple[bytes, ...] = ()
    #: Talks whose last day changes: (name, seconds since 1970).
    expire: tuple[tuple[bytes, int], ...] = ()
    #: Files and parcels put, and dropped by id or by owner.
    put_files: tuple[Blob, ...] = ()
    #: Files that change their owner: (file id, new owner).
    hand_files: tuple[tuple[str, bytes], ...] = ()
    drop_files_of: tuple[bytes, ...] = ()
    #: Files that stay although their owner's go.
    keep_files: tuple[str, ...] = ()
    put_parcels: tuple[Parcel, ...] = ()
    #: Parcels that have arrived; one that was dropped meanwhile stays dropped.
    settle_parcels: tuple[Parcel, ...] = ()
    drop_parcels: tuple[str, ...] = ()
    #: Seconds since 1970: all that expired by then goes, with its files and arrived parcels; mailboxes too. 0 for none.
    expired_by: int = 0
    put_relay: tuple[tuple[str, int, bytes], ...] = ()  # mailbox, expiry in seconds since 1970, sealed address
    drop_relay: tuple[str, ...] = ()
    #: Small sealed records of the bot's own.
    put_secrets: tuple[tuple[str, bytes], ...] = ()
    drop_secrets: tuple[str, ...] = ()
    #: Must survive a power cut, not only a crash (hand-over, token, forget, relay).
    durable: bool = False
    #: What it replaces or drops must be gone from the disk, logs and free pages included, before anyone is told.
    forgets: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing in it but talks that need not survive a power cut."""
        return self == Changes(put=self.put)


class SessionStore(Protocol):
    """Keeps what the bot must not forget, sealed; sees names and sizes only."""

    async def commit(self, changes: Changes) -> None:
        """Store all of `changes` at once; returns when it is on disk."""

    async def load(self, names: Sequence[bytes]) -> Row | None:
        """Return the first of `names` that is stored."""

    async def with_acts(self) -> tuple[Row, ...]:
        """Return the talks whose acts were not finished, to be taken up at start."""

    async def file(self, file_id: str) -> bytes | None:
        """Return a file's ciphertext."""

    async def parcel(self, parcel_id: str) -> Parcel | None:
        """Return one parcel."""

    async def parcels(self) -> tuple[Parcel, ...]:
        """Return the sealed reports that have not arrived yet."""

    async def sweep(self, now: int) -> int:
        """Delete what is past its expiry: talks, their files and arrived parcels, mailboxes. Return how many talks."""

    async def secret(self, name: str) -> bytes | None:
        """Return a small sealed record of the bot's own (day keys, last verified roster)."""

    async def put_secret(self, name: str, box: bytes) -> None:
        """Store one, durably."""

    async def drop_secret(self, name: str) -> None:
        """Delete one, durably."""

    async def secrets(self, prefix: str) -> tuple[str, ...]:
        """Return the names that begin with `prefix`."""

    async def days(self) -> frozenset[int]:
        """Return the days under whose key a talk is still named."""


class RelayBook(Protocol):
    """Maps a random mailbox id to a sealed return address."""

    async def find(self, mailbox: str, now: int) -> bytes | None:
        """Return the sealed address, unless it is gone or past its expiry."""


class Locks(Protocol):
    """One talk, one step at a time."""

    def hold(self, channel: str, address: str) -> AbstractAsyncContextManager[None]:
        """Wait for the turn of the talk that takes place there, and keep it."""


# --- the case store, as the bot sees it ---


class DeskReceipt(Struct, frozen=True):
    """The case is committed."""

    case_number: str
    desk: str


class DeskInbox(Struct, frozen=True):
    """What a locator opens: ciphertext, and the little that is in clear."""

    case_number: str
    submission: str
    stage: str
    desk: str
    received_on: date
    card: bytes
    card_version: int
    #: (message id, ciphertext), oldest first, the reporter's own not among them.
    letters: tuple[tuple[str, bytes], ...]


class ReporterLetter(Struct, frozen=True):
    """A sealed letter to the desk with the case card it leaves behind."""

    message_id: str
    ciphertext: bytes
    card: bytes
    card_version: int
    file_ids: tuple[str, ...] = ()


class DeskPush(Struct, frozen=True):
    """Something waits at a mailbox."""

    push_id: str
    mailbox: str


class CaseDesk(Protocol):
    """The backend. Every call may raise `DeskUnreachableError`."""

    async def roster(self) -> bytes:
        """Return the newest signed roster, unverified."""

    async def put_file(self, file_id: str, ciphertext: bytes) -> None:
        """Put up a sealed file; the same again is fine."""

    async def hand_over(self, report: SealedReport, file_ids: Collection[str]) -> DeskReceipt:
        """Commit a sealed report; the same submission again gives the same receipt."""

    async def open_inbox(self, locator: bytes) -> DeskInbox | None:
        """Return what is behind a locator, or None."""

    async def write(self, locator: bytes, letter: ReporterLetter) -> None:
        """Commit a letter; raises `DeskRefusedError("changed_meanwhile")` when the card is not the newest."""

    async def set_told(self, locator: bytes, mailbox: str | None, card: bytes, card_version: int) -> None:
        """Queue pushes for this case at `mailbox`, or no longer."""

    async def lease_pushes(self) -> tuple[DeskPush, ...]:
        """Take pushes that are due; unacknowledged ones come again."""

    async def delivered(self, push_ids: Collection[str], undeliverable: Collection[str]) -> None:
        """Say which pushes arrived and which never will."""
