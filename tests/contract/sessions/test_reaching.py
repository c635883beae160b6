"""Which servers the store takes, and how it asks them: one that may lose what a person was told is safe is refused."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest

from bot.ports.storing import Changes
from bot.stores.errors import StoreUnavailableError, StoreUnfitError
from bot.stores.scaled import RedisSessionStore
from bot.stores.server import RedisServer
from tests.support import redis
from tests.support.newer_redis import Door
from tests.support.session_stores import open_server, row

ON_DISK, NOT_YET = b"*2\r\n:1\r\n:0\r\n", b"*2\r\n:0\r\n:0\r\n"
FORBIDDEN = b"-NOPERM this user has no permissions to run the 'config' command\r\n"
DURABLE = Changes(put=(row(),), durable=True)

#: How a server may be set, and what the operator is told to set.
UNFIT = (
    (("--appendonly", "no"), "appendonly yes"),
    (("--appendonly", "yes", "--appendfsync", "everysec"), "appendfsync always"),
    ((*redis.SAFE, "--no-appendfsync-on-rewrite", "yes"), "no-appendfsync-on-rewrite no"),
    ((*redis.SAFE, "--maxmemory-policy", "allkeys-lru"), "maxmemory-policy noeviction"),
)


@pytest.fixture
async def door(server: redis.Server) -> AsyncIterator[Door]:
    """A server that knows WAITAOF and has everything on its disk, but does not let anyone read its settings."""
    server.say("FLUSHALL")
    async with Door(server).standing() as door:
        door.answers |= {b"WAITAOF": ON_DISK, b"CONFIG": FORBIDDEN}
        yield door


@pytest.mark.skipif(bool(redis.missing()), reason=redis.missing())
@pytest.mark.parametrize(("options", "told"), UNFIT)
async def test_a_server_that_may_lose_what_is_safe_is_refused(options: tuple[str, ...], told: str) -> None:
    """The operator reads what to set, and nothing is stored before."""
    with redis.running(*options) as server:
        if "everysec" in options and server.say("COMMAND", "INFO", "WAITAOF"):
            pytest.skip("this server can be asked whether something is on its disk, so it is fit")
        with pytest.raises(StoreUnfitError, match=told):
            async with open_server(server.url):
                pass


@pytest.mark.skipif(bool(redis.missing()), reason=redis.missing())
async def test_a_wrong_password_is_told_at_once() -> None:
    """Waiting would not help; the right one opens."""
    with redis.running(*redis.SAFE, "--requirepass", "open sesame") as server:
        for wrong in ("", "sesame"):
            refused = RedisServer(server.url, wrong)
            with pytest.raises(StoreUnfitError):
                await asyncio.wait_for(refused.open(), 5)
            await refused.close()
        opened = RedisServer(server.url, "open sesame")
        await opened.open()
        await opened.close()


async def test_a_server_that_can_be_asked_is_asked_for_what_must_be_safe(door: Door) -> None:
    """Where the settings cannot be read, a durable write is answered only after the server said: on disk."""
    async with open_server(door.url) as link:
        store = RedisSessionStore(link)
        await store.commit(Changes(put=(row(),)))
        door.heard.clear()
        await store.commit(DURABLE)
        assert b"WAITAOF" in door.heard
        door.answers[b"WAITAOF"] = NOT_YET
        with pytest.raises(StoreUnavailableError):
            await store.commit(DURABLE)
        # Plain answers do not wait for the disk.
        await store.commit(Changes(put=(row(box=b"newer"),)))
        assert await store.load([b"one"]) == row(box=b"newer")


async def test_a_slow_disk_is_asked_once_for_many(door: Door) -> None:
    """Fifty writes that must be safe share a few questions, and nobody else waits for them."""
    async with open_server(door.url) as link:
        store = RedisSessionStore(link)
        await store.commit(DURABLE)
        door.heard.clear()
        door.disk.clear()
        writing = [asyncio.create_task(store.commit(DURABLE)) for _ in range(50)]
        await store.commit(Changes(put=(row(b"two"),)))
        assert await store.load([b"two"]) == row(b"two")
        assert not any(task.done() for task in writing)
        door.disk.set()
        await asyncio.gather(*writing)
        assert door.heard.count(b"WAITAOF") <= 3


async def test_a_connection_that_breaks_while_the_disk_is_asked_proves_nothing(door: Door) -> None:
    """The server answers for what came over the same connection alone, so a new one must not be believed."""
    async with open_server(door.url) as link:
        store = RedisSessionStore(link)
        await store.commit(DURABLE)
        door.heard.clear()
        door.disk.clear()
        writing = [asyncio.create_task(store.commit(DURABLE)) for _ in range(2)]
        await door.asked.wait()
        writing.append(asyncio.create_task(store.commit(DURABLE)))
        await asyncio.sleep(0)
        door.slam()
        door.disk.set()
        results = await asyncio.gather(*writing, return_exceptions=True)
        assert {type(result) for result in results} == {StoreUnavailableError}
        await store.commit(DURABLE)


async def test_who_gave_up_waiting_for_the_disk_disturbs_nobody(door: Door) -> None:
    """One of two who wait together is cancelled; the other is answered."""
    async with open_server(door.url) as link:
        store = RedisSessionStore(link)
        await store.commit(DURABLE)
        door.heard.clear()
        door.disk.clear()
        one, other = (asyncio.create_task(store.commit(DURABLE)) for _ in range(2))
        await door.asked.wait()
        one.cancel()
        await asyncio.sleep(0)
        door.disk.set()
        await other
        assert one.cancelled()


async def test_what_redis_cannot_be_told_harms_nobody_else(server: redis.Server) -> None:
    """A question of the wrong shape fails at once; those gathered with it are answered."""
    async with open_server(server.url) as link:
        right = link.ask("PING")
        with pytest.raises(TypeError):
            link.ask("GET", None)  # type: ignore[arg-type]
        assert await right == b"PONG"


async def test_a_refusal_says_its_kind_and_nothing_that_was_asked(server: redis.Server) -> None:
    """Redis quotes what it does not understand; a log must not."""
    async with open_server(server.url) as link:
        with pytest.raises(StoreUnavailableError) as refused:
            await link.ask("NOSUCHWORD", "canary")
        assert re.fullmatch(r"\w+", str(refused.value))
        assert refused.value.__cause__ is None


@pytest.mark.parametrize("url", ["redis://host:port", "redis://host?color=blue", "redis+sentinel://host/name/first"])
def test_an_address_that_is_none_is_told_before_anyone_waits(url: str) -> None:
    """A slip in the settings stops the start, with a sentence."""
    with pytest.raises(StoreUnfitError, match="cannot be read"):
        RedisServer(url)
