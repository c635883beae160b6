"""A destroyed case is gone: from every byte of the data folder, from the bot, from backups; and it stays gone."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from backend.contract import AlertKind, Stage
from backend.ports import CaseStore
from madoguchi.cli import app
from madoguchi.words import NotDoneError
from tests.support.desk_staff import Staff, words_of
from tests.support.ended_cases import end_case
from tests.support.organs import copied
from tests.support.reports import TODAY
from tests.support.secrecy import at_ease
from tests.support.system import System, eventually
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


@pytest.fixture
async def house(tmp_path: Path, demo_organ: Path) -> AsyncIterator[House]:
    """A running system of the test's own, in files."""
    copied(demo_organ, tmp_path)
    made = House(System(tmp_path))
    await made.system.start()
    yield made
    await made.system.stop()


async def test_no_byte_of_a_destroyed_case_is_left_while_the_system_runs(house: House) -> None:
    """Neither its sealed words nor its keys nor the way to its reporter, in no file, log or free page, from then on."""
    number, token = await house.ended()
    secrets = house.secrets()
    assert {name.split(" ")[0] for name in secrets} >= {"grants.ciphertext", "file_contents.content", "relay.address"}
    # Keys that are nobody's yet stay.
    (named,) = house.rows("cases.db", "SELECT erasure_id FROM cases")[0]
    (key,) = house.rows("erasure.db", f"SELECT erasure_key FROM erasure_keys WHERE erasure_id = '{named}'")[0]  # noqa: S608 - as a thief would
    others = {name for name, value in secrets.items() if name.startswith("erasure_keys") and value != key}
    assert house.still_there(secrets) == set(secrets)
    said = await house.staff("destroy", number, "--confirm", number.lower())
    assert f"{number} was destroyed" in said
    await eventually(lambda: house.still_there(secrets) == others)
    assert house.rows("cases.db", "SELECT * FROM destroyed_mailboxes") == []
    person = TerminalReporter(house.system.talk_socket)
    await person.come_back(token)
    assert "Since when?" not in person.text


async def test_an_overseer_decides_at_a_terminal(house: House) -> None:
    """What is due is listed, a hold stops it and says why, and nothing is destroyed without the number typed again."""
    number, _ = await house.ended()
    assert number in await house.staff("preserved")
    assert "litigation" in await house.staff("hold", number, "--reason", "because", who="tanaka", status=1)
    assert "cannot be destroyed" in await house.staff("hold", number, "--reason", "litigation")
    assert "lawsuit" in await house.staff("preserved")
    assert "may not be destroyed" in await house.staff("destroy", number, "--confirm", number, status=1)
    await house.staff("release-hold", number)
    for words in ((), ("--confirm", "2026-000000")):
        assert "Nothing was done" in await house.staff("destroy", number, *words, status=1)
    assert "no such case" in await house.staff("destroy", number, "--confirm", number, who="sato", status=1)
    kept = await house.staff("transfer-out", number, "--archive", "national-archives", "--keep", "--confirm", number)
    assert "stays" in kept
    assert "nothing for you to decide" in await house.staff("preserved")
    assert await house.stage(number) is Stage.CLOSED


async def test_a_backup_of_the_cases_holds_noise_once_the_key_is_gone(house: House) -> None:
    """Whoever has an old copy of the cases and a staff member's key opens what lives, and not what was destroyed."""
    number, _ = await house.ended()
    assert STORY in words_of(await Staff(house.system).open(number))
    copy = backed_up(house.system.case_file)
    await house.staff("destroy", number, "--confirm", number)
    await house.system.stop_backend()
    # As if nothing were known of the destruction: only the key is missing.
    with closing(sqlite3.connect(house.system.data / "erasure.db")) as keys:
        keys.execute("DELETE FROM destroyed")
        keys.commit()
    put_back(copy, house.system.case_file)
    await house.system.start_backend()
    with pytest.raises(NotDoneError):
        await Staff(house.system).open(number)
    await eventually(lambda: (AlertKind.KEY_MISSING,) in house.rows("cases.db", "SELECT what FROM alerts"))
    assert house.rows("cases.db", f"SELECT stage FROM cases WHERE number = '{number}'") == [(Stage.CLOSED,)]  # noqa: S608 - our own words


async def test_a_restored_backup_does_not_bring_a_destroyed_case_back(house: House) -> None:
    """At the first start after it the case is destroyed again, under the same receipt; other cases stay."""
    number, token = await house.ended()
    other = await TerminalReporter(house.system.talk_socket).report(REPORT)
    copy = backed_up(house.system.case_file)
    secrets = {name: value for name, value in house.secrets().items() if not name.startswith(("erasure", "relay"))}
    before = house.still_there(secrets)
    await house.staff("destroy", number, "--confirm", number)
    last = f"SELECT entry_hash FROM log WHERE case_number = '{number}'"  # noqa: S608 - our own words
    receipt = house.rows("cases.db", last)
    left = house.still_there(secrets)
    assert left < before == set(secrets)
    await house.system.stop_backend()
    put_back(copy, house.system.case_file)
    await house.system.start_backend()
    await eventually(lambda: house.rows("cases.db", last) == receipt)
    await eventually(lambda: house.still_there(secrets) == left)
    again, still = (TerminalReporter(house.system.talk_socket) for _ in range(2))
    await again.come_back(token)
    assert number not in again.text
    await still.come_back(other)
    assert house.rows("cases.db", "SELECT count(*) FROM cases WHERE stage = 'received'") == [(1,)]


def backed_up(file: Path) -> Path:
    """A copy of a running database, as the handbook makes it."""
    copy = file.parent.parent / "backup.db"
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def put_back(copy: Path, file: Path) -> None:
    """Put a copy in the place of a database that nobody uses."""
    for side in ("-wal", "-shm"):
        file.with_name(file.name + side).unlink(missing_ok=True)
    file.write_bytes(copy.read_bytes())
