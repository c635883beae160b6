"""What only the server's store must promise: it says when the server is away, and what was told safe outlives it."""

import asyncio
import re

import pytest

from bot.ports.storing import Blob, Changes, Parcel
from bot.stores.errors import StoreUnavailableError
from bot.stores.scaled import RedisSessionStore
from tests.support import redis
from tests.support.session_stores import NOW, open_server, row

#: One write of every kind, and a question whose answer shows it.
WRITES = (
    Changes(put=(row(b"\x01" * 32),), durable=True),
    Changes(put_files=(Blob("aa", b"\x01" * 32, b"file"),), durable=True),
    Changes(put_parcels=(Parcel("bb", b"\x01" * 32, arrived=False, box=b"report"),), durable=True),
    Changes(settle_parcels=(Parcel("bb", b"\x01" * 32, arrived=True, box=b"arrived"),), durable=True),
    Changes(put_relay=(("cc", NOW, b"address"),), durable=True),
    Changes(
        hand_files=(("aa", b"\x02"),), drop=(b"\x01" * 32,), drop_files_of=(b"\x01" * 32,), forgets=True, durable=True
    ),
    Changes(drop_files_of=(b"\x02",), drop_parcels=("bb",), drop_relay=("cc",), forgets=True, durable=True),
)


@pytest.fixture(autouse=True)
def empty(server: redis.Server) -> None:
    """Nothing is left of other tests."""
    server.say("FLUSHALL")


async def everything(store: RedisSessionStore) -> tuple[object, ...]:
    """All that a store holds."""
    return (
        await store.load([b"\x01" * 32]),
        await store.file("aa"),
        await store.parcel("bb"),
        await store.find("cc", 0),
        await store.secret("day/1"),
        await store.days(),
    )


async def test_what_was_told_safe_outlives_the_server() -> None:
    """The server is killed right after each write was answered, and comes up again with all of it."""
    with redis.running() as server:
        async with open_server(server.url) as link:
            store = RedisSessionStore(link)
            assert await store.secret_once("day/1", b"key") == b"key"
            for write in WRITES:
                await store.commit(write)
                before = await everything(store)
                server.kill()
                await asyncio.to_thread(server.start)
                assert await everything(store) == before


async def test_a_server_that_goes_away_is_said_so_and_found_again() -> None:
    """Every question and every write fails in one way; once the server is back, all goes on by itself."""
    with redis.running() as server:
        async with open_server(server.url) as link:
            store = RedisSessionStore(link)
            await store.commit(Changes(put=(row(),)))
            server.kill()
            for asked in (store.load([b"one"]), store.commit(WRITES[0]), store.sweep(NOW), store.secret_once("a", b"")):
                with pytest.raises(StoreUnavailableError):
                    await asked
            assert not link.is_up
            server.start()
            assert await store.load([b"one"]) == row()
            assert link.is_up


