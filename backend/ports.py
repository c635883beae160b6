"""What the backend needs from outside, as plain nouns: time, chance and a place to keep cases.

A `Work` is bound to one organ from the start; nothing in it can name another. Its methods are plain functions, since a
store runs a whole command in one go, inside one transaction, wherever it thinks best. Names no product and no driver.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar

import msgspec

from backend.contract import (
    Alert,
    CaseFile,
    CaseLine,
    Compartment,
    Inbox,
    LogEntry,
    Publication,
    Push,
    RosterDocument,
    Side,
    Submission,
)
from backend.domain.case import Case
from backend.domain.letters import HeldLetter, StoredLetter
from backend.domain.people import Caller

T = TypeVar("T")


class StoreUnavailableError(Exception):
    """The store cannot take or give anything now; the caller should come again, the operator should look."""


class Clock(Protocol):
    """The time of day."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""


class Chance(Protocol):
    """Bytes that nobody can foresee."""

    def bytes(self, count: int) -> bytes:
        """So many random bytes, good enough for keys."""


class Circumstances(msgspec.Struct, frozen=True, kw_only=True):
    """What a command may know beside what was sent and what is stored."""

    #: Seconds since the epoch; for leases only, never kept with a reporter's act.
    now: int
    #: The day at the organ, which is what gets stored.
    today: date
    #: Counts the full hours at the organ; two moments between which a clock strikes differ in it.
    hour: int = 0
    chance: Chance
    #: Days within which the organ promises to decide on acceptance.
    decide_within_days: int
    #: Reporters' acts are held for the next batch.
    holds: bool = False


class Cases(Protocol):
    """The cases of one organ and all that lies in them. What is fetched in a writing `Work` stays locked to its end."""

    def behind(self, locator: bytes) -> Case | None:
        """The case whose reporter's token gives this locator."""

    def submitted_as(self, submission_id: str) -> Case | None:
        """The case that a submission has become."""

    def granted(self, number: str, holder: str) -> Case | None:
        """The case, if this holder has a grant in it; without one, or while it is held, there is none for them."""

    def compartments(self, number: str, holder: str) -> Collection[Compartment]:
        """The compartments that this holder has grants for."""

    def add(self, case: Case) -> bool:
        """Keep a new case; no, if its submission or its number is there already."""

    def fill(self, case: Case, sent: Submission) -> bool:
        """Put locator, parts, grants and alert into a new case; no, if the locator leads elsewhere already."""

    def save(self, case: Case) -> None:
        """Keep a case as it has become."""

    def side_of(self, number: str, message_id: str) -> Side | None:
        """Whose letter bears that id, held ones included; none's, if there is no such letter."""

    def add_letter(self, number: str, letter: StoredLetter) -> None:
        """Put a letter at the end of the thread."""

    def add_entry(self, number: str, link: LogEntry) -> None:
        """Append to the case's log."""

    def inbox(self, locator: bytes) -> Inbox | None:
        """What the reporter may have of their case."""

    def answers(self, number: str) -> int:
        """How many letters the reporter may have."""

    def lines(self, holder: str) -> Sequence[CaseLine]:
        """The cases that a holder has grants in, what is due first on top."""

    def alerts(self, holder: str) -> Sequence[Alert]:
        """The cases that went past their desk and of which this person is told."""

    def file(self, number: str, holder: str) -> CaseFile | None:
        """All that a holder may have of a case, sealed."""


class Files(Protocol):
    """Sealed files: put up before the letter that names them, part of a case from then on."""

    def put(self, file_id: str, content: bytes, on: date) -> bool:
        """Keep a file; no, if other bytes bear that id."""

    def attach(self, file_ids: Sequence[str], number: str, *, held: bool) -> bool:
        """Make files part of a case, to be seen by staff with the next batch if `held`.

        No, if one is missing or part of another case. What staff could see before, they see on.
        """

    def content(self, number: str, file_id: str, holder: str) -> bytes | None:
        """The bytes of a case's file, for whoever has a grant in that case."""

    def drop_orphans(self, before: date) -> int:
        """Destroy files put up before a day that no letter has named; how many they were."""


class Batch(Protocol):
    """What is held for the next batch; nothing that staff may ask for looks in here."""

    def hold(self, number: str, letter: HeldLetter) -> None:
        """Keep a letter from staff for now."""

    def waiting(self) -> Sequence[Case]:
        """Cases that are held, or of which something is; not all at once, so ask until there are none."""

    def release(self, number: str) -> Sequence[HeldLetter]:
        """Hold nothing of a case any more: give its letters in the order of their coming, and let its files be seen."""


class Outbox(Protocol):
    """Pushes that must leave: at most one a case, for all it says is that something waits."""

    def queue(self, number: str, push: Push) -> None:
        """Let a push leave; it takes the place of an earlier one that has not been acknowledged."""

    def withdraw(self, number: str) -> None:
        """Let nothing leave for a case any more."""

    def fresh(self) -> Sequence[str]:
        """The cases whose push has no moment at which it falls due yet."""

    def fall_due(self, number: str, at: int) -> None:
        """Let the push of a case be leased from a moment on, in seconds since the epoch."""

    def parked(self) -> int:
        """How many pushes rest because they were tried too often."""

    def lease(self, now: int) -> tuple[Sequence[Push], int]:
        """Hand out what is due, under a lease that ends by itself; and how many were parked as hopeless just now."""

    def delivered(self, push_ids: Collection[str]) -> None:
        """Strike out pushes that arrived; unknown ids are those already struck out or replaced."""

    def undeliverable(self, push_ids: Collection[str]) -> None:
        """Strike out pushes whose mailbox is gone, and forget the mailbox."""


class Rosters(Protocol):
    """The newest published roster of one organ."""

    def newest(self) -> RosterDocument | None:
        """The signed document, if one was ever published."""

    def reasons(self) -> Collection[str]:
        """The codes that staff may give for not accepting a report."""

    def publish(self, publication: Publication) -> None:
        """Put a publication in the place of the one before, credentials included."""


class Work(Protocol):
    """One transaction in one organ's rows."""

    @property
    def organ(self) -> str:
        """The organ that every row read or written here belongs to."""

    @property
    def cases(self) -> Cases:
        """Its cases."""

    @property
    def files(self) -> Files:
        """Its sealed files."""

    @property
    def batch(self) -> Batch:
        """What its staff do not see yet."""

    @property
    def outbox(self) -> Outbox:
        """What must leave it."""

    @property
    def rosters(self) -> Rosters:
        """What it has published."""


class CaseStore(Protocol):
    """Where cases are kept. Every method raises `StoreUnavailableError` when it cannot answer now."""

    async def write(self, organ: str, act: Callable[[Work], T], *, is_bulky: bool = False) -> T:
        """Run an act in one transaction and answer when it is on disk; an act that answers `Refused` is undone.

        `is_bulky` says that it takes long enough for others to notice, such as writing a large file.
        """

    async def read(self, organ: str, ask: Callable[[Work], T]) -> T:
        """Run a question on one consistent state; writing in it fails."""

    async def staff_with(self, credential_hash: bytes) -> Caller | None:
        """The one staff member, of whichever organ, whose newest credential has this SHA-256."""

    async def scrub(self) -> None:
        """See that what was deleted is not left behind in side files."""

    async def ailments(self) -> Mapping[str, str]:
        """What keeps the store from working, by part; empty when it can take a report. Never raises."""

    async def close(self) -> None:
        """Finish what was begun and let go."""
