"""Looking in a thread: loaded once, stopped when nobody waits any more, and working in part without its dictionary."""

import asyncio
from collections.abc import Iterator, Sequence
from threading import Event

import pytest
from structlog.testing import capture_logs

from bot.ports.self_check import Finding
from bot.screening.self_check.checker import MOST, SudachiSelfCheck
from bot.screening.self_check.reading import NameReader, SudachiReader, Word

TEXTS = {"story": "私は山田太郎と申します。", "who": "課長の佐藤さん", "remarks": "Mail me: ann@example.org"}


@pytest.fixture
def check() -> Iterator[SudachiSelfCheck]:
    """A check, closed afterwards."""
    made = SudachiSelfCheck()
    yield made
    made.close()


async def test_passages_are_told_by_question_and_place(check: SudachiSelfCheck) -> None:
    """In the order of the answers, and no word of them."""
    found = await check.look(TEXTS)
    assert found == (Finding("story", 2, 6, "name"), Finding("remarks", 9, 24, "email"))
    assert check.is_well


async def test_nothing_is_found_in_nothing(check: SudachiSelfCheck) -> None:
    """A report of files alone."""
    assert await check.look({}) == ()


async def test_the_dictionary_is_loaded_once() -> None:
    """With the first text, not before."""
    loads = []

    def load() -> NameReader:
        loads.append(1)
        return SudachiReader()

    check = SudachiSelfCheck(load)
    assert loads == []
    await asyncio.gather(check.look(TEXTS), check.look(TEXTS))
    assert loads == [1]
    check.close()


async def test_without_a_dictionary_somebody_is_told_and_the_rest_works() -> None:
    """The log says which kind of error, and nothing else."""

    def load() -> NameReader:
        raise ModuleNotFoundError("no such module: /home/somebody")

    check = SudachiSelfCheck(load)
    with capture_logs() as logs:
        found = await check.look(TEXTS)
        await check.look(TEXTS)
    assert [each.question for each in found] == ["story", "remarks"]
    assert not check.is_well
    assert logs == [{"event": "self_check_without_dictionary", "error": "ModuleNotFoundError", "log_level": "error"}]
    check.close()


async def test_no_more_is_told_than_anybody_would_read(check: SudachiSelfCheck) -> None:
    """A text that is nothing but addresses."""
    assert len(await check.look({"story": "a@example.org\n" * (MOST + 50)})) == MOST


async def test_a_search_that_nobody_waits_for_ends() -> None:
    """It stops at the next piece, and the thread is free for the next person."""
    entered, may_go_on, read = Event(), Event(), []

    class SlowReader:
        def read(self, words: str) -> Sequence[Word]:
            entered.set()
            may_go_on.wait(10)
            read.append(words)
            return ()

    check = SudachiSelfCheck(SlowReader)
    look = asyncio.create_task(check.look({"story": "私は山です。\n" * 2000}))
    await asyncio.to_thread(entered.wait, 10)
    look.cancel()
    await asyncio.wait([look])
    may_go_on.set()
    assert await check.look({"story": "me@example.org"}) == (Finding("story", 0, 14, "email"),)
    # What was read is one piece at the most, of more than ten.
    assert len(read) < 400
    check.close()
