"""The copy of one's own draft over HTTP: a page, a file, and neither when the talk shows none."""

from html import unescape

import pytest

from bot.channels.web.copies import FILE_NAME
from bot.conversation.effects import Line, Say, ShowCopy
from tests.integration.web.conftest import Page
from tests.support.screens import SUMMARY, TOKEN, says, view

LINES = SUMMARY.lines[:3]
HOSTILE = "<script>alert(1)</script>"


@pytest.mark.parametrize(("language", "heading"), [("ja", "書いたものの控え"), ("en", "A copy of what you wrote")])
async def test_the_page_holds_every_answer_and_is_not_kept_by_the_browser(
    page: Page, language: str, heading: str
) -> None:
    """With its warning above, and no token anywhere."""
    page.inlet.screen = view(ShowCopy(), language=language, copy=LINES)
    response, html = await page.open("/copy")
    assert (response.status, response.headers["Cache-Control"]) == (200, "no-store")
    assert all(words in html for words in (heading, "架空の出張", "鈴木", "写真.jpg"))
    assert 'class="message warning"' in html
    assert TOKEN[:5] not in html


async def test_the_file_is_plain_text_under_a_name_that_says_nothing(page: Page) -> None:
    """What it holds is what the page holds."""
    page.inlet.screen = view(ShowCopy(), language="en", copy=LINES)
    response, text = await page.open(f"/copy/{FILE_NAME}")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="copy.txt"'
    assert response.headers["Cache-Control"] == "no-store"
    assert text.startswith("A copy of what you wrote\n\n出来事\n架空の出張\n\n")
    assert text.endswith("It does not hold a token.\n")


@pytest.mark.parametrize("path", ["/copy", f"/copy/{FILE_NAME}"])
async def test_a_copy_that_the_talk_does_not_show_is_not_shown_here(page: Page, path: str) -> None:
    """The page says kindly what to do; to somebody without a talk as well."""
    page.inlet.screen = view(Say(says("x")), language="en")
    response, html = await page.open(path)
    assert response.status == 404
    assert "The copy is not open now" in html
    page.http.cookie_jar.clear()
    response, _ = await page.open(path)
    assert response.status == 404


@pytest.mark.parametrize("path", ["/copy", f"/copy/{FILE_NAME}"])
async def test_a_store_that_is_down_is_said_to_be(page: Page, path: str) -> None:
    """Not that there is no copy."""
    page.inlet.fault = RuntimeError("down")
    response, html = await page.open(path)
    assert response.status == 503
    assert "The copy is not open now" not in html


async def test_what_was_written_is_no_markup(page: Page) -> None:
    """On the page it is escaped; in the file it is text."""
    line = Line("what", says("x"), words=HOSTILE)
    page.inlet.screen = view(ShowCopy(), language="en", copy=(line,))
    _, html = await page.open("/copy")
    assert HOSTILE not in html
    assert HOSTILE in unescape(html)
    response, text = await page.open(f"/copy/{FILE_NAME}")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert HOSTILE in text


async def test_the_talk_leads_to_the_copy_while_it_is_shown(page: Page) -> None:
    """In a window of its own, so that the talk stays."""
    page.inlet.screen = view(ShowCopy(), language="en", copy=LINES)
    _, html = await page.open()
    assert 'href="/copy" target="_blank"' in html
    page.inlet.screen = view(Say(says("x")), language="en")
    _, html = await page.open()
    assert 'href="/copy"' not in html
