"""O-37: records cannot be rewritten. What somebody changes in a running system's database behind its back is named."""

import asyncio
import json
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from bot.bootstrap import Outside
from madoguchi.cli import app
from madoguchi.export.commands import app as export_app
from madoguchi.organ.demo import make_demo
from tests.support.desk_staff import Staff
from tests.support.system import QUICK, System, eventually, running
from tests.support.terminal_reporter import TerminalReporter

REPORT = {"story": "The bid for the bridge was opened two days early.", "desk": "naibu"}
#: Of the log that is damaged here: a report and what its reporter wrote after it.
ENTRIES = 5

Damage = Callable[[sqlite3.Connection], object]


class Vault:
    """A system with one case, and hands on its database and its commands."""

    def __init__(self, system: System, folder: Path) -> None:
        self.system = system
        self.folder = folder
        self.number = ""

    async def receive(self) -> None:
        """A report comes in, and more from its reporter."""
        reporter = TerminalReporter(self.system.talk_socket)
        token = await reporter.report(REPORT)
        (self.number,) = await Staff(self.system).numbers()
        await reporter.come_back(token)
        for letter in range(1, ENTRIES):
            await reporter.say(f"Letter {letter}.")
            await reporter.say("/done")
            assert "Sent to the desk." in reporter.text

    async def next_day(self) -> None:
        """A day passes, and the bot signs what the logs are by then."""
        before = self.signed()
        self.system.clock.let_pass(days=1)
        await eventually(lambda: self.signed() > before)

    def signed(self) -> int:
        """How many checkpoints are signed."""
        with closing(sqlite3.connect(f"file:{self.system.case_file}?mode=ro", uri=True)) as database:
            found = database.execute("SELECT count(*) FROM checkpoints WHERE signature IS NOT NULL").fetchone()
        return int(found[0])

    def change(self, damage: Damage) -> None:
        """Change the database as somebody does who has its file."""
        with closing(sqlite3.connect(self.system.case_file, timeout=30)) as database, database:
            damage(database)

    async def verify(self, number: str = "", *words: str) -> tuple[int, str]:
        """Verify the log of a case, else of the one there is, as whoever oversees it does, in English."""
        return await self._type(app, "verify-log", number or self.number, *self._key(), *words, "--lang", "en")

    async def export(self, *words: str) -> tuple[int, str]:
        """Export something."""
        return await self._type(export_app, *self._key(), "--lang", "en", *words)

    async def offline(self, *words: str) -> tuple[int, str]:
        """Verify exported files; asks nobody."""
        return await self._type(app, "verify-log", *words, "--lang", "en")

    @property
    def raises_alarm(self) -> bool:
        """Whether the bot found a log that it cannot vouch for."""
        assert self.system.bot is not None
        return not self.system.bot.alarms()["log"]

    async def alarms(self) -> list[str]:
        """What the bot says that somebody must look at."""
        found: list[str] = json.loads(await self.page("healthz"))["alarms"]
        return found

    async def signer(self) -> str:
        """The key that the bot signs with, as it shows it."""
        return (await self.page("public/checkpoint-key")).strip()

    async def page(self, path: str) -> str:
        """What the bot shows."""
        async with aiohttp.ClientSession() as http, http.get(self.system.url + path) as answer:
            assert answer.status == 200
            return await answer.text()

    def _key(self) -> tuple[str, ...]:
        demo = self.system.demo
        files = ("--key", str(demo.key("tanaka")), "--passphrase-file", str(demo.passphrase("tanaka")))
        return (*files, "--store", self.system.store)

    async def _type(self, command: object, *words: str) -> tuple[int, str]:
        done = await asyncio.to_thread(CliRunner().invoke, command, list(words))  # type: ignore[arg-type]
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output


@pytest.fixture(scope="module")
def made_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo organ's keys, made once: lockboxes take their time on purpose."""
    keys = tmp_path_factory.mktemp("made") / "keys"
    make_demo(keys, "unix:nowhere")
    return keys


@pytest.fixture
async def vault(tmp_path: Path, made_keys: Path) -> AsyncIterator[Vault]:
    """A system whose bot looks for checkpoints all the time, with a case that stands in one."""
    outside = Outside(pace=replace(QUICK, checkpoints=0.05))
    shutil.copytree(made_keys, tmp_path / "keys")
    async with running(tmp_path, outside) as system:
        made = Vault(system, tmp_path)
        await made.receive()
        await made.next_day()
        yield made


def _swap(database: sqlite3.Connection) -> None:
    for old, new in ((1, 101), (3, 1), (101, 3)):
        database.execute("UPDATE log SET sequence = ? WHERE sequence = ?", (new, old))


def _insert(database: sqlite3.Connection) -> None:
    database.execute("UPDATE log SET sequence = sequence + 100 WHERE sequence >= 2")
    database.execute("UPDATE log SET sequence = sequence - 99 WHERE sequence >= 100")
    database.execute(
        'INSERT INTO log (organ, case_number, sequence, "on", actor, act, content_hash, previous_hash, entry_hash) '
        "SELECT organ, case_number, 2, \"on\", 'ito', act, content_hash, entry_hash, content_hash FROM log "
        "WHERE sequence = 1"
    )


def _shorten(database: sqlite3.Connection) -> None:
    database.execute("DELETE FROM log WHERE sequence >= 3")
    database.execute(
        "UPDATE cases SET log_length = 3, log_head = (SELECT entry_hash FROM log WHERE sequence = 2)",
    )


