"""Opening one case: fetch it, verify everything, compare with what this machine has seen, and remember.

What does not verify never gets past here; how much of it there was is told. The roster is believed only with the
pinned keys' signatures and never an older one than was seen before.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from backend import contract
from backend.contract import CaseFile
from bot.anonymity.errors import ForgedError, NotOpenedError, RosterRefusedError
from bot.anonymity.grants import SealedGrant
from bot.anonymity.handover import SealedPart
from bot.anonymity.opening import OpenedCase, OpenedMasked, SealedCase, StaffReader, open_as_staff, open_masked
from bot.anonymity.roster import Roster, verify_roster
from madoguchi.staff.client import DeskClient
from madoguchi.staff.keyfile import StaffKey
from madoguchi.staff.memory import Memory, letters_gone, recall, remember, seen_now
from madoguchi.words import NotDoneError


class Sheet(msgspec.Struct, frozen=True):
    """An opened case with all that is needed to show it and to answer."""

    file: CaseFile
    case: OpenedCase
    roster: Roster
    #: Letters seen once on this machine and not there any more.
    gone: int
    #: How many letters were there when it was last opened here; None the first time.
    seen_before: int | None


class MaskedSheet(msgspec.Struct, frozen=True):
    """A case as an investigator may have it: the masked version, and nothing else."""

    file: CaseFile
    case: OpenedMasked
    roster: Roster


class Chair:
    """One staff member with their open key, their memory and a connection to the store."""

    def __init__(self, file: Path, key: StaffKey, desk: DeskClient) -> None:
        self.key = key
        self._desk = desk
        self._file = file

    @property
    def desk(self) -> DeskClient:
        """The connection to the store."""
        return self._desk

    async def roster(self) -> Roster:
        """Return the newest roster, verified. Raises `NotDoneError` when it is not to be believed."""
        memory = recall(self._file, self.key)
        document = await self.desk.roster()
        roster = believed_roster(document, self.key.pins, self.key.threshold, memory.serial, self.key.organ)
        remember(self._file, self.key, msgspec.structs.replace(memory, serial=roster.serial))
        return roster

    async def open(self, number: str) -> Sheet:
        """Fetch and open a case. Raises `NotDoneError` when it cannot be opened or believed."""
        roster = await self.roster()
        return self._sheet(await self.desk.open(number), roster)

    async def look(self, number: str) -> Sheet | MaskedSheet:
        """Fetch and open a case as far as this member may: investigators have the masked version alone."""
        roster = await self.roster()
        file = await self.desk.open(number)
        if any(grant.compartment == contract.Compartment.FACTS for grant in file.grants):
            return self._sheet(file, roster)
        return MaskedSheet(file, opened_masked(self._reader, self.key.organ, file, roster), roster)

    def _sheet(self, file: CaseFile, roster: Roster) -> Sheet:
        case = opened(self._reader, self.key.organ, file, roster)
        before = recall(self._file, self.key).cases.get(file.line.case_number)
        return Sheet(file, case, roster, letters_gone(case, before), before.count if before else None)

    @property
    def _reader(self) -> StaffReader:
        return StaffReader(self.key.staff_id, self.key.sealing_seed)

    def saw(self, sheet: Sheet, *, sent: int = 0) -> None:
        """Remember a case as shown to the person, with so many letters of their own on top."""
        memory = recall(self._file, self.key)
        number = sheet.file.line.case_number
        seen = seen_now(sheet.case, sheet.file.seen + sent, memory.cases.get(number))
        remember(self._file, self.key, Memory(memory.serial, memory.cases | {number: seen}))


def believed_roster(document: bytes, pins: tuple[bytes, ...], threshold: int, serial: int, organ: str) -> Roster:
    """Return a roster for reading. An expired one still tells whose letters are whose, so its end is not asked for."""
    try:
        return verify_roster(document, pins, threshold, serial, None, organ)
    except RosterRefusedError as refused:
        raise NotDoneError(f"roster.{refused.reason}") from refused


def opened(reader: StaffReader, organ: str, file: CaseFile, roster: Roster) -> OpenedCase:
    """Open what the store gave. Raises `NotDoneError` when no grant opens it or it is not what it claims to be."""
    try:
        return open_as_staff(reader, _sealed(organ, file), roster)
    except NotOpenedError as closed:
        raise NotDoneError("case.no_grant") from closed
    except ForgedError as forged:
        raise NotDoneError("case.forged", kind=forged.kind) from forged


def opened_masked(reader: StaffReader, organ: str, file: CaseFile, roster: Roster) -> OpenedMasked:
    """Open what the store gave to an investigator. Raises `NotDoneError` when no grant opens it."""
    try:
        return open_masked(reader, _sealed(organ, file), roster)
    except NotOpenedError as closed:
        raise NotDoneError("case.no_grant") from closed


def sealed_grants(grants: Iterable[contract.SealedGrant]) -> list[SealedGrant]:
    """Return grants as they are opened."""
    return [SealedGrant(one.holder, one.compartment, one.ciphertext, one.epoch) for one in grants]


def _sealed(organ: str, file: CaseFile) -> SealedCase:
    return SealedCase(
        organ=organ,
        submission=file.line.submission_id,
        grants=sealed_grants(file.grants),
        parts=[SealedPart(one.compartment, one.part_id, one.ciphertext) for one in file.parts],
        letters=[(letter.message_id, letter.ciphertext) for letter in file.letters],
    )
