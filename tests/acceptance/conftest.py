"""What acceptance tests start from: the demo organ's keys, made once, and a running system over a copy of them."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.bootstrap import Outside
from tests.support.organs import copied
from tests.support.remains import Witness
from tests.support.system import QUICK, System, running


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


@pytest.fixture
async def system(tmp_path: Path, demo_organ: Path, witness: Witness) -> AsyncIterator[System]:
    """A running system of the test's own."""
    copied(demo_organ, tmp_path)
    async with running(tmp_path, Outside(store=witness.watch, pace=QUICK)) as started:
        yield started
