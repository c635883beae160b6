"""What acceptance tests start from: the demo organ's keys, made once, and a running system over a copy of them."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.bootstrap import Outside
from madoguchi.organ.demo import make_demo
from tests.support.remains import Witness
from tests.support.system import QUICK, System, running


@pytest.fixture(scope="session")
def demo_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of keys. Making them takes a second of stretching on purpose; copying them takes none."""
    keys = tmp_path_factory.mktemp("organ") / "keys"
    make_demo(keys, "unix:var/backend.sock")
    return keys


@pytest.fixture
def witness() -> Witness:
    """Whoever remembers all that the bot of `system` stores."""
    return Witness()


@pytest.fixture
async def system(tmp_path: Path, demo_keys: Path, witness: Witness) -> AsyncIterator[System]:
    """A running system of the test's own."""
    shutil.copytree(demo_keys, tmp_path / "keys")
    async with running(tmp_path, Outside(store=witness.watch, pace=QUICK)) as started:
        yield started
