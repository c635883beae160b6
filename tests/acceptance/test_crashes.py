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
from tests.support.crash_story import CHAPTERS, Chapter, Story
from tests.support.crash_wishes import WISHES
from tests.support.crashing import Side, acts_in
from tests.support.organs import copied

#: Systems that are played side by side: a person waits more than a machine works.
AT_ONCE = 3

pytestmark = pytest.mark.timeout(600)


async def at_every_point(start: Path, told: Story, chapter: Chapter, victim: Side, step: int = 1) -> int:
    """Play a chapter with a death at the first point, the next, ... until nobody dies; return how many died."""

    async def play(crash_at: int) -> int:
        # A socket's path must be short.
        folder = copied(start, start.with_name(f"at{crash_at}"))
        died = await Story(folder, told.person.address, told.person.token).play(chapter, victim, crash_at)
        shutil.rmtree(folder)
        return died

    died = 0
    for first in count(1, AT_ONCE * step):
        fallen = sum(await asyncio.gather(*map(play, range(first, first + AT_ONCE * step, step))))
        died += fallen
        if fallen < AT_ONCE:
            break
    return died


@pytest.mark.parametrize("victim", Side, ids=lambda side: side.name.lower())
async def test_a_death_behind_any_write_loses_and_doubles_nothing(
    victim: Side, tmp_path: Path, demo_organ: Path
) -> None:
    """From the first word to the forgotten chat, whichever side dies, in the midst of every act there is."""
    told, deaths = Story(copied(demo_organ, tmp_path / "0")), 0
    for number, chapter in enumerate((*CHAPTERS, *WISHES), start=1):
        # What is said later goes the way of a reply, which is held to every point: here it is every third.
        deaths += await at_every_point(told.folder, told, chapter, victim, 3 if chapter in WISHES else 1)
        story = Story(copied(told.folder, tmp_path / str(number)), told.person.address, told.person.token)
        assert await story.play(chapter, victim, 0) == 0
        told = story
    assert acts_in(told.folder) == {act.__name__ for act in ERRANDS}, "an act that the story does not tell"
    assert deaths > 5 * len(CHAPTERS)
