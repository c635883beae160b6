"""One suite, two databases: a SQLite file, and a PostgreSQL server of the test's own."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from backend.ports import CaseStore
from tests.support.postgres import cluster, missing
from tests.support.stores import fresh_database, fresh_file, open_store


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a running server."""
    if missing():
        pytest.skip(missing())
    with cluster() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which database; the server is started only if it is wanted."""
    if request.param == "postgresql":
        request.getfixturevalue("server")
    return str(request.param)


@pytest.fixture
async def address(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    return fresh_file(tmp_path) if kind == "sqlite" else await fresh_database(request.getfixturevalue("server"))


@pytest.fixture
async def store(address: str) -> AsyncIterator[CaseStore]:
    """A store with nothing in it."""
    opened = await open_store(address)
    yield opened
    await opened.close()
