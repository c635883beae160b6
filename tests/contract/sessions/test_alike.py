"""File and server hold the same after the same writes, whatever is in them and in whichever order they come."""

import asyncio
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bot.dispatcher.context import Store
from bot.ports.storing import Blob, Changes, Parcel, Row
from tests.support import redis
from tests.support.session_stores import open_store

#: Few names and moments, so that writes meet each other.
NAMES = (b"\x01", b"\x02", b"\x03")
IDS = ("aa", "bb", "cc")
MOMENTS = range(100, 104)
LATER = 104

names, ids, moments = some.sampled_from(NAMES), some.sampled_from(IDS), some.sampled_from(MOMENTS)
boxes, flags = some.binary(max_size=3), some.booleans()


def few(values: some.SearchStrategy[object]) -> some.SearchStrategy[tuple[object, ...]]:
    """None, one or two; nearly always none, since a write is rarely of every kind."""
    return some.just(()) | some.lists(values, max_size=2).map(tuple)


#: A name belongs to the day whose key it was made with, so its day is always the same.
rows = some.builds(
    lambda name, expires, box, pending: Row(name=name, day=name[0], expires=expires, box=box, pending=pending),
    names,
    moments,
    boxes,
    flags,
)
writes = some.builds(
    Changes,
    put=few(rows),
    drop=few(names),
    expire=few(some.tuples(names, moments)),
    put_files=few(some.builds(Blob, ids, names, boxes)),
    hand_files=few(some.tuples(ids, names)),
    drop_files_of=few(names),
    keep_files=few(ids),
    put_parcels=few(some.builds(Parcel, ids, names, flags, boxes)),
    settle_parcels=few(some.builds(Parcel, ids, names, flags, boxes)),
    drop_parcels=few(ids),
    expired_by=some.just(0) | moments,
    put_relay=few(some.tuples(ids, moments, boxes)),
    drop_relay=few(ids),
    put_secrets=few(some.tuples(ids, boxes)),
    drop_secrets=few(ids),
    durable=flags,
)


async def held(store: Store) -> dict[str, object]:
    """All that anyone can ask of a store."""
    return {
        "talks": [await store.load([name]) for name in NAMES],
        "ending": {row.name for row in await store.ending(100, 102)},
        "acts": {row.name for row in await store.with_acts()},
        "files": [await store.file(one) for one in IDS],
        "parcels": [await store.parcel(one) for one in IDS],
        "waiting": set(await store.parcels()),
        "relay": [await store.find(one, 0) for one in IDS],
        "secrets": [await store.secret(one) for one in IDS],
        "named": set(await store.secrets("")),
        "days": await store.days(),
    }


async def play(server: redis.Server, file: Path, script: list[Changes]) -> None:
    """Write the same to both, and compare after each write and after a sweep of everything."""
    server.say("FLUSHALL")
    async with open_store(str(file)) as one, open_store(server.url) as other:
        for changes in script:
            for store in (one, other):
                await store.commit(changes)
            assert await held(one) == await held(other)
        assert await one.sweep(LATER) == await other.sweep(LATER)
        assert await held(one) == await held(other)


# The server is the same for all examples; each begins with it empty.
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(script=some.lists(writes, min_size=1, max_size=6))
def test_file_and_server_hold_the_same(server: redis.Server, script: list[Changes]) -> None:
    """What a write does is one thing, said twice: neither may drift away from the other."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(server, Path(folder) / "bot.db", script))
