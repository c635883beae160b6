"""Somebody at the desk: opens cases with their own key, answers, saves files, as the staff commands do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from backend.contract import Declare, StaffInbox
from bot.anonymity.letters import Message, read
from bot.anonymity.signing import REPORTER, Kind
from madoguchi.day import today
from madoguchi.staff import access, answering, moving
from madoguchi.staff.client import open_desk
from madoguchi.staff.composing import drafted
from madoguchi.staff.deeds import DEEDS
from madoguchi.staff.giving import given
from madoguchi.staff.keyfile import StaffKey, open_key
from madoguchi.staff.opening import Chair, Sheet
from madoguchi.staff.saving import save_files
from tests.support.system import System

#: Opened keys by what lay in their files: stretching the words takes a tenth of a second on purpose.
_OPENED: dict[bytes, StaffKey] = {}


class Staff:
    """A member of the demo organ's staff."""

    def __init__(self, system: System, staff_id: str = "sato") -> None:
        self._system = system
        self._file = system.demo.key(staff_id)
        box = self._file.read_bytes()
        if box not in _OPENED:
            _OPENED[box] = open_key(self._file, system.demo.passphrase(staff_id).read_text())
        self.key = _OPENED[box]

    @asynccontextmanager
    async def chair(self) -> AsyncIterator[Chair]:
        """Sit down: the key, the memory, the connection."""
        async with open_desk(self._system.store, self.key.credential) as desk:
            yield Chair(self._file, self.key, desk)

    async def inbox(self) -> StaffInbox:
        """The cases granted to this member, and alerts."""
        async with self.chair() as chair:
            return await chair.desk.inbox()

    async def numbers(self) -> list[str]:
        """The numbers of the cases granted to this member."""
        return [line.case_number for line in (await self.inbox()).cases]

    async def know_rules(self) -> None:
        """Know the organ's rules."""
        async with self.chair() as chair:
            await access.acknowledge(chair.desk, (await access.house_rules(chair.desk)).rules.version)

    async def declare(self, number: str) -> None:
        """Know the organ's rules, and say that there is no conflict of interest."""
        await self.know_rules()
        async with self.chair() as chair:
            await access.declare(chair.desk, number, Declare(conflicted=False))

    async def open(self, number: str) -> Sheet:
        """Open a case, declared, and look at it."""
        await self.declare(number)
        async with self.chair() as chair:
            sheet = await chair.open(number)
            chair.saw(sheet)
            return sheet

    async def answer(self, number: str, words: str) -> None:
        """Look at a case and answer its reporter."""
        await self.open(number)
        async with self.chair() as chair:
            await answering.answer(chair, await answering.open_to_write(chair, number), words)

    async def move(self, number: str, command: str, **typed: str) -> None:
        """Look at a case and move it, as the command of that name does."""
        await self.open(number)
        deed = next(deed for deed in DEEDS if deed.command == command)
        async with self.chair() as chair:
            policy = (await chair.desk.in_force()).policy
            sheet = await answering.open_to_write(chair, number)
            draft = drafted(deed, given(deed, typed, policy, today()), sheet, policy, today())
            await moving.send(chair, sheet, draft)

    async def save(self, number: str, folder: Path) -> list[bytes]:
        """Save the files of a case; return what is in them."""
        await self.declare(number)
        async with self.chair() as chair:
            saved, failed = await save_files(chair, await chair.open(number), folder)
        assert failed == 0
        return [path.read_bytes() for path in saved]


def words_of(sheet: Sheet) -> str:
    """Every word of the reporter in a case: facts, identity, later letters."""
    facts = sheet.case.facts.answers
    answers = {**facts, **(sheet.case.identity.answers if sheet.case.identity else {})}
    words = ["\n".join(each) if isinstance(each, list) else each for each in answers.values()]
    return "\n".join([*words, *replies_of(sheet)])


def replies_of(sheet: Sheet) -> list[str]:
    """What the reporter wrote after the report."""
    envelopes = (letter.envelope for letter in sheet.case.thread.letters)
    return [read(Message, one.body).text for one in envelopes if (one.author, one.kind) == (REPORTER, Kind.MESSAGE)]
