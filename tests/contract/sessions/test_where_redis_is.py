"""How the store finds the server that has the say: over TCP, in a cluster, and through sentinels."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial

import pytest

from bot.ports.storing import Changes
from bot.stores.errors import StoreUnavailableError
from bot.stores.scaled import RedisSessionStore
from tests.support import redis
from tests.support.session_stores import open_server, row

pytestmark = pytest.mark.skipif(bool(redis.missing()), reason=redis.missing())


def free_port() -> int:
    """A port nobody listens on; in a cluster the one 10,000 above it is needed too, hence a low one."""
    for port in range(21_000, 21_999):
        with socket.socket() as one, socket.socket() as other:
            try:
                one.bind(("127.0.0.1", port))
                other.bind(("127.0.0.1", port + 10_000))
            except OSError:
                continue
            return port
    raise AssertionError("no free port")


@pytest.fixture
def servers() -> Iterator[ExitStack]:
    """What is started ends with the test."""
    with ExitStack() as started:
        yield started


def begin(servers: ExitStack, *options: str) -> tuple[redis.Server, int]:
    """Start a server that listens on a port too."""
    port = free_port()
    return servers.enter_context(redis.running(*redis.SAFE, "--port", str(port), "--bind", "127.0.0.1", *options)), port


async def test_a_server_is_reached_over_tcp_in_a_database_of_its_own(servers: ExitStack) -> None:
    """The number behind the address says which; two deployments on one server do not see each other."""
    _, port = begin(servers)
    async with open_server(f"redis://127.0.0.1:{port}/3") as three, open_server(f"redis://127.0.0.1:{port}") as nought:
        await RedisSessionStore(three).commit(Changes(put=(row(),), durable=True))
        assert await RedisSessionStore(three).load([b"one"]) == row()
        assert await RedisSessionStore(nought).load([b"one"]) is None


async def test_a_node_of_a_cluster_sends_on_to_the_one_that_keeps_our_keys(servers: ExitStack) -> None:
    """Any node may be named; everything lies on one, and every kind of write stays there."""
    keeps, port = begin(servers, "--cluster-enabled", "yes")
    sends, asked_port = begin(servers, "--cluster-enabled", "yes")
    keeps.say("CLUSTER", "ADDSLOTSRANGE", "0", "16383")
    sends.say("CLUSTER", "MEET", "127.0.0.1", str(port))
    for server in (keeps, sends):
        server.until(partial(is_whole, server))
    async with open_server(f"redis://127.0.0.1:{asked_port}") as link:
        store = RedisSessionStore(link)
        await store.commit(Changes(put=(row(),), put_relay=(("aa", 9, b"address"),), durable=True))
        assert await store.load([b"one", b"two"]) == row()
        assert await store.sweep(9) == 0
    assert keeps.say("GET", "{m}:talk:6f6e65")
    assert sends.say("DBSIZE") == "0"


def is_whole(server: redis.Server) -> bool:
    """Whether a node of a cluster knows who keeps which keys."""
    return "cluster_state:ok" in server.say("CLUSTER", "INFO")


async def test_sentinels_say_who_leads(servers: ExitStack) -> None:
    """After a switch the next question goes to the new one."""
    old, old_port = begin(servers)
    new, new_port = begin(servers)
    sentinel, port = sentinel_for(servers, old_port)
    async with open_server(f"redis+sentinel://127.0.0.1:1,127.0.0.1:{port}/mado/2") as link:
        store = RedisSessionStore(link)
        await store.commit(Changes(put=(row(),), durable=True))
        assert old.say("-n", "2", "EXISTS", "{m}:talk:6f6e65") == "1"
        sentinel.say("SENTINEL", "REMOVE", "mado")
        sentinel.say("SENTINEL", "MONITOR", "mado", "127.0.0.1", str(new_port), "1")
        old.say("REPLICAOF", "127.0.0.1", str(new_port))
        with pytest.raises(StoreUnavailableError):
            await store.commit(Changes(put=(row(),)))
        await store.commit(Changes(put=(row(),)))
    assert new.say("-n", "2", "EXISTS", "{m}:talk:6f6e65") == "1"


def sentinel_for(servers: ExitStack, leader: int) -> tuple[redis.Server, int]:
    """Start a sentinel that watches the server on a port."""
    port = free_port()
    sentinel = servers.enter_context(redis.prepared("--port", str(port), "--sentinel"))
    (sentinel.folder / "redis.conf").write_text(f"sentinel monitor mado 127.0.0.1 {leader} 1\n")
    sentinel.start()
    return sentinel, port
