"""What every `Locks` promises: one talk, one step at a time, whichever task of whichever process takes it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot.ports.storing import Locks
from bot.stores.locks import LocalLocks
from tests.support import redis
from tests.support.session_stores import open_locks


@pytest.fixture(params=["local", "redis"])
async def processes(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Locks, ...]]:
    """The locks as the processes hold them that serve the same talks: one, or three."""
    if request.param == "local":
        yield (LocalLocks(),)
        return
    server: redis.Server = request.getfixturevalue("server")
    server.say("FLUSHALL")
    async with AsyncExitStack() as opened:
        yield tuple([await opened.enter_async_context(open_locks(server.url, number)) for number in range(3)])


async def test_only_one_holds_a_talk(processes: tuple[Locks, ...]) -> None:
    """Sixty tasks in all processes add to a number that each reads, waits and writes: none is lost."""
    count = 0

    async def add(locks: Locks) -> None:
        nonlocal count
        async with locks.hold("web", "cookie"):
            seen = count
            for _ in range(3):
                await asyncio.sleep(0)
            count = seen + 1

    await asyncio.gather(*(add(processes[number % len(processes)]) for number in range(60)))
    assert count == 60


async def test_talks_do_not_wait_for_each_other(processes: tuple[Locks, ...]) -> None:
    """Another address, or the same on another channel, is another talk."""
    async with AsyncExitStack() as held:
        for channel, address in (("web", "a"), ("web", "b"), ("terminal", "a")):
            for_it = processes[-1].hold(channel, address)
            await asyncio.wait_for(held.enter_async_context(for_it), 5)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(processes[0].hold("web", "a").__aenter__(), 0.05)


async def test_a_turn_that_ends_in_an_error_is_over(processes: tuple[Locks, ...]) -> None:
    """Whatever broke, the next message is taken."""
    with pytest.raises(LookupError):
        async with processes[0].hold("web", "cookie"):
            raise LookupError
    async with asyncio.timeout(5), processes[-1].hold("web", "cookie"):
        pass


async def test_who_was_cancelled_holds_nothing(processes: tuple[Locks, ...]) -> None:
    """Neither one who works nor one who waits leaves a lock behind, nor takes one away from who holds it."""

    async def work(locks: Locks, begun: asyncio.Event) -> None:
        async with locks.hold("web", "cookie"):
            begun.set()
            await asyncio.Event().wait()

    begun = asyncio.Event()
    holder = asyncio.create_task(work(processes[0], begun))
    await begun.wait()
    waiting = [asyncio.create_task(work(locks, asyncio.Event())) for locks in processes]
    for _ in range(20):
        await asyncio.sleep(0)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05), processes[-1].hold("web", "cookie"):
            pass
    holder.cancel()
    await asyncio.gather(holder, return_exceptions=True)
    async with asyncio.timeout(5), processes[-1].hold("web", "cookie"):
        pass


async def test_a_lock_given_up_at_any_moment_is_free(processes: tuple[Locks, ...]) -> None:
    """Cancelled one turn of the event loop later each time, from the first question to the work itself."""

    async def work() -> None:
        async with processes[0].hold("web", "cookie"):
            await asyncio.Event().wait()

    for turns in range(12):
        task = asyncio.create_task(work())
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        async with asyncio.timeout(5), processes[-1].hold("web", "cookie"):
            pass
