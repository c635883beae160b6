"""The case store as a staff member asks it: one method a route, faults as sentences. Sees ciphertext only."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from urllib.parse import quote

from backend.contract import CaseFile, CaseLine, Fault, FromStaff, MoveCase, RosterDocument, StaffInbox
from madoguchi.wire import StoreRefusedError, Wire, open_wire
from madoguchi.words import NotDoneError

#: What the store's refusal means for the person at the keyboard.
_REFUSALS = {
    Fault.NOT_ALLOWED: "store.not_allowed",
    Fault.NOT_FOUND: "store.no_such_case",
    Fault.CHANGED_MEANWHILE: "store.changed",
    Fault.NO_SUCH_MOVE: "store.no_such_move",
    Fault.REASON_NEEDED: "store.reason",
    Fault.TOO_LARGE: "store.too_large",
    Fault.BUSY: "store.busy",
}


class DeskClient:
    """What one staff member may ask of the store."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def roster(self) -> bytes:
        """Return the newest signed roster, unverified."""
        with _told_plainly():
            return (await self._wire.ask(RosterDocument, "GET", "/roster")).document

    async def inbox(self) -> StaffInbox:
        """Return the cases granted to this member, and the alerts that name them."""
        with _told_plainly():
            return await self._wire.ask(StaffInbox, "GET", "/cases")

    async def open(self, number: str) -> CaseFile:
        """Return a case; the store notes that it was opened, and by whom."""
        with _told_plainly():
            return await self._wire.ask(CaseFile, "POST", f"{_case(number)}/open")

    async def file(self, number: str, file_id: str) -> bytes:
        """Return a file's ciphertext."""
        with _told_plainly():
            return await self._wire.send("GET", f"{_case(number)}/files/{quote(file_id, safe='')}")

    async def write(self, number: str, letter: FromStaff) -> None:
        """Commit an answer or a note."""
        with _told_plainly():
            await self._wire.send("POST", f"{_case(number)}/letters", letter)

    async def move(self, number: str, move: MoveCase) -> CaseLine:
        """Commit a stage change with its notice."""
        with _told_plainly():
            return await self._wire.ask(CaseLine, "POST", f"{_case(number)}/moves", move)


def _case(number: str) -> str:
    # Numbers are typed by people: small letters do not matter, and a slash must not lead to another route.
    return f"/cases/{quote(number.strip().upper(), safe='')}"


@asynccontextmanager
async def open_desk(address: str, credential: str) -> AsyncIterator[DeskClient]:
    """Open a connection to the case store with a staff member's credential."""
    async with open_wire(address, credential) as wire:
        yield DeskClient(wire)


@contextmanager
def _told_plainly() -> Iterator[None]:
    try:
        yield
    except StoreRefusedError as refused:
        raise NotDoneError(_REFUSALS.get(refused.fault, "store.refused"), fault=refused.fault) from refused
