"""Plain answers that are written together share one write and nothing else."""

import asyncio

import pytest

from bot.ports.storing import Changes
from bot.stores.errors import LockLostError, StoreUnavailableError
from bot.stores.gathering import AT_ONCE
from bot.stores.scaled import RedisSessionStore
from bot.stores.shared_locks import RedisLocks
from tests.support import redis
from tests.support.outside import Counting
from tests.support.session_stores import lock_name, open_server, row


@pytest.fixture(autouse=True)
def empty(server: redis.Server) -> None:
    """Nothing is left of other tests."""
    server.say("FLUSHALL")


async def test_many_answers_at_once_are_all_stored(server: redis.Server) -> None:
    """More than go into one write come at the same moment; each is answered, and each is there."""
    names = [number.to_bytes(32, "big") for number in range(3 * AT_ONCE)]
    async with open_server(server.url) as link:
        store = RedisSessionStore(link)
        await asyncio.gather(*(store.commit(Changes(put=(row(name),))) for name in names))
        assert [await store.load([name]) for name in names] == [row(name) for name in names]


async def test_a_lost_turn_keeps_nobody_else_from_writing(server: redis.Server) -> None:
    """Of two that are written together, one has lost its turn: it alone is refused."""
    async with open_server(server.url) as link:
        store, locks = RedisSessionStore(link), RedisLocks(link, lock_name, Counting())

        async def lose() -> None:
            async with locks.hold("web", "lost"):
                server.say("SET", f"{{m}}:lock:{lock_name('web', 'lost').hex()}", "of another process")
                await store.commit(Changes(put=(row(b"lost"),)))

        async def keep() -> None:
            async with locks.hold("web", "kept"):
                await store.commit(Changes(put=(row(b"kept"),)))

        lost, kept = await asyncio.gather(lose(), keep(), return_exceptions=True)
        assert isinstance(lost, LockLostError)
        assert kept is None
        assert await store.load([b"lost", b"kept"]) == row(b"kept")


async def test_who_gave_up_waiting_writes_nothing(server: redis.Server) -> None:
    """A request that was cut off before its write left is not stored behind its back, and stops no other."""
    async with open_server(server.url) as link:
        store = RedisSessionStore(link)
        gone = asyncio.create_task(store.commit(Changes(put=(row(b"gone"),))))
        stays = asyncio.create_task(store.commit(Changes(put=(row(b"stays"),))))
        await asyncio.sleep(0)
        gone.cancel()
        await stays
        assert await store.load([b"gone"]) is None
        assert await store.load([b"stays"]) == row(b"stays")


async def test_all_who_wait_are_told_that_the_server_is_away() -> None:
    """A server that dies under a shared write fails each of them, and later ones are written again."""
    with redis.running() as server:
        async with open_server(server.url) as link:
            store = RedisSessionStore(link)
            server.kill()
            names = [number.to_bytes(32, "big") for number in range(AT_ONCE + 1)]
            told = await asyncio.gather(
                *(store.commit(Changes(put=(row(name),))) for name in names), return_exceptions=True
            )
            assert all(isinstance(each, StoreUnavailableError) for each in told)
            await asyncio.to_thread(server.start)
            await store.commit(Changes(put=(row(),)))
