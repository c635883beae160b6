"""What a person chose for each file is what the desk gets; the rest is gone from the bot in that very write."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.screening.kinds import Kind
from tests.support.desk_staff import Staff
from tests.support.people_files import TOLD, photo
from tests.support.system import System, eventually, running
from tests.support.terminal_reporter import TerminalReporter, asked

STORY = "The receipts were written by the section chief himself."
PHOTO, OTHER = photo(Kind.JPEG), photo(Kind.PNG)
WORDS = b"just words"


@pytest.fixture
async def system(tmp_path: Path) -> AsyncIterator[System]:
    """A whole installation."""
    async with running(tmp_path) as started:
        yield started


def stored(system: System) -> int:
    """How many files lie in the bot's store."""
    with closing(sqlite3.connect(system.data / "bot.db")) as store:
        return int(store.execute("SELECT count(*) FROM files").fetchone()[0])


async def with_files(system: System) -> TerminalReporter:
    """A report with three files, at the question for them: two photos that were cleaned, and one that was not."""
    person = TerminalReporter(system.talk_socket)
    await person.walk({"story": STORY})
    for name, data in (("a.jpg", PHOTO), ("b.png", OTHER), ("c.bin", WORDS)):
        await person.attach(name, data)
    await person.choose("change")
    await person.say("files")
    assert asked(person.screen) == "files"
    return person


async def choose(person: TerminalReporter, name: str, choice: str) -> None:
    """Choose for one file, by its name."""
    await person.say(name)
    await person.choose(choice)


async def saved(system: System) -> list[bytes]:
    """What staff get of the one case."""
    sato = Staff(system)
    return await sato.save((await sato.numbers())[0], system.data / "saved")


async def test_each_file_goes_as_its_owner_chose(system: System) -> None:
    """One cleaned, as by default; one as it came; one not at all. Before and after, nothing else is kept."""
    person = await with_files(system)
    assert stored(system) == 5
    await choose(person, "b.png", "as_is")
    await choose(person, "c.bin", "leave_out")
    await person.say("/done")
    assert ["b.png" in person.text, "as it came" in person.text, "left out" in person.text] == [True] * 3
    await person.choose("hand_over")
    assert person.token
    files = await saved(system)
    assert [len(files), files[1], WORDS in files] == [2, OTHER, False]
    assert [told for told in TOLD if told in files[0]] == []
    await eventually(lambda: stored(system) == 0)


async def test_while_the_desk_is_away_only_what_was_chosen_waits(system: System) -> None:
    """The version that was not chosen goes in the write that seals the report, not when it arrives."""
    person = await with_files(system)
    await choose(person, "c.bin", "leave_out")
    await person.say("/done")
    await system.stop_backend()
    await person.choose("hand_over")
    assert stored(system) == 2
    await system.stop_bot()
    await system.start_bot()
    assert stored(system) == 2
    await system.start_backend()
    await eventually(lambda: stored(system) == 0)
    assert len(await saved(system)) == 2


async def test_a_reply_brings_what_was_chosen(system: System) -> None:
    """By number, in an open inbox; a left-out file leaves nothing behind."""
    person = TerminalReporter(system.talk_socket)
    token = await person.report({"story": STORY})
    await person.come_back(token)
    await person.attach("a.jpg", PHOTO)
    await person.attach("c.bin", WORDS)
    await choose(person, "1", "as_is")
    await choose(person, "2", "leave_out")
    assert stored(system) == 3
    await person.say("/done")
    assert await saved(system) == [PHOTO]
    await eventually(lambda: stored(system) == 0)


async def test_a_draft_that_is_thrown_away_leaves_neither_version(system: System) -> None:
    """Both lay there only for its sake."""
    person = await with_files(system)
    await person.say("/cancel")
    await person.choose("yes")
    assert stored(system) == 0


async def test_a_reply_that_is_sent_keeps_both_versions_of_what_is_not(system: System) -> None:
    """The draft's files have nothing to do with the letter."""
    person = await with_files(system)
    other = TerminalReporter(system.talk_socket)
    token = await other.report({"story": STORY})
    await person.come_back(token)
    await person.say("One more thing.")
    await person.say("/done")
    assert stored(system) == 5


async def test_twenty_megabytes_pass_and_an_empty_file_is_said(system: System) -> None:
    """The largest that people send, sealed and opened again; 0 bytes are told, and lose nothing."""
    large = PHOTO + bytes(20 * 2**20 - len(PHOTO))
    person = TerminalReporter(system.talk_socket)
    await person.walk({"story": STORY})
    await person.attach("large.jpg", large)
    assert "Taken out of it" in person.text
    await person.attach("empty.txt", b"")
    assert "0 bytes" in person.text
    assert asked(person.screen) == "summary"
    await person.choose("change")
    await person.say("files")
    await choose(person, "large.jpg", "as_is")
    await person.say("/done")
    await person.choose("hand_over")
    assert await saved(system) == [large]