#: What is done to the database, and what is said of it.
DAMAGES: dict[str, tuple[Damage, str]] = {
    "a flipped byte": (
        lambda database: database.execute(
            "UPDATE log SET content_hash = CAST(x'00' || substr(content_hash, 2) AS BLOB) WHERE sequence = 2"
        ),
        "entry 3: it was changed",
    ),
    "another actor": (
        lambda database: database.execute("UPDATE log SET actor = 'ito' WHERE sequence = 1"),
        "entry 2: it was changed",
    ),
    "a removed entry": (
        lambda database: database.execute("DELETE FROM log WHERE sequence = 1"),
        "entry 2: it was removed",
    ),
    "an inserted entry": (_insert, "entry 3: it was put in"),
    "exchanged entries": (_swap, "entry 2: it stands in another place"),
    "a shortened log": (_shorten, "entries 4 to 5 were removed"),
    "an emptied log": (lambda database: database.execute("DELETE FROM log"), "entries 1 to 5 were removed"),
    "a case that only claims to be destroyed": (
        lambda database: database.execute("UPDATE cases SET stage = 'destroyed'"),
        "destroyed without a receipt",
    ),
    "an exchanged tip": (
        lambda database: database.execute("UPDATE tips SET length = length - 1"),
        "does not lead to checkpoint",
    ),
    "a checkpoint that is taken away": (
        lambda database: database.execute("DELETE FROM checkpoints WHERE serial = 1"),
        "Checkpoint 2 does not follow",
    ),
    "an exchanged checkpoint": (
        lambda database: database.execute("UPDATE checkpoints SET root = zeroblob(32) WHERE serial = 2"),
        "Checkpoint 2 is not signed",
    ),
}


async def test_whatever_is_changed_behind_the_stores_back_is_named(vault: Vault) -> None:
    """O-37: each kind of damage at its place; and nothing where nothing was done."""
    status, said = await vault.verify("", "--signer", await vault.signer())
    assert (status, f"first {ENTRIES} entries are those of checkpoint 2" in said) == (0, True), said
    stranger = await vault.verify("2026-ZZZZZZ")
    assert (stranger[0], "no such case" in stranger[1]) == (1, True)
    tables = ("log", "cases", "tips", "checkpoints")
    for name, (damage, told) in DAMAGES.items():
        vault.change(lambda database: [database.execute(f"CREATE TABLE kept_{t} AS SELECT * FROM {t}") for t in tables])  # noqa: S608 - names of this test
        vault.change(damage)
        status, said = await vault.verify()
        assert (status, told in said) == (1, True), f"{name}: {said}"
        vault.change(lambda database: _restore(database, tables))
    assert (await vault.verify())[0] == 0


def _restore(database: sqlite3.Connection, tables: tuple[str, ...]) -> None:
    database.execute("PRAGMA foreign_keys = OFF")
    for table in tables:
        database.execute(f"DELETE FROM {table}")  # noqa: S608 - names of this test
        database.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")  # noqa: S608 - likewise
        database.execute(f"DROP TABLE kept_{table}")


async def test_exported_files_are_verified_without_anybody_to_ask(vault: Vault) -> None:
    """O-37: the log, the checkpoints and the bot's key are all it takes; a changed file is found just so."""
    log, published = vault.folder / "log.json", vault.folder / "checkpoints.json"
    assert (await vault.export("log", vault.number.lower(), "--to", str(log)))[0] == 0
    organ = vault.system.card.organ
    assert (await vault.export("checkpoints", "--organ", organ, "--to", str(published)))[0] == 0
    key = await vault.signer()
    await vault.system.stop()
    files = ("--log", str(log), "--checkpoints", str(published))
    status, said = await vault.offline(*files, "--signer", key)
    assert (status, "is whole" in said, key in said) == (0, True, False), said
    assert key in (await vault.offline(*files))[1]
    assert (await vault.offline("--checkpoints", str(published), "--signer", key))[0] == 0
    other = key.swapcase()
    assert "not signed by who should" in (await vault.offline(*files, "--signer", other))[1]
    content = json.loads(log.read_text())
    content["entries"][3]["actor"] = "ito"
    log.write_text(json.dumps(content))
    status, said = await vault.offline(*files, "--signer", key)
    assert (status, "entry 4: it was changed" in said, "ito" in said) == (1, True, True), said
    assert (await vault.offline("--log", str(published)))[0] == 1
    assert (await vault.offline())[0] == 1
    assert (await vault.export("checkpoints", "--organ", "nobody"))[0] == 1
    assert (await vault.offline(*files, "--signer", "nonsense"))[0] == 1


async def test_the_bot_signs_no_checkpoint_over_a_shortened_log(vault: Vault) -> None:
    """O-37: it raises an alarm, people can report all the same, and it signs again once the log is mended."""
    assert await vault.alarms() == []
    vault.change(lambda database: database.execute("CREATE TABLE kept_log AS SELECT * FROM log"))
    vault.change(lambda database: database.execute("CREATE TABLE kept_cases AS SELECT * FROM cases"))
    vault.change(_shorten)
    signed = vault.signed()
    vault.system.clock.let_pass(days=1)
    await eventually(lambda: vault.raises_alarm)
    assert await vault.alarms() == ["log"]
    assert 'madoguchi_bot_alarm{kind="log"} 1.0' in await vault.page("metrics")
    assert vault.signed() == signed
    await TerminalReporter(vault.system.talk_socket).look()
    vault.change(lambda database: _restore(database, ("log", "cases")))
    vault.system.clock.let_pass(hours=1)
    await eventually(lambda: vault.signed() > signed)
    await eventually(lambda: not vault.raises_alarm)
    assert await vault.alarms() == []
