"""The case store as a staff member asks it: one method a route, faults as sentences. Sees ciphertext only."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TypeVar
from urllib.parse import quote

import msgspec

from backend.contract import (
    CaseFile,
    CaseLine,
    Decided,
    DestroyCase,
    Entry,
    Fault,
    FromStaff,
    HoldCase,
    InForce,
    MoveCase,
    PreservedCases,
    Receipt,
    RosterDocument,
    StaffInbox,
    TransferCase,
)
from madoguchi.wire import StoreRefusedError, Wire, open_wire
from madoguchi.words import NotDoneError

_Answer = TypeVar("_Answer")

#: What the store's refusal means for the person at the keyboard: who must do what.
_REFUSALS = {
    Fault.UNREADABLE: "store.unreadable",
    Fault.NOT_ALLOWED: "store.not_allowed",
    Fault.NOT_FOUND: "store.no_such_case",
    Fault.CHANGED_MEANWHILE: "store.changed",
    Fault.NO_SUCH_MOVE: "store.no_such_move",
    Fault.REASON_NEEDED: "store.reason",
    Fault.NOT_UNSAID: "store.not_unsaid",
    Fault.DATE_NEEDED: "store.date",
    Fault.CATEGORY_NEEDED: "store.category",
    Fault.UNTRAINED: "store.untrained",
    Fault.RULES_UNREAD: "store.rules_unread",
    Fault.UNDECLARED: "store.undeclared",
    Fault.KEY_NEEDED: "store.key_needed",
    Fault.CONSENT_NEEDED: "store.consent_needed",
    Fault.WAITING: "store.waiting",
    Fault.ON_HOLD: "store.on_hold",
    Fault.NOT_YET: "store.not_yet",
    Fault.FILE_MISSING: "store.file_missing",
    Fault.OLDER_ROSTER: "store.older_roster",
    Fault.TOO_LARGE: "store.too_large",
    Fault.BUSY: "store.busy",
}


class DeskRefusedError(NotDoneError):
    """The store understood and refuses: says what to do about it, and knows which fault it was."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(_REFUSALS.get(fault, "store.refused"), fault=fault)
        self.fault = fault


class DeskClient:
    """What one staff member may ask of the store."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def ask(self, shape: type[_Answer], method: str, path: str, body: msgspec.Struct | None = None) -> _Answer:
        """Make one request and return the answer as `shape`; for rooms with routes of their own."""
        with told_plainly():
            return await self._wire.ask(shape, method, path, body)

    async def send(self, method: str, path: str, body: msgspec.Struct | None = None) -> None:
        """Make one request that is answered by nothing."""
        with told_plainly():
            await self._wire.send(method, path, body)

    async def roster(self) -> bytes:
        """Return the newest signed roster, unverified."""
        with told_plainly():
            return (await self._wire.ask(RosterDocument, "GET", "/roster")).document

    async def in_force(self) -> InForce:
        """Return what counts at the organ today."""
        with told_plainly():
            return await self._wire.ask(InForce, "GET", "/policy")

    async def put_file(self, file_id: str, ciphertext: bytes) -> None:
        """Put up a sealed file; the same again is fine."""
        with told_plainly():
            await self._wire.send("PUT", f"/files/{quote(file_id, safe='')}", ciphertext)

    async def enter(self, entry: Entry) -> Receipt:
        """Commit what was written down; the same entry again gives the same receipt."""
        with told_plainly():
            return await self._wire.ask(Receipt, "POST", "/entries", entry)

    async def acknowledged(self, number: str) -> None:
        """Say that the acknowledgement of an entry of one's own has left."""
        with told_plainly():
            await self._wire.send("POST", f"{case_path(number)}/acknowledged")

    async def inbox(self) -> StaffInbox:
        """Return the cases granted to this member, and the alerts that name them."""
        with told_plainly():
            return await self._wire.ask(StaffInbox, "GET", "/cases")

    async def open(self, number: str) -> CaseFile:
        """Return a case; the store notes that it was opened, and by whom."""
        with told_plainly():
            return await self._wire.ask(CaseFile, "POST", f"{case_path(number)}/open")

    async def file(self, number: str, file_id: str) -> bytes:
        """Return a file's ciphertext."""
        with told_plainly():
            return await self._wire.send("GET", f"{case_path(number)}/files/{quote(file_id, safe='')}")

    async def write(self, number: str, letter: FromStaff) -> None:
        """Commit an answer or a note."""
        with told_plainly():
            await self._wire.send("POST", f"{case_path(number)}/letters", letter)

    async def move(self, number: str, move: MoveCase) -> CaseLine:
        """Commit a stage change with its notice."""
        with told_plainly():
            return await self._wire.ask(CaseLine, "POST", f"{case_path(number)}/moves", move)

    async def preserved(self) -> PreservedCases:
        """Return the cases whose preservation is over and about which this member decides."""
        with told_plainly():
            return await self._wire.ask(PreservedCases, "GET", "/preserved")

    async def hold(self, number: str, reason: str) -> None:
        """Let nobody destroy a case."""
        with told_plainly():
            await self._wire.send("POST", f"{case_path(number)}/hold", HoldCase(reason=reason))

    async def release_hold(self, number: str) -> None:
        """Let it be destroyed again."""
        with told_plainly():
            await self._wire.send("POST", f"{case_path(number)}/hold/release")

    async def destroy(self, number: str, confirmed: str) -> Decided:
        """Destroy a case; its receipt comes back."""
        with told_plainly():
            return await self._wire.ask(
                Decided, "POST", f"{case_path(number)}/destroy", DestroyCase(confirmed=confirmed)
            )

    async def transfer(self, number: str, confirmed: str, archive: str, *, keep: bool) -> Decided:
        """Note where a case went, and destroy it here or keep it."""
        with told_plainly():
            sent = TransferCase(confirmed=confirmed, archive=archive, keep=keep)
            return await self._wire.ask(Decided, "POST", f"{case_path(number)}/transfer", sent)


def case_path(number: str) -> str:
    """Return the beginning of a case's paths."""
    # Numbers are typed by people: small letters do not matter, and a slash must not lead to another route.
    return f"/cases/{quote(number.strip().upper(), safe='')}"


@asynccontextmanager
async def open_desk(address: str, credential: str) -> AsyncIterator[DeskClient]:
    """Open a connection to the case store with a staff member's credential."""
    async with open_wire(address, credential) as wire:
        yield DeskClient(wire)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn the store's refusals into sentences."""
    try:
        yield
    except StoreRefusedError as refused:
        raise DeskRefusedError(refused.fault) from refused
