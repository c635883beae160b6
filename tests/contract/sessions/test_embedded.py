"""What only the file's store must promise: what was forgotten is gone from the disk at once."""

from pathlib import Path

from bot.ports.storing import Changes
from bot.stores.embedded import SqliteSessionStore
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


def on_disk(folder: Path) -> bytes:
    """All bytes of all files of a store."""
    return b"".join(path.read_bytes() for path in folder.glob("bot.db*"))
