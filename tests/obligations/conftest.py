"""What several modules start from: an organ whose keys are made once, and a running system for each module."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.support.hall import Hall, founded, open_hall


@pytest.fixture(scope="session")
def organ(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the organ's keys: stretching words takes its time on purpose, copying them none."""
    return founded(tmp_path_factory.mktemp("organ"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def hall(organ: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Hall]:
    """The organ, running, for all tests of a module."""
    async with open_hall(organ, tmp_path_factory.mktemp("hall")) as made:
        yield made
