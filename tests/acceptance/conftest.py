"""What acceptance tests start from: the demo organ's keys, made once, and a running system over a copy of them."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.bootstrap import Outside
from madoguchi.private_files import private_folder
from tests.support import postgres, redis
from tests.support.organs import copied
from tests.support.places import InFiles, Places, emptied
from tests.support.remains import Witness
from tests.support.system import QUICK, System, running

#: Whose tests hold wherever things are kept: in two files, and on the servers of the split deployment.
ON_BOTH = frozenset({"test_tokens", "test_desk_down", "test_nobody_left", "test_forgetting"})
#: What they ask of reading alone is the same wherever it is kept.
READING = frozenset({"test_a_token_is_read_the_way_people_type_it"})


@pytest.fixture(scope="session")
def demo_organ(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo organ's keys and a store that has its roster.

    Making keys takes a second of stretching on purpose; copying them takes none.
    """
    folder = tmp_path_factory.mktemp("organ")

    async def begin() -> None:
        async with running(folder):
            """It is enough to have started once."""

    asyncio.run(begin())
    return folder


@pytest.fixture
def witness() -> Witness:
    """Whoever remembers all that the bot of `system` stores."""
    return Witness()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of the central rooms on both kinds of places."""
    is_central = metafunc.module.__name__.rpartition(".")[2] in ON_BOTH
    if is_central and "kind" in metafunc.fixturenames and metafunc.function.__name__ not in READING:
        metafunc.parametrize("kind", ["files", "servers"], indirect=True, scope="module")


@pytest.fixture(scope="module")
def kind(request: pytest.FixtureRequest) -> str:
    """Where things are kept: in two files, or on PostgreSQL and Redis."""
    return str(getattr(request, "param", "files"))


@pytest.fixture(scope="session")
def database_server() -> Iterator[str]:
    """A PostgreSQL server for all tests."""
    if postgres.missing():
        pytest.skip(postgres.missing())
    with postgres.cluster() as address:
        yield address


@pytest.fixture(scope="session")
def redis_server() -> Iterator[redis.Server]:
    """A Redis server that one test after the other has for itself."""
    if redis.missing():
        pytest.skip(redis.missing())
    with redis.running() as server:
        yield server


@pytest.fixture
def places(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Places:
    """Where this test's system keeps things; the servers are started only if they are wanted."""
    if kind == "files":
        return InFiles(private_folder(tmp_path / "var"))
    return emptied(request.getfixturevalue("database_server"), request.getfixturevalue("redis_server"))


@pytest.fixture
async def system(tmp_path: Path, demo_organ: Path, witness: Witness, places: Places) -> AsyncIterator[System]:
    """A running system of the test's own."""
    copied(demo_organ, tmp_path)
    async with running(tmp_path, Outside(store=witness.watch, pace=QUICK), places) as started:
        yield started
