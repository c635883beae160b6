"""A whole installation to visit with a browser."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.system import System, running


@pytest.fixture
async def system(tmp_path: Path) -> AsyncIterator[System]:
    """The case store and the bot, with the demo organ."""
    async with running(tmp_path) as started:
        yield started
