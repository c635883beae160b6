"""A page with scripts follows its talk, and never gets in the way of whoever is typing."""

from playwright.async_api import FilePayload

from bot.conversation.effects import Ask, Option, Question, Say, ShowToken
from bot.ports.talking import View
from tests.integration.browser.conftest import Stage
from tests.support.browsers import Visit, needs_chromium, visiting
from tests.support.screens import CHOICE, FILES, TOKEN, says, view

pytestmark = needs_chromium

FIRST, SECOND = Say(says("first words")), Say(says("The desk has answered."), tone="notice")
REPLY = Ask("reply", (Question("reply", "text", says("Write")), FILES), commands=("done",))
WAITING = Ask("waiting", (Question("waiting", "choice", says("Sealed."), options=(Option("check", says("Look")),)),))
CHOICE_ASKED = Ask("menu", (CHOICE,), commands=("help",))
PHOTO: FilePayload = {"name": "a.png", "mimeType": "image/png", "buffer": b"x"}


def show(stage: Stage, screen: View) -> None:
    """Let the talk change without the person's doing."""
    stage.inlet.screen = screen
    stage.inlet.bell.set()


async def is_there(visit: Visit, words: str) -> None:
    """Wait until the log says it."""
    await visit.page.wait_for_function("words => document.getElementById('log').innerText.includes(words)", arg=words)


async def opened(stage: Stage, visit: Visit, screen: View) -> None:
    """Open the page and wait until it follows."""
    stage.inlet.screen = screen
    async with visit.page.expect_response("**/live"):
        await visit.open()
    await visit.page.evaluate("window.mark = 'the same page'")


async def test_what_is_being_typed_outlives_whatever_comes_in(stage: Stage) -> None:
    """Words, caret, focus and chosen files stay as they are; the message joins the log, and only it is new there."""
    async with visiting(stage.url, scripts=True) as visit:
        await opened(stage, visit, view(FIRST, REPLY, language="en"))
        await visit.page.set_input_files("[name=file]", [PHOTO])
        await visit.write("reply", "half a sentence")
        await visit.page.evaluate("document.querySelector('textarea').setSelectionRange(4, 4)")
        await visit.page.evaluate("window.old = document.querySelector('#log').firstElementChild")
        show(stage, view(FIRST, SECOND, REPLY, language="en"))
        await is_there(visit, "The desk has answered.")
        await visit.page.keyboard.type("!")
        assert await visit.written("reply") == "half! a sentence"
        assert await visit.page.evaluate("document.querySelector('[name=file]').files[0].name") == "a.png"
        assert await visit.page.evaluate("document.querySelector('#log').firstElementChild === window.old")
        assert await visit.page.evaluate("window.mark") == "the same page"


async def test_a_talk_that_went_on_elsewhere_waits_until_the_hands_rest(stage: Stage) -> None:
    """The form under somebody's hands is left alone, and they are told; once it is empty again the new one comes."""
    async with visiting(stage.url, scripts=True) as visit:
        await opened(stage, visit, view(FIRST, REPLY, language="en"))
        await visit.write("reply", "half a sentence")
        show(stage, view(FIRST, CHOICE_ASKED, language="en"))
        await visit.page.wait_for_selector("#news:not(:empty)")
        assert "What you typed is still here" in await visit.page.inner_text("#news")
        assert await visit.written("reply") == "half a sentence"
        await visit.write("reply", "")
        await visit.page.evaluate("document.activeElement.blur()")
        await visit.page.wait_for_selector('button[value="menu=report"]')
        assert await visit.page.inner_text("#news") == ""


async def test_the_focus_stays_on_the_button_it_was_on(stage: Stage) -> None:
    """A screen that is only looked at is exchanged; whoever walks it by keyboard is not thrown back to its top."""
    async with visiting(stage.url, scripts=True) as visit:
        await opened(stage, visit, view(FIRST, CHOICE_ASKED, language="en"))
        await visit.page.focus("button[value=help]")
        more = Ask("menu", (CHOICE,), commands=("help", "about"))
        show(stage, view(FIRST, more, language="en"))
        await visit.page.wait_for_selector("button[value=about]")
        assert await visit.page.evaluate("document.activeElement.value") == "help"


async def test_the_token_appears_without_a_reload(stage: Stage) -> None:
    """The page that waits follows by itself; its own asking again is for browsers without scripts."""
    async with visiting(stage.url, scripts=True) as visit:
        await opened(stage, visit, view(FIRST, WAITING, language="en", waiting=True))
        assert await visit.page.locator("noscript meta").count() == 0
        show(stage, view(FIRST, ShowToken(), CHOICE_ASKED, language="en", token=TOKEN))
        await visit.page.wait_for_selector(".token-words")
        assert await visit.token() == TOKEN
        assert await visit.page.locator("[data-copy]").is_visible()
        assert await visit.page.evaluate("window.mark") == "the same page"


async def test_a_window_left_in_one_place_is_left_in_all(stage: Stage) -> None:
    """Quick exit in one window: the others of the same talk turn to clouds, and bring nothing back."""
    async with visiting(stage.url, scripts=True) as visit:
        await opened(stage, visit, view(FIRST, CHOICE_ASKED, language="en"))
        other = await visit.context.new_page()
        await other.goto(stage.url)
        await other.click(".quit")
        show(stage, view(FIRST, SECOND, language="en"))
        await visit.page.wait_for_url("**/clouds")
        assert await visit.context.cookies() == []


async def test_a_broken_stream_comes_back(stage: Stage) -> None:
    """After a pause, and what was missed meanwhile is there."""
    async with visiting(stage.url, scripts=True) as visit:
        await opened(stage, visit, view(FIRST, CHOICE_ASKED, language="en"))
        stage.inlet.fault = OSError()
        stage.inlet.bell.set()
        await visit.page.wait_for_event("requestfinished", lambda request: request.url.endswith("/live"))
        stage.inlet.fault = None
        stage.inlet.screen = view(FIRST, SECOND, language="en")
        await is_there(visit, "The desk has answered.")


async def test_something_new_out_of_sight_is_pointed_to(stage: Stage) -> None:
    """Whoever writes far below the messages is told, and led there by a press."""
    long = Ask("reply", tuple(Question(f"q{n}", "text", says(f"Question {n}")) for n in range(20)), commands=("done",))
    async with visiting(stage.url, scripts=True) as visit:
        await opened(stage, visit, view(FIRST, long, language="en"))
        await visit.write("q19", "here")
        show(stage, view(FIRST, SECOND, long, language="en"))
        await visit.page.click("#news a")
        assert await visit.page.locator("#log .notice").is_visible()
        assert await visit.written("q19") == "here"
