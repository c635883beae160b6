"""Where talks, files and return addresses are kept, sealed; and the locks that let one talk take one step at a time.

A store sees names and sizes only.
"""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from msgspec import Struct


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

    async def ending(self, after: int, until: int) -> tuple[Row, ...]:
        """Return the talks that end later than `after` and by `until`, both in seconds since 1970."""

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

    async def secret_once(self, name: str, box: bytes) -> bytes:
        """Store one durably unless it is there, and return what is there then: of many who ask, one's box counts."""

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
