"""A year of made-up cases, played through the real programs in seconds."""

from pathlib import Path

import pytest

from backend.bootstrap import open_backend
from backend.config import read_settings
from backend.contract import CaseLine, Stage
from madoguchi.organ.demo import Demo
from madoguchi.serving import on_socket, served
from madoguchi.staff.client import open_desk
from madoguchi.staff.keyfile import open_key
from madoguchi.year.command import emptied, played
from madoguchi.year.dice import Dice
from madoguchi.year.script import STORIES, course


async def test_a_played_year_leaves_cases_that_people_can_work_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Old ones have ended, young ones are owed something, and each is there once."""
    for name, value in emptied(tmp_path).items():
        monkeypatch.setenv(name, value)
    done = await played(tmp_path, 8)
    assert sum(done.acts.values()) > 8
    demo = Demo.below(tmp_path / "keys", tmp_path / "keys/backend/credentials.json")
    lines = [line for who in ("sato", "suzuki") for line in await lines_of(demo, who, tmp_path)]
    assert len({line.case_number for line in lines}) == len(lines) == 8
    assert Stage.CLOSED in {line.stage for line in lines}
    young = [line for line in lines if line.stage not in {Stage.CLOSED, Stage.REVIEWED}]
    assert all(line.owes is not None for line in young)


async def lines_of(demo: Demo, who: str, folder: Path) -> tuple[CaseLine, ...]:
    """What somebody's inbox shows once the play is over."""
    socket = folder / "look.sock"
    key = open_key(demo.key(who), demo.passphrase(who).read_text().strip())
    async with open_backend(read_settings()) as backend, served(backend.runner()) as runner:
        await on_socket(runner, socket)
        async with open_desk(f"unix:{socket}", key.credential) as desk:
            return (await desk.inbox()).cases


def test_the_same_year_is_played_each_time() -> None:
    """Whoever looks for a change in the pictures looks at the product, not at the dice."""
    assert [course(Dice("a")) for _ in range(3)] == [course(Dice("a")) for _ in range(3)]
    assert course(Dice("a")) != course(Dice("b"))


def test_every_story_is_told_in_both_languages() -> None:
    """And no two are the same."""
    told = [words for both in STORIES.values() for words in both]
    assert len(set(told)) == len(told) == 2 * len(STORIES)
