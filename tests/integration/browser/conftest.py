"""A whole installation to visit with a browser, and a page alone whose screens a test sets as it likes."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec import Struct

from bot.channels.web import routes
from tests.integration.web.conftest import SITE, wording
from tests.support.listening_inlet import ListeningInlet
from tests.support.served import SystemChance, on_loopback
from tests.support.system import System, running


@pytest.fixture
async def system(tmp_path: Path) -> AsyncIterator[System]:
    """The case store and the bot, with the demo organ."""
    async with running(tmp_path) as started:
        yield started


class Stage(Struct):
    """The page in front of an inlet that shows what it is told to. `url` ends with a slash."""

    url: str
    inlet: ListeningInlet


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """The page alone."""
    inlet = ListeningInlet()
    async with on_loopback(routes(inlet, wording(), lambda: SITE, SystemChance())) as url:
        yield Stage(url + "/", inlet)
