"""A running system whose bot is on Telegram, and a person who writes to it."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.bootstrap import Outside
from tests.support.remains import Witness
from tests.support.system import QUICK
from tests.support.telegram_peer import telegram_server
from tests.support.telegram_person import TelegramPerson
from tests.support.telegram_system import TelegramSystem, telegram_system


@pytest.fixture(scope="session")
def telegram_url() -> Iterator[str]:
    """A Telegram, started once: each test makes it forget what was."""
    with telegram_server() as url:
        yield url


@pytest.fixture
async def desk(tmp_path: Path, demo_organ: Path, witness: Witness, telegram_url: str) -> AsyncIterator[TelegramSystem]:
    """A system of the test's own, asking Telegram for updates."""
    shutil.copytree(demo_organ, tmp_path, ignore=shutil.ignore_patterns("*.sock"), dirs_exist_ok=True)
    async with telegram_system(tmp_path, Outside(store=witness.watch, pace=QUICK), telegram_url) as started:
        yield started


@pytest.fixture
def person(desk: TelegramSystem) -> TelegramPerson:
    """Somebody whose telephone speaks English."""
    return TelegramPerson(desk.peer, language="en")
