"""How children end: whoever ends one that ends by itself at this very moment must not get into its way."""

import asyncio
from asyncio.subprocess import DEVNULL, PIPE, Process
from signal import SIGKILL

import pytest

from bot.screening.children import end

#: Of as many, a tenth was caught on its way out by a parent that looks whether it lives.
CHILDREN = 60


async def started(*program: str) -> Process:
    """A child that leads a session of its own, as those of the bot do."""
    return await asyncio.create_subprocess_exec(
        *program, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={}, start_new_session=True
    )


async def test_a_child_that_ends_by_itself_keeps_its_status(caplog: pytest.LogCaptureFixture) -> None:
    """Nobody takes it away from the event loop, which would wonder aloud and make one up."""
    for _ in range(CHILDREN):
        process = await started("/bin/true")
        assert process.stdout is not None
        # Its pipe closes a moment before it is gone.
        await process.stdout.read()
        await end(process)
        assert process.returncode in (0, -SIGKILL)
    assert caplog.record_tuples == []


async def test_a_child_that_does_not_end_is_ended_with_all_it_started() -> None:
    """Else whatever it started would hold its pipe open, and keep the bot waiting."""
    process = await started("/bin/sh", "-c", "sleep 600 & echo started; wait")
    assert process.stdout is not None
    await process.stdout.readline()
    async with asyncio.timeout(30):
        await end(process)
    assert process.returncode == -SIGKILL
