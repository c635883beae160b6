"""What only locks that processes share must promise: they end with their holder, and leave no trace on a disk."""

import asyncio

import pytest

from bot.ports.storing import Changes
from bot.stores.errors import LockLostError, StoreUnavailableError
from bot.stores.scaled import RedisSessionStore
from bot.stores.shared_locks import RedisLocks
from tests.support import redis
from tests.support.outside import Counting
from tests.support.session_stores import lock_name, open_locks, open_server, row

NAMED = lock_name("web", "cookie").hex()
KEY = f"{{m}}:lock:{NAMED}"


@pytest.fixture(autouse=True)
def empty(server: redis.Server) -> None:
    """Nothing is left of other tests."""
    server.say("FLUSHALL")


async def test_the_lock_of_a_dead_process_ends_by_itself(server: redis.Server) -> None:
    """A talk is held up for a few seconds by a crash, not for good."""
    server.say("SET", KEY, "of a process that was killed", "PX", "100")
    async with open_locks(server.url) as locks, asyncio.timeout(5), locks.hold("web", "cookie"):
        assert server.say("GET", KEY)


async def test_a_long_turn_is_not_cut_short(server: redis.Server) -> None:
    """Who still works after three leases still holds the talk, and another process still waits."""
    async with open_locks(server.url, 0, 0.2) as ours, open_locks(server.url, 1, 0.2) as theirs:
        async with ours.hold("web", "cookie"):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.6), theirs.hold("web", "cookie"):
                    pass
        async with asyncio.timeout(5), theirs.hold("web", "cookie"):
            pass


@pytest.mark.parametrize("durable", [False, True])
async def test_who_lost_a_turn_writes_nothing(server: redis.Server, *, durable: bool) -> None:
    """A process that slept through its lease must not overwrite what another did meanwhile."""
    async with open_server(server.url) as link:
        store, locks = RedisSessionStore(link), RedisLocks(link, lock_name, Counting())
        async with locks.hold("web", "cookie"):
            await store.commit(Changes(put=(row(),), durable=durable))
            server.say("SET", KEY, "of another process", "PX", "60000")
            with pytest.raises(LockLostError):
                await store.commit(Changes(put=(row(box=b"too late"),), durable=durable))
        assert await store.load([b"one"]) == row()
        assert server.say("GET", KEY) == "of another process"
        # Work that no turn is needed for goes on, also in a task that began within the turn.
        await store.commit(Changes(put=(row(b"two"),), durable=durable))


async def test_a_task_that_outlives_the_turn_it_began_in_may_write(server: redis.Server) -> None:
    """What is done later proves no turn, since none is held any more."""
    async with open_server(server.url) as link:
        store, locks = RedisSessionStore(link), RedisLocks(link, lock_name, Counting())
        ended = asyncio.Event()

        async def later() -> None:
            await ended.wait()
            await store.commit(Changes(put=(row(),)))

        async with locks.hold("web", "cookie"):
            task = asyncio.create_task(later())
            await asyncio.sleep(0)
        ended.set()
        await task
        assert await store.load([b"one"]) == row()


async def test_a_server_that_is_away_gives_no_turn() -> None:
    """The message is not taken, and the next one waits for nobody."""
    with redis.running() as server:
        async with open_locks(server.url) as locks:
            await asyncio.to_thread(server.kill)
            for _ in range(2):
                with pytest.raises(StoreUnavailableError):
                    async with asyncio.timeout(5), locks.hold("web", "cookie"):
                        pass
            await asyncio.to_thread(server.start)
            async with asyncio.timeout(5), locks.hold("web", "cookie"):
                pass


async def test_turns_leave_no_trace_on_the_disk() -> None:
    """Who wrote when does not stand in the server's log: not the lock, not its token, not its end."""
    with redis.running() as server:
        before = server.bytes_on_disk()
        async with open_locks(server.url) as locks, locks.hold("web", "cookie"):
            assert server.say("GET", KEY)
        server.until(lambda: not server.say("GET", KEY))
        assert server.bytes_on_disk() == before
