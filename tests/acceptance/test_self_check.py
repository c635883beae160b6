"""Whoever reports without a name is shown what would give them away, and hands over what they then want to.

Everything runs as it does for people: the search, the talk in a terminal and on the page, the desk that reads the case.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from bot.bootstrap import Outside
from bot.ports.self_check import Finding, SelfCheck
from tests.support.desk_staff import Staff, words_of
from tests.support.organs import copied
from tests.support.system import QUICK, System, running
from tests.support.terminal_reporter import TerminalReporter, asked
from tests.support.web_reporter import WebReporter

STORY = "My name is Ann Lee. Mr Tate takes money from the firm.\nNobody but me knows. Mail: ann.lee@example.org"
SAFE = "Mr Tate takes money from the firm."


class Failing:
    """A search that breaks, or never comes to an end."""

    is_well = True

    def __init__(self) -> None:
        self.hangs = False

    def around(self, _inner: SelfCheck) -> SelfCheck:
        """Stand in its place."""
        return self

    async def look(self, _texts: Mapping[str, str]) -> tuple[Finding, ...]:
        """Find nothing."""
        if self.hangs:
            await asyncio.Event().wait()
        raise OSError("the dictionary is broken")


@pytest.fixture
def failing() -> Failing:
    """A search that fails."""
    return Failing()


@pytest.fixture
async def broken(tmp_path: Path, demo_organ: Path, failing: Failing) -> AsyncIterator[System]:
    """A running system with that search."""
    copied(demo_organ, tmp_path)
    async with running(tmp_path, Outside(pace=QUICK, self_check=failing.around)) as started:
        yield started


async def warned(system: System, story: str = STORY) -> TerminalReporter:
    """Somebody who pressed `hand over` and was shown what would name them."""
    person = TerminalReporter(system.talk_socket)
    await person.walk({"story": story, "desk": "naibu"})
    await person.choose("hand_over")
    return person


async def read_by_the_desk(system: System) -> str:
    """The one case that the desk has, in words."""
    (number,) = await Staff(system, "sato").numbers()
    return words_of(await Staff(system, "sato").open(number))


async def test_what_would_name_the_writer_is_left_out_with_one_tap(system: System) -> None:
    """Shown where it stands; the desk reads the rest, and nobody ever reads the name."""
    person = await warned(system)
    assert asked(person.screen) == "self_check"
    assert all(passage in person.text for passage in ("«Ann Lee»", "«Nobody but me»", "«ann.lee@example.org»"))
    assert "«Mr Tate»" not in person.text
    await person.choose("leave_all")
    assert asked(person.screen) == "summary"
    assert "My name is [left out]." in person.text
    await person.choose("hand_over")
    assert person.token
    told = await read_by_the_desk(system)
    assert "Mr Tate takes money" in told
    assert "Ann" not in told


async def test_an_answer_is_written_anew_and_searched_again(system: System) -> None:
    """A name that is still there is shown again; when none is left, the summary comes first."""
    person = await warned(system)
    await person.say("4")
    assert "«Ann Lee»" in person.text
    await person.say("I am Ann Lee and Mr Tate takes money.")
    assert asked(person.screen) == "self_check"
    await person.say("2")
    await person.say(SAFE)
    assert asked(person.screen) == "summary"
    assert not person.token
    await person.choose("hand_over")
    assert SAFE in await read_by_the_desk(system)


async def test_as_it_is_hands_over_every_word(system: System) -> None:
    """The person decides, and is asked once."""
    person = await warned(system)
    await person.choose("as_it_is")
    assert person.token
    assert "My name is Ann Lee." in await read_by_the_desk(system)


async def test_a_crash_in_between_loses_neither_the_draft_nor_what_was_found(system: System) -> None:
    """What is stored are places in the answers; they are shown again."""
    person = await warned(system)
    before = person.text
    await system.stop_bot()
    await system.start_bot()
    await person.look()
    assert person.text == before
    await person.say("1")
    assert "It now says [left out] there." in person.text
    assert "«Ann Lee»" not in person.text


async def test_japanese_words_are_searched_with_the_dictionary(system: System) -> None:
    """A plain name before です, and the accused left alone."""
    person = await warned(system, "総務課の山田です。佐藤課長が業者から金を受け取っています。")
    assert "«山田»" in person.text
    assert "佐藤»" not in person.text


async def test_the_page_shows_the_passage_above_the_text_to_be_changed(system: System) -> None:
    """Its words stand in the field, ready to be changed where they are."""
    person = WebReporter(system.url)
    await person.walk({"story": STORY, "desk": "naibu"})
    await person.choose("hand_over")
    page = await person.choose("rewrite.story")
    assert page.text.index("«Ann Lee»") < page.text.index(SAFE)
    assert ("one.story", STORY) in page.fields


@pytest.mark.parametrize("hangs", [False, True])
async def test_a_search_that_fails_keeps_no_report_back(broken: System, failing: Failing, hangs: bool) -> None:
    """The report is handed over, and its writer is told that it was not searched."""
    failing.hangs = hangs
    person = await warned(broken)
    assert "could not be checked" in person.text
    assert person.token
    assert "My name is Ann Lee." in await read_by_the_desk(broken)
