"""The power goes while `bot.db` is written: its log is cut at every frame, and what was promised is there."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.ports.storing import Changes, Parcel, Row
from bot.stores import schema
from bot.stores.embedded import SqliteSessionStore
from tests.support.power_cut import Disk

CONTENT = ("SELECT name, box FROM talks ORDER BY name", "SELECT parcel_id, box FROM parcels")


def row(name: int, words: int) -> Row:
    """A talk of about three pages."""
    return Row(name=bytes([name]) * 16, day=1, expires=9_999_999_999, box=bytes([words]) * 9000, pending=False)


PARCEL = Parcel(parcel_id="p", owner=b"o", arrived=False, box=b"box")
STEPS = [
    Changes(put=(row(1, 0),)),
    Changes(put=(row(1, 1),)),
    Changes(put=(row(1, 9),), put_parcels=(PARCEL,), durable=True),
    Changes(put=(row(1, 2),)),
    Changes(put=(row(2, 4),)),
    Changes(drop_parcels=("p",), durable=True),
]


class Written:
    """All steps taken, and which of them were flushed."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        self.flushed: list[bool] = []


@pytest.fixture
async def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Written]:
    """What the writer tells SQLite about flushing is overheard."""
    told: list[str] = []
    connect = schema.connect

    def overheard(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.set_trace_callback(lambda said: told.append(said) if "synchronous" in said else None)
        return connection

    monkeypatch.setattr("bot.stores.embedded.connect", overheard)
    store = SqliteSessionStore(tmp_path / "bot.db")
    written = Written(Disk(tmp_path / "bot.db", CONTENT))
    mode = "PRAGMA synchronous=FULL"
    for step in STEPS:
        told.clear()
        await store.commit(step)
        mode = told[-1] if told else mode
        written.flushed.append(mode == "PRAGMA synchronous=FULL")
        written.disk.promise()
    yield written
    store.close()


async def test_a_log_cut_at_any_frame_holds_whole_writes_in_their_order(written: Written, tmp_path: Path) -> None:
    """Whatever the disk kept of the log, it is the state after one of the writes, and never half of one."""
    reached = list(written.disk.found_from(0, tmp_path))
    assert reached == sorted(reached)
    assert reached[-1] == len(STEPS)
    assert len(reached) > len(STEPS)


async def test_a_flushed_write_is_there_whatever_was_cut_behind_it(written: Written, tmp_path: Path) -> None:
    """A hand-over, and the end of its parcel, survive a power cut at any moment after they were promised."""
    for step, flushed in enumerate(written.flushed, start=1):
        assert not flushed or min(written.disk.found_from(step, tmp_path)) >= step


async def test_what_must_survive_a_power_cut_is_flushed_and_plain_answers_are_not(written: Written) -> None:
    """The flush is what costs; only a write that somebody is told to rely on pays for it."""
    assert written.flushed == [changes.durable for changes in STEPS]
