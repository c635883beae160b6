"""A case under attack by somebody who may write to the case store's database and to that of its erasure keys.

What is changed is changed in the files, under the hands of a running store; it refuses nothing, as no disk does.
"""

import asyncio
import sqlite3
from contextlib import closing

import msgspec

from backend.domain.erasure import NONCE_BYTES, Place, unwrapped, wrapped
from bot.channels.wording import Wording
from bot.conversation.catalog import load_catalog
from tests.support.desk_staff import Staff
from tests.support.system import System
from tests.support.terminal_reporter import TerminalReporter

#: An attacker need not draw it.
NONCE = bytes(NONCE_BYTES)


class Victim(msgspec.Struct):
    """A case whose desk has answered twice, and whom it concerns."""

    system: System
    token: str
    number: str
    sato: Staff

    async def do(self, statement: str, *values: object) -> None:
        """Change the store's database under everybody's hands."""
        # In a thread: the store may be in the middle of a write that waits for this very loop.
        await asyncio.to_thread(self._do, statement, values)

    def _do(self, statement: str, values: tuple[object, ...]) -> None:
        with closing(sqlite3.connect(self.system.case_file, timeout=10)) as database, database:
            database.execute(statement, values)

    def ask(self, query: str, *values: object) -> list[tuple[bytes, ...]]:
        """Read the store's database."""
        with closing(sqlite3.connect(self.system.case_file, timeout=10)) as database:
            return database.execute(query, values).fetchall()

    async def put_grant(self, number: str, holder: str, compartment: str, ciphertext: bytes) -> None:
        """Put a grant in place of one that is there, laid under the case's erasure key as the store itself would."""
        assert (holder, compartment) in self.grants(number)
        covered = wrapped(self._erasure_key(number), self._place(number, holder, compartment), NONCE, ciphertext)
        await self.do(
            "UPDATE grants SET ciphertext = ? WHERE case_number = ? AND holder = ? AND compartment = ?",
            covered, number, holder, compartment,
        )  # fmt: skip

    def grants(self, number: str) -> dict[tuple[str, str], bytes]:
        """The grants of a case by holder and compartment, taken out from under its erasure key."""
        key = self._erasure_key(number)
        rows = self.ask("SELECT holder, compartment, ciphertext FROM grants WHERE case_number = ?", number)
        return {
            (str(holder), str(compartment)): unwrapped(
                key, self._place(number, str(holder), str(compartment)), bytes(stored)
            )
            for holder, compartment, stored in rows
        }

    def _place(self, number: str, holder: str, compartment: str) -> Place:
        return Place("demo", number, holder, compartment)

    def _erasure_key(self, number: str) -> bytes:
        ((named,),) = self.ask("SELECT erasure_id FROM cases WHERE number = ?", number)
        with closing(sqlite3.connect(self.system.data / "erasure.db", timeout=10)) as keys:
            ((key,),) = keys.execute("SELECT erasure_key FROM erasure_keys WHERE erasure_id = ?", (named,))
        return bytes(key)

    async def put_letter(self, message_id: str, side: str, for_desk: bytes, for_reporter: bytes | None) -> None:
        """Slip a letter in behind the last one."""
        (last,) = self.ask("SELECT max(position) FROM letters WHERE case_number = ?", self.number)[0]
        row = ("demo", self.number, message_id, int(last) + 1, side, "2026-11-21", for_desk, for_reporter)
        await self.do("INSERT INTO letters VALUES (?, ?, ?, ?, ?, ?, ?, ?)", *row)

    async def reporters_inbox(self) -> str:
        """What the reporter sees who comes back now."""
        person = TerminalReporter(self.system.talk_socket)
        await person.walk({}, until="exposure")
        await person.come_back(self.token)
        return person.text

    def missing(self, refused: int, gaps: int) -> str:
        """How the reporter is told that something is wrong with the letters."""
        return Wording(load_catalog()).label("en", "inbox.missing", refused=str(refused), gaps=str(gaps))
