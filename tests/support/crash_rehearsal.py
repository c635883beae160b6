"""Whoever imports this has served both sides once, in a folder that is gone again.

It is imported by the process from which all others are forked, so that none of them has to learn anew what is read,
compiled and put together at the first use: that takes ten times as long as what they are started for.
"""

import asyncio
import gc
from pathlib import Path
from tempfile import TemporaryDirectory

import holidays.countries.japan  # noqa: F401 - else looked for at its first use

from tests.support.crash_story import CHAPTERS, Story
from tests.support.crashing import Fuse, Side, begun

#: From the first word to the desk's answer.
_REHEARSED = CHAPTERS[:4]


async def _rehearse(folder: Path) -> None:
    backend = await begun(folder, Side.BACKEND, Fuse(0))
    bot = await begun(folder, Side.BOT, Fuse(0))
    story = Story(folder)
    for chapter in _REHEARSED:
        await chapter(story)
    await bot.stop_bot()
    await backend.stop_backend()


with TemporaryDirectory(prefix="rehearsal") as where:
    asyncio.run(_rehearse(Path(where)))
# Nothing of this is ever freed: a fork that looks through it in vain would have to copy it all.
gc.freeze()