async def test_a_server_that_falls_silent_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits is told within seconds, instead of waiting for good."""
    monkeypatch.setattr("bot.stores.link.STALLED", 0.1)
    monkeypatch.setattr("bot.stores.reaching.GREETING", 0.1)
    with redis.running() as server:
        async with open_server(server.url) as link:
            server.freeze()
            for _ in range(2):
                with pytest.raises(StoreUnavailableError):
                    await link.ask("PING")


async def test_a_server_that_still_reads_its_log_is_waited_for() -> None:
    """After a restart of both, the bot begins when the server has everything in hand again."""
    with redis.running() as server:
        async with open_server(server.url) as link:
            boxes = {b"%d" % number: bytes([number]) * 3000 for number in range(20)}
            await RedisSessionStore(link).commit(Changes(put=tuple(row(name, box=box) for name, box in boxes.items())))
        server.say("BGREWRITEAOF")
        server.until(lambda: "aof_rewrite_in_progress:0" in server.say("INFO", "persistence"))
        server.kill()
        server.begin("--key-load-delay", "20000", "--loading-process-events-interval-bytes", "1024")
        server.until(lambda: server.say("PING").startswith("LOADING"))
        async with open_server(server.url) as link:
            assert await RedisSessionStore(link).load([b"19"]) == row(b"19", box=boxes[b"19"])


async def test_a_server_that_forgot_the_scripts_is_told_them_again(server: redis.Server) -> None:
    """An operator who empties the cache of scripts stops nobody."""
    async with open_server(server.url) as link:
        store = RedisSessionStore(link)
        server.say("SCRIPT", "FLUSH")
        await store.commit(Changes(put=(row(),)))
        await store.commit(WRITES[1])
        assert await store.load([b"one"]) == row()


async def test_a_server_that_only_reads_is_left_for_the_one_that_leads(server: redis.Server) -> None:
    """After a switch a write fails, and the next one asks anew where to go."""
    async with open_server(server.url) as link:
        store = RedisSessionStore(link)
        server.say("REPLICAOF", "127.0.0.1", "1")
        try:
            for write in (Changes(put=(row(),)), WRITES[0]):
                with pytest.raises(StoreUnavailableError):
                    await store.commit(write)
        finally:
            server.say("REPLICAOF", "NO", "ONE")
        await store.commit(Changes(put=(row(),)))


async def test_a_full_server_takes_a_write_whole_or_not_at_all(server: redis.Server) -> None:
    """What finds no room is refused before its first word; forgetting goes on."""
    async with open_server(server.url) as link:
        store = RedisSessionStore(link)
        await store.commit(WRITES[0])
        server.say("CONFIG", "SET", "maxmemory", "1mb")
        try:
            both = Changes(put=(row(b"\x01" * 32, box=b"newer"),), put_relay=(("cc", NOW, b"address"),))
            with pytest.raises(StoreUnavailableError):
                await store.commit(both)
            assert await store.load([b"\x01" * 32]) == row(b"\x01" * 32)
            assert await store.find("cc", 0) is None
            await store.commit(Changes(drop=(b"\x01" * 32,), forgets=True, durable=True))
            assert await store.days() == frozenset()
        finally:
            server.say("CONFIG", "SET", "maxmemory", "0")


async def test_what_was_forgotten_leaves_the_servers_log_with_the_next_sweep(server: redis.Server) -> None:
    """The log is written anew without it; of several bots that sweep at once, one has it done."""
    async with open_server(server.url) as link:
        stores = [RedisSessionStore(link) for _ in range(3)]
        await stores[0].commit(Changes(put=(row(box=b"canary-" * 99, expires=NOW),), durable=True))
        assert b"canary-" in server.bytes_on_disk()
        await asyncio.gather(*(store.sweep(NOW) for store in stores))
        server.until(lambda: b"canary-" not in server.bytes_on_disk())
        server.until(lambda: "aof_rewrite_in_progress:0" in server.say("INFO", "persistence"))


async def test_keys_are_names_that_tell_nothing(server: redis.Server) -> None:
    """Every key begins with the one tag that keeps all in one place, and goes on in fixed words and hex."""
    async with open_server(server.url) as link:
        for write in WRITES[:5]:
            await RedisSessionStore(link).commit(write)
    keys = server.say("KEYS", "*").split()
    assert len(keys) == 9
    assert [key for key in keys if not re.fullmatch(r"\{m\}:[a-z-]+(:[0-9a-f]+)?", key)] == []


async def test_what_is_asked_at_once_goes_out_at_once(server: redis.Server) -> None:
    """Two hundred questions of as many tasks reach the server in a few reads, each with its own answer."""
    async with open_server(server.url) as link:
        store = RedisSessionStore(link)
        names = [b"%d" % number for number in range(200)]
        await store.commit(Changes(put=tuple(row(name, box=name) for name in names)))
        before = reads(server)
        found = await asyncio.gather(*(store.load([name]) for name in names))
        assert [one.box for one in found if one is not None] == names
        assert reads(server) - before < 10


def reads(server: redis.Server) -> int:
    """How often the server has read from its connections."""
    (found,) = re.findall(r"total_reads_processed:(\d+)", server.say("INFO", "stats"))
    return int(found)
