"""One suite, two stores: a SQLite file, and a Redis server of the tests' own."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.dispatcher.context import Store
from tests.support import redis
from tests.support.session_stores import open_store


@pytest.fixture(scope="session")
def server() -> Iterator[redis.Server]:
    """A running server that keeps what it is told."""
    if redis.missing():
        pytest.skip(redis.missing())
    with redis.running() as running:
        yield running


@pytest.fixture(params=["sqlite", "redis"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty store lies; the server is started only if it is wanted."""
    if request.param == "sqlite":
        return str(tmp_path / "bot.db")
    server: redis.Server = request.getfixturevalue("server")
    server.say("FLUSHALL")
    return server.url


@pytest.fixture
async def store(address: str) -> AsyncIterator[Store]:
    """A store with nothing in it."""
    async with open_store(address) as opened:
        yield opened
