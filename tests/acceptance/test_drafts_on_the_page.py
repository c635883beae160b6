"""A draft on the web page ends: told in the window that stands open, and to the browser that comes back too late."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from tests.support.organs import copied
from tests.support.system import System, running
from tests.support.web_reporter import WebReporter

pytestmark = pytest.mark.asyncio(loop_scope="module")

STORY = "Invoices were paid twice."
GONE = "You have not been here for a while"
#: Into the last three hours of a draft whose writer has just done something, and past its end.
NEARLY, PAST = {"hours": 22.5}, {"hours": 25.1}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def system(tmp_path_factory: pytest.TempPathFactory, demo_organ: Path) -> AsyncIterator[System]:
    """A system that all tests share, each with a browser of its own."""
    folder = tmp_path_factory.mktemp("pages")
    copied(demo_organ, folder)
    async with running(folder) as started:
        yield started


async def test_a_browser_that_comes_back_too_late_is_told_so(system: System) -> None:
    """Its cookie is all that is left; a first visit is told nothing of the kind."""
    person = WebReporter(system.url)
    assert GONE not in (await person.look()).text
    await person.walk({"story": STORY})
    system.clock.let_pass(**PAST)
    page = await person.look()
    assert GONE in page.text
    assert STORY not in page.html


async def test_a_page_that_stands_open_is_told_by_itself(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stream says that something changed, and nothing else; the page then looks, and finds the warning."""
    monkeypatch.setattr("bot.dispatcher.watching.BEAT", 0.05)
    person = WebReporter(system.url)
    await person.walk({"story": STORY})
    async with (
        aiohttp.ClientSession(cookies=person.cookies, cookie_jar=aiohttp.CookieJar(unsafe=True)) as http,
        http.get(f"{system.url}live") as stream,
    ):
        await stream.content.readuntil(b":\n\n")
        system.clock.let_pass(**NEARLY)
        assert (await stream.content.readuntil(b"\n\n")).endswith(b"data: changed\n\n")
    page = await person.look()
    assert "Unless you go on, it is deleted in about" in page.text
    assert STORY not in page.html
    assert STORY in (await person.choose("keep")).html


async def test_a_form_that_is_sent_too_late_is_kept_and_told_so(system: System) -> None:
    """What was typed in the window that stood open is not lost with what was stored."""
    person = WebReporter(system.url)
    await person.walk({}, until="story")
    system.clock.let_pass(**PAST)
    page = await person.send({"story": STORY})
    assert GONE in page.text
    assert "it is kept for now" in page.text


async def test_a_window_whose_cookie_was_lost_is_told_nothing_of_an_end(system: System) -> None:
    """It does not know which talk it was: that is said, and what was typed comes along."""
    person = WebReporter(system.url)
    await person.walk({}, until="story")
    person.cookies.clear()
    page = await person.send({"story": STORY})
    assert (page.status, STORY in page.html) == (403, True)
    page = await person.send({})
    assert GONE not in page.text
    assert "it is kept for now" in page.text
