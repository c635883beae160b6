"""Where talks are kept, as the settings say: a file of the bot's own, or a Redis server that many bots share.

Refuses to begin with a server that cannot be reached or would not keep what it is told.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

from msgspec import Struct

from bot.anonymity.boxes import Namer
from bot.config import BotSettings, SettingsFaultyError
from bot.dispatcher.context import Store
from bot.ports.storing import Locks
from bot.ports.world import Chance
from bot.secret_files import read_secret
from bot.stores.embedded import SqliteSessionStore
from bot.stores.errors import StoreError
from bot.stores.locks import LocalLocks
from bot.stores.scaled import RedisSessionStore
from bot.stores.server import RedisServer
from bot.stores.shared_locks import RedisLocks


class Kept(Struct, frozen=True):
    """A store, the turns of its talks, and whether it can be reached."""

    store: Store
    locks: Locks
    is_up: Callable[[], bool]


@asynccontextmanager
async def keeping(settings: BotSettings, key: bytes, chance: Chance) -> AsyncIterator[Kept]:
    """Open the store until the block is left; turns are named under `key`. Raises `SettingsFaultyError`."""
    if settings.store_url:
        server = await _reached(settings)
        try:
            locks = RedisLocks(server, partial(_lock_name, Namer(key)), chance)
            yield Kept(RedisSessionStore(server), locks, lambda: server.is_up)
        finally:
            await server.close()
    else:
        store = SqliteSessionStore(settings.data / "bot.db")
        try:
            yield Kept(store, LocalLocks(), lambda: True)
        finally:
            store.close()


async def _reached(settings: BotSettings) -> RedisServer:
    try:
        server = RedisServer(settings.store_url, _password(settings))
        await server.open()
    except StoreError as error:
        raise SettingsFaultyError([f"MADOGUCHI_STORE_URL: {error}"]) from error
    return server


def _password(settings: BotSettings) -> str:
    return read_secret(settings.store_password, "MADOGUCHI_STORE_PASSWORD") if settings.store_password else ""


def _lock_name(namer: Namer, channel: str, address: str) -> bytes:
    return namer.name("turn", channel, address.encode("utf-8", "replace"))
