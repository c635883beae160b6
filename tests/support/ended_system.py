"""A running system with a case whose preservation is over; and the bytes of its files, as a thief sees them."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from functools import partial
from typing import Any

from typer.testing import CliRunner

from backend.contract import Stage
from backend.ports import CaseStore
from madoguchi.cli import app
from tests.support.desk_staff import Staff
from tests.support.ended_cases import end_case
from tests.support.reports import TODAY
from tests.support.secrecy import at_ease
from tests.support.system import System
from tests.support.terminal_reporter import TerminalReporter

ORGAN = "demo"
STORY = "The inspector was given a holiday in Okinawa."
REPORT = {"story": STORY, "desk": "naibu"}
LONG_AGO = date(2020, 4, 1)
#: Tables with sealed bytes of cases, and where they stand.
SEALED = {
    "parts": ("ciphertext",),
    "grants": ("ciphertext",),
    "letters": ("for_desk", "for_reporter"),
    "file_contents": ("content",),
    "cases": ("card",),
    "locators": ("locator",),
}


class House:
    """A running system whose case store a test can reach beside all routes."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.store: CaseStore | None = None
        system.case_store = self._seen

    def _seen(self, store: CaseStore) -> CaseStore:
        self.store = store
        return store

    @property
    def open_store(self) -> CaseStore:
        """The store, once the system has started."""
        assert self.store is not None
        return self.store

    async def write(self, act: Callable[[Any], object]) -> object:
        """Change rows."""
        return await self.open_store.write(ORGAN, act)

    async def reported(self) -> tuple[str, str]:
        """Number and token of a case with a file, letters of both sides and somebody who wants to be told."""
        person = TerminalReporter(self.system.talk_socket)
        await person.walk(REPORT, until="files")
        await person.attach("holiday.txt", b"a boarding pass" * 2000)
        token = await person.report(REPORT)
        await person.come_back(token)
        await person.choose("told_on")
        await person.say("And his wife was given one, too.")
        await person.say("/done")
        sato = Staff(self.system)
        (number,) = await sato.numbers()
        version = await self.write(lambda work: work.rosters.published().rules.version)
        await self.write(lambda work: work.declarations.acknowledge("sato", version, TODAY))
        await at_ease(self.open_store, number, "sato", organ=ORGAN)
        await sato.answer(number, "Thank you. Since when?")
        return number, token

    async def ended(self) -> tuple[str, str]:
        """The same, and its preservation is over."""
        number, token = await self.reported()
        await self.write(partial(end_case, number=number, on=LONG_AGO))
        return number, token

    async def staff(self, *words: str, who: str = "tanaka", status: int = 0) -> str:
        """What a command of somebody's says."""
        key = ("--key", str(self.system.demo.key(who)), "--passphrase-file", str(self.system.demo.passphrase(who)))
        at = ("--store", self.system.store, "--lang", "en")
        done = await asyncio.to_thread(CliRunner().invoke, app, ["staff", *key, *at, *words])
        assert done.exit_code == status, done.output
        return done.output

    async def stage(self, number: str) -> Stage:
        """Where a case stands."""
        case = await self.open_store.read(ORGAN, lambda work: work.retention.case(number))
        assert case is not None
        return case.stage

    def rows(self, file: str, question: str) -> list[tuple[object, ...]]:
        """What a database answers."""
        with closing(sqlite3.connect(f"file:{self.system.data / file}?mode=ro", uri=True)) as database:
            return database.execute(question).fetchall()

    def secrets(self) -> dict[str, bytes]:
        """All sealed bytes of cases, their erasure keys, and where their reporters can be reached."""
        asked = [
            *(("cases.db", table, column) for table, columns in SEALED.items() for column in columns),
            ("erasure.db", "erasure_keys", "erasure_key"),
            ("bot.db", "relay", "address"),
            ("bot.db", "relay", "mailbox"),
        ]
        return {
            f"{table}.{column} {place}": value if isinstance(value, bytes) else str(value).encode()
            for file, table, column in asked
            for place, (value,) in enumerate(self.rows(file, f"SELECT {column} FROM {table}"))  # noqa: S608 - our own words
            if value is not None
        }

    def still_there(self, secrets: dict[str, bytes]) -> set[str]:
        """Which of these lie in any file of the data folder, be it in pieces."""
        files = [path.read_bytes() for path in self.system.data.rglob("*") if path.is_file()]
        return {
            name for name, value in secrets.items() if any(piece in file for piece in pieces(value) for file in files)
        }


def pieces(value: bytes) -> Iterator[bytes]:
    """Stretches of it that lie in one piece wherever a database breaks it to fit its pages."""
    for start in range(0, max(1, len(value) - 31), 256):
        yield value[start : start + 32]
