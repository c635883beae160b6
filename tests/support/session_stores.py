"""Session stores and locks on places of a test's own: a SQLite file, or a server that `redis.running` has started."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.dispatcher.context import Store
from bot.ports.storing import Row
from bot.stores.embedded import SqliteSessionStore
from bot.stores.scaled import RedisSessionStore
from bot.stores.server import RedisServer
from bot.stores.shared_locks import LEASE, RedisLocks
from tests.support.outside import Counting

NOW = 1_000_000


@asynccontextmanager
async def open_server(url: str) -> AsyncIterator[RedisServer]:
    """Reach a Redis server until the block is left."""
    server = RedisServer(url)
    try:
        await server.open()
        yield server
    finally:
        await server.close()


@asynccontextmanager
async def open_locks(url: str, process: int = 0, lease: float = LEASE) -> AsyncIterator[RedisLocks]:
    """The locks of one process among many, over a connection of its own."""
    async with open_server(url) as server:
        yield RedisLocks(server, lock_name, Counting(process << 16), lease)


def lock_name(channel: str, address: str) -> bytes:
    """Name a lock as tests do; the bot uses a keyed name."""
    return f"{channel}:{address}".encode()


@asynccontextmanager
async def open_store(address: str) -> AsyncIterator[Store]:
    """Open the store at a path or address until the block is left."""
    if "://" in address:
        async with open_server(address) as server:
            yield RedisSessionStore(server)
        return
    store = SqliteSessionStore(Path(address))
    yield store
    store.close()


def row(name: bytes = b"one", *, expires: int = NOW + 10, box: bytes = b"sealed", pending: bool = False) -> Row:
    """Make a talk as a store sees it."""
    return Row(name=name, day=3, expires=expires, box=box, pending=pending)
