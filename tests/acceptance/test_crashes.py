"""The power may go behind any write: nothing is lost, doubled, shown too early or left behind.

Each chapter of a report's life is played with one side dying at its first point, at its second, and so on, until it
comes through unharmed: for the bot, and for the case store. The dead side comes back at once over the same files.
"""

import asyncio
import shutil
from itertools import count
from pathlib import Path

import pytest

from bot.dispatcher.errands import ERRANDS
from tests.support.crash_story import CHAPTERS, Story
from tests.support.crash_wishes import WISHES
from tests.support.crashing import Side, acts_in
from tests.support.organs import copied

TOLD = (*CHAPTERS, *WISHES)
#: Systems that are played side by side: a person waits more than a machine works.
AT_ONCE = 4

pytestmark = pytest.mark.timeout(600)


async def at_every_point(told: Story, number: int, victim: Side) -> tuple[int, Story]:
    """Play a chapter with a death at the first point, the second, ... until nobody dies.

    Return how many died, and the story as it came through.
    """
    points, died, unharmed = count(1), 0, list[Story]()

    async def play_on() -> None:
        nonlocal died
        while not unharmed:
            # A socket's path must be short.
            folder = copied(told.folder, told.folder.with_name(f"{number}-{(point := next(points))}"))
            story = Story(folder, told.person.address, told.person.token)
            deaths = await story.play(TOLD[number - 1], victim, point)
            died += deaths
            if deaths:
                shutil.rmtree(folder)
            else:
                unharmed.append(story)

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(play_on())
    return died, unharmed[0]


@pytest.mark.parametrize("victim", Side, ids=lambda side: side.name.lower())
async def test_a_death_behind_any_write_loses_and_doubles_nothing(
    victim: Side, tmp_path: Path, demo_organ: Path
) -> None:
    """From the first word to the forgotten chat, whichever side dies, in the midst of every act there is."""
    story, deaths = Story(copied(demo_organ, tmp_path / "0")), 0
    for number in range(1, len(TOLD) + 1):
        died, story = await at_every_point(story, number, victim)
        deaths += died
    assert acts_in(story.folder) == {act.__name__ for act in ERRANDS}, "an act that the story does not tell"
    assert deaths > 3 * len(TOLD)
