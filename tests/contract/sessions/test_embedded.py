"""What only the file's store must promise: what is forgotten is gone from the disk at once; nobody waits in vain."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from bot.ports.storing import Changes
from bot.stores import writer
from bot.stores.embedded import SqliteSessionStore
from bot.stores.schema import prepare
from bot.stores.statements import apply
from tests.support.session_stores import NOW, row


async def test_what_was_dropped_is_nowhere_in_the_files(tmp_path: Path) -> None:
    """After a sweep a byte search of the database and its write-ahead log finds nothing of what was forgotten."""
    store = SqliteSessionStore(tmp_path / "bot.db")
    await store.commit(Changes(put=(row(b"old", expires=NOW, box=b"canary-" * 200),), durable=True))
    assert b"canary-" in on_disk(tmp_path)
    await store.sweep(NOW)
    assert b"canary-" not in on_disk(tmp_path)
    store.close()


async def test_what_a_forgetting_write_replaces_is_gone_from_the_disk(tmp_path: Path) -> None:
    """Before anyone is told: the write-ahead log would otherwise hold it until some later write."""
    store = SqliteSessionStore(tmp_path / "bot.db")
    secret = b"a sealed draft whose key may be seized as well"
    await store.commit(Changes(put=(row(box=secret),)))
    assert secret in on_disk(tmp_path)
    await store.commit(Changes(put=(row(),), forgets=True))
    assert secret not in on_disk(tmp_path)
    store.close()


@pytest.mark.parametrize("durable", [False, True])
async def test_a_write_that_cannot_be_written_at_all_holds_up_no_other(tmp_path: Path, durable: bool) -> None:
    """Whoever asked is told, and what comes next is stored."""
    store = SqliteSessionStore(tmp_path / "bot.db")
    with pytest.raises(OverflowError):
        await asyncio.wait_for(store.commit(Changes(put=(row(b"one", expires=1 << 70),), durable=durable)), 5)
    await asyncio.wait_for(store.commit(Changes(put=(row(b"two"),), durable=durable)), 5)
    assert await store.load([b"two"]) == row(b"two")
    store.close()


async def test_a_log_that_cannot_be_emptied_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was stored is stored; a full disk shows at the next write."""
    monkeypatch.setattr(writer, "BETWEEN_CHECKPOINTS", 1)
    connection = Unemptied(tmp_path / "bot.db", isolation_level=None, check_same_thread=False)
    prepare(connection)
    writing = writer.Writer(connection, apply)
    for name in (b"one", b"two"):
        await asyncio.wait_for(writing.commit(Changes(put=(row(name),))), 5)
    assert connection.asked == 1
    writing.close()


class Unemptied(sqlite3.Connection):
    """A database whose log cannot be emptied."""

    asked = 0

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:  # noqa: ANN401 - passed on as they are
        """Do anything else."""
        if sql == "PRAGMA wal_checkpoint(PASSIVE)":
            self.asked += 1
            raise sqlite3.OperationalError("database or disk is full")
        return super().execute(sql, *parameters)


def on_disk(folder: Path) -> bytes:
    """All bytes of all files of a store."""
    return b"".join(path.read_bytes() for path in folder.glob("bot.db*"))
