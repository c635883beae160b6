"""The power goes while `bot.db` is written: its log is cut at every frame, and what was promised is there.

What is in the log but was never flushed may be missing after a power cut, from any frame on. So each prefix of the log
that ends at or after the last flush is a disk that somebody may find.
"""

import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.ports.storing import Changes, Parcel, Row
from bot.stores import schema
from bot.stores.embedded import SqliteSessionStore

#: Bytes before the first frame of a log, and before each page in it (SQLite file format, 4.1).
LOG_HEADER, FRAME_HEADER, PAGE = 32, 24, 4096


def row(name: int, words: int) -> Row:
    """A talk of about three pages."""
    return Row(name=bytes([name]) * 16, day=1, expires=9_999_999_999, box=bytes([words]) * 9000, pending=False)


PLAIN = [Changes(put=(row(1, words),)) for words in range(3)]
DURABLE = Changes(
    put=(row(1, 9),), put_parcels=(Parcel(parcel_id="p", owner=b"o", arrived=False, box=b"box"),), durable=True
)
STEPS = [PLAIN[0], PLAIN[1], DURABLE, PLAIN[2], Changes(put=(row(2, 4),)), Changes(drop_parcels=("p",), durable=True)]


class Disk:
    """A `bot.db` whose log is never folded in, with what was promised at each length of the log."""

    def __init__(self, folder: Path, flushes: list[str]) -> None:
        self.path = folder / "bot.db"
        self.store = SqliteSessionStore(self.path)
        self._flushes = flushes
        #: After each step: length of the log, whether it was flushed, and all that is stored.
        self.promised = [(self.log_length(), True, content(self.path))]

    def log_length(self) -> int:
        """Bytes in the log."""
        return self.path.with_name("bot.db-wal").stat().st_size

    async def take(self, changes: Changes) -> None:
        """Make one write, and note what it promised."""
        self._flushes.clear()
        await self.store.commit(changes)
        self.promised.append((self.log_length(), "PRAGMA synchronous=FULL" in self._flushes, content(self.path)))

    def cut(self, at: int, folder: Path) -> list[tuple[object, ...]]:
        """What is found when the log ends at a byte."""
        found = folder / f"cut-{at}.db"
        shutil.copy(self.path, found)
        found.with_name(f"{found.name}-wal").write_bytes(self.path.with_name("bot.db-wal").read_bytes()[:at])
        return content(found)


def content(path: Path) -> list[tuple[object, ...]]:
    """All talks and parcels, read the way a new process reads them."""
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        talks = database.execute("SELECT name, box FROM talks ORDER BY name").fetchall()
        return [*talks, *database.execute("SELECT parcel_id, box FROM parcels")]


def frames(length: int) -> Iterator[int]:
    """Where each frame of a log ends, and a place within each."""
    for end in range(LOG_HEADER, length + 1, FRAME_HEADER + PAGE):
        yield end
        yield end + FRAME_HEADER + 100


@pytest.fixture
async def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Disk]:
    """All steps taken. What the writer tells SQLite about flushing is overheard."""
    flushes: list[str] = []
    connect = schema.connect

    def overheard(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.set_trace_callback(lambda told: flushes.append(told) if "synchronous" in told else None)
        return connection

    monkeypatch.setattr("bot.stores.embedded.connect", overheard)
    disk = Disk(tmp_path, flushes)
    for step in STEPS:
        await disk.take(step)
    yield disk
    disk.store.close()


async def test_a_log_cut_at_any_frame_holds_whole_writes_in_their_order(disk: Disk, tmp_path: Path) -> None:
    """Whatever the disk kept of the log, it is the state after one of the writes, and never half of one."""
    states = [state for _, _, state in disk.promised]
    cuts = [cut for cut in frames(disk.log_length()) if cut >= disk.promised[0][0]]
    reached = [states.index(disk.cut(at, tmp_path)) for at in cuts]
    assert reached == sorted(reached)
    assert reached[-1] == len(states) - 1
    assert len(cuts) > len(STEPS)


async def test_a_flushed_write_is_there_whatever_was_cut_behind_it(disk: Disk, tmp_path: Path) -> None:
    """A hand-over, and the end of its parcel, survive a power cut at any moment after they were promised."""
    states = [state for _, _, state in disk.promised]
    for number, (length, flushed, _) in enumerate(disk.promised):
        behind = (at for at in frames(disk.log_length()) if at >= length)
        assert not flushed or all(states.index(disk.cut(at, tmp_path)) >= number for at in behind)


async def test_what_must_survive_a_power_cut_is_flushed_and_plain_answers_are_not(disk: Disk) -> None:
    """The flush is what costs; only a write that somebody is told to rely on pays for it."""
    assert [flushed for _, flushed, _ in disk.promised[1:]] == [changes.durable for changes in STEPS]
