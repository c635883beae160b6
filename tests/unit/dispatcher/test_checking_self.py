"""The look for what names the writer, as the dispatcher does it: whatever becomes of it, the talk goes on."""

import asyncio
from collections.abc import Mapping

import pytest
from structlog.testing import capture_logs

from bot.conversation.events import SelfChecked
from bot.dispatcher.checking_self import LONGEST, checked
from bot.ports.self_check import Finding

WORDS = {"story": "I am Ann."}
FOUND = (Finding("story", 5, 8, "name"),)


class Looking:
    """A search that does what a test says, and remembers that it was given up."""

    is_well = True

    def __init__(self, fault: Exception | None = None, seconds: float = 0) -> None:
        self.fault, self.seconds = fault, seconds
        self.given_up = False

    async def look(self, texts: Mapping[str, str]) -> tuple[Finding, ...]:
        """Find Ann."""
        assert texts == WORDS
        try:
            await asyncio.sleep(self.seconds)
        except asyncio.CancelledError:
            self.given_up = True
            raise
        if self.fault:
            raise self.fault
        return FOUND


async def test_places_come_back() -> None:
    """As they were found."""
    assert await checked(Looking(), WORDS, LONGEST) == SelfChecked(FOUND)


@pytest.mark.parametrize("fault", [ValueError("I am Ann."), MemoryError(), UnicodeError()])
async def test_a_search_that_fails_is_told_as_not_made(fault: Exception) -> None:
    """The log names the kind of error; it quotes nobody."""
    with capture_logs() as logs:
        assert await checked(Looking(fault), WORDS, LONGEST) == SelfChecked(made=False)
    assert logs == [{"event": "self_check_failed", "error": type(fault).__name__, "log_level": "warning"}]


async def test_a_search_that_takes_long_is_given_up() -> None:
    """Nobody waits for a hint, and the search is told to stop."""
    looking = Looking(seconds=60)
    assert await checked(looking, WORDS, 0.01) == SelfChecked(made=False)
    assert looking.given_up


async def test_a_bot_that_stops_is_not_held_up() -> None:
    """Being cancelled is passed on: the act is stored and taken up again."""
    task = asyncio.create_task(checked(Looking(seconds=60), WORDS, LONGEST))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
