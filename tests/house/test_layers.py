"""Every import contract is broken once on purpose, in a copy, to see that `make check` would refuse it.

A contract that nothing can break guards nothing: a misspelt module in it would look just as clean.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.repository import PACKAGES, ROOT

LINTER = Path(sys.executable).with_name("lint-imports")


class Breach(NamedTuple):
    """One offending line, and the contract that must name it."""

    contract: str
    file: str
    line: str


BREACHES = (
    Breach("bot is built in layers", "bot/conversation/breach.py", "import bot.config"),
    Breach("bot is built in layers", "bot/dispatcher/breach.py", "import bot.stores"),
    Breach("bot is built in layers", "bot/unplaced.py", ""),
    Breach("backend is built in layers", "backend/domain/breach.py", "import backend.ports"),
    Breach("backend is built in layers", "backend/commands.py", "import backend.queries"),
    Breach("backend is built in layers", "backend/unplaced.py", ""),
    Breach("channels do not know each other", "bot/channels/terminal.py", "import bot.channels.web"),
    Breach("channels do not know each other", "bot/channels/unplaced.py", ""),
    Breach("the talk is pure", "bot/conversation/breach.py", "import asyncio"),
    Breach("the talk is pure", "bot/conversation/breach.py", "from datetime import datetime"),
    Breach("what a case may become is pure", "backend/domain/breach.py", "import secrets"),
    Breach("only bot.anonymity seals, signs and splits keys", "bot/breach.py", "import cryptography.fernet"),
    Breach("only bot.anonymity seals, signs and splits keys", "madoguchi/breach.py", "import shamir_mnemonic"),
    Breach("only backend.storage speaks to a database through SQLAlchemy", "backend/queries.py", "import sqlalchemy"),
    Breach("only bot.stores speaks to Redis", "bot/keeping.py", "import redis.asyncio"),
    Breach("only bot.stores speaks to Redis", "bot/dispatcher/breach.py", "import hiredis"),
    Breach("only backend.bootstrap names the storage", "backend/web/breach.py", "import backend.storage"),
    Breach(
        "in bot, only case_client reads the backend's contract", "bot/dispatcher/breach.py", "import backend.contract"
    ),
    Breach("the backend's rooms are reached over HTTP", "bot/case_client.py", "import backend.domain"),
    Breach("the backend knows nothing of the bot", "backend/web/breach.py", "import bot.anonymity"),
    Breach("only bot.screening parses pictures and documents", "bot/dispatcher/breach.py", "import pikepdf"),
    Breach("only bot.screening parses pictures and documents", "madoguchi/breach.py", "from PIL import Image"),
    Breach("a dictionary of Japanese is used in two places", "bot/screening/kinds.py", "import sudachipy"),
    Breach("the screening child knows nothing of the bot", "bot/screening/child.py", "import bot.anonymity"),
    Breach("the screening child knows nothing of the bot", "bot/screening/jpeg.py", "import bot.screening.scrubber"),
    Breach(
        "what the system's own Python runs needs nothing but its own library",
        "bot/screening/mat2_words.py",
        "import msgspec",
    ),
    Breach("nothing stands above the command", "bot/bootstrap.py", "import madoguchi.cli"),
)


def contracts() -> set[str]:
    """Name every contract of pyproject.toml."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return {contract["name"] for contract in settings["contracts"]}


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    """Run the linter over a tree as `make check` does."""
    return subprocess.run(
        [LINTER, "--no-logo", "--no-cache"],
        cwd=tree,
        check=False,
        capture_output=True,
        text=True,
        # Wide enough that no contract's name is broken over two lines.
        env=os.environ | {"COLUMNS": "200"},
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Copy the product to where it may be spoilt."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_tree_as_it_stands_keeps_every_contract(copy: Path) -> None:
    """The linter finds nothing in what is committed, so that the breaches below are what it finds."""
    found = lint(copy)
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize("breach", BREACHES, ids=lambda breach: f"{breach.file}: {breach.line or 'new file'}")
def test_a_deliberate_breach_is_refused_by_name(copy: Path, breach: Breach) -> None:
    """One offending import is enough to fail the check, and the contract it breaks is named."""
    with (copy / breach.file).open("a") as spoilt:
        spoilt.write(f"\n{breach.line}\n")
    found = lint(copy)
    assert found.returncode == 1, found.stdout + found.stderr
    assert f"{breach.contract} BROKEN" in found.stdout


def test_every_contract_has_a_breach() -> None:
    """A contract added without a breach of its own does not pass."""
    assert {breach.contract for breach in BREACHES} == contracts()
