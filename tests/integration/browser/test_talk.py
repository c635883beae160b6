"""The whole talk in a browser, with scripts and without: what is typed is never lost, and the token leads back."""

import asyncio
import shutil
import subprocess

import pytest
from playwright.async_api import FilePayload

from tests.support.browsers import Visit, needs_chromium, visiting
from tests.support.system import System

pytestmark = needs_chromium

STORY = "Since April our section chief has claimed travel that never happened."
PHOTO: FilePayload = {"name": "領収書.png", "mimeType": "image/png", "buffer": b"\x89PNG" + bytes(70_000)}


async def begin(visit: Visit) -> None:
    """Come to the questions, to be asked one by one, without a name."""
    await visit.open()
    for question, option in (
        ("menu", "report"),
        ("exposure", "go_on"),
        ("anonymity", "anonymous"),
        ("relation", "staff"),
        ("way", "questions"),
    ):
        await visit.choose(question, option)


async def skip_to_summary(visit: Visit) -> None:
    """Pass over whatever is still asked."""
    while not await visit.page.locator(".summary").count():
        await visit.press("skip")


@pytest.mark.parametrize("scripts", [False, True], ids=["no scripts", "scripts"])
async def test_a_report_with_a_file_gets_a_token_that_opens_its_case(system: System, *, scripts: bool) -> None:
    """From the menu to the token, and with the token to the inbox and a letter; nothing is asked of anyone else."""
    async with visiting(system.url, scripts=scripts) as visit:
        await begin(visit)
        await visit.write("what", STORY)
        # Where, when, who, how it is known.
        for _ in range(4):
            await visit.press("next")
        await visit.page.set_input_files("[name=file]", [PHOTO])
        await visit.press("next")
        assert "領収書.png" in await visit.sees()
        await skip_to_summary(visit)
        assert STORY in await visit.page.inner_text(".summary")
        await visit.choose("summary", "hand_over")
        token = await visit.token()
        assert len(token) == 29
        await visit.page.reload()
        assert await visit.token() == token
        await visit.choose("saved", "saved")
        assert token not in await visit.page.content()
        await visit.choose("told", "no")
        await visit.choose("menu", "token")
        await visit.write("token", token.replace("-", " ").lower())
        await visit.page.press('[name="one.token"]', "Enter")
        assert "Internal desk" in await visit.page.inner_text(".case")
        assert STORY not in await visit.page.content()
        await visit.choose("inbox", "reply")
        await visit.write("reply", "There is more.")
        await visit.press("done")
        assert "Sent to the desk" in await visit.sees()
        assert all(address.startswith(system.url) for address in visit.asked)
        assert all(token not in address and "?" not in address for address in visit.asked)


async def test_whatever_button_is_pressed_the_words_stay(system: System) -> None:
    """Danger, help, the other language, back, an answer to change: what stands in the fields comes along."""
    async with visiting(system.url) as visit:
        await begin(visit)
        await visit.write("what", STORY)
        await visit.press("danger")
        assert "110" in await visit.sees()
        assert await visit.written("what") == STORY
        await visit.write("where", "本庁舎")
        await visit.press("help")
        assert await visit.written("where") == "本庁舎"
        await visit.press("language")
        await visit.choose("language", "ja")
        assert await visit.written("what") == STORY
        await visit.press("next")
        await visit.write("when", "四月")
        await visit.press("back")
        await skip_to_summary(visit)
        summary = await visit.page.inner_text(".summary")
        assert all(words in summary for words in (STORY, "本庁舎", "四月"))


async def test_words_from_an_old_tab_are_kept(system: System) -> None:
    """Two tabs of one talk: what is sent from the one left behind joins the draft."""
    async with visiting(system.url) as visit:
        await begin(visit)
        old = await visit.context.new_page()
        await old.goto(system.url)
        await visit.write("what", "first tab")
        await visit.press("next")
        await old.fill('[name="one.what"]', "second tab")
        await old.click("button.primary")
        await visit.open()
        await skip_to_summary(visit)
        summary = await visit.page.inner_text(".summary")
        assert "first tab" in summary
        assert "second tab" in summary


async def test_a_story_is_kept_without_any_menu(system: System) -> None:
    """Whoever just writes on the first page is not made to choose first."""
    async with visiting(system.url) as visit:
        await visit.open()
        await visit.page.fill("#words", STORY)
        await visit.page.click(".first-words button")
        await skip_to_summary(visit)
        assert STORY in await visit.page.inner_text(".summary")


async def test_an_answer_is_changed_from_the_summary(system: System) -> None:
    """Its own button leads to the question with the answer in it, and back."""
    async with visiting(system.url) as visit:
        await begin(visit)
        await visit.write("what", STORY)
        await skip_to_summary(visit)
        await visit.choose("edit", "what")
        assert await visit.written("what") == STORY
        await visit.write("what", "It was in May.")
        await visit.press("next")
        assert "It was in May." in await visit.page.inner_text(".summary")


async def test_going_back_in_the_browser_sends_nothing_twice(system: System) -> None:
    """The browser's own button shows the talk as it stands, and asks nothing about sending a form again."""
    async with visiting(system.url) as visit:
        await begin(visit)
        await visit.write("what", STORY)
        await visit.press("next")
        await visit.page.go_back()
        await visit.page.reload()
        assert "one.when" in await visit.page.content()


@pytest.mark.parametrize("scripts", [False, True], ids=["no scripts", "scripts"])
async def test_the_token_appears_by_itself_once_the_desk_is_back(system: System, *, scripts: bool) -> None:
    """The waiting page asks again on its own; with scripts, it is told."""
    async with visiting(system.url, scripts=scripts) as visit:
        await visit.open()
        await visit.page.fill("#words", STORY)
        await visit.page.click(".first-words button")
        await skip_to_summary(visit)
        await system.stop_backend()
        await visit.choose("summary", "hand_over")
        assert await visit.page.locator(".waiting").count() == 1
        await system.start_backend()
        await visit.page.wait_for_selector(".token-words", timeout=25_000)


async def test_leaving_at_once_leaves_nothing_behind(system: System) -> None:
    """One press without a script; the next page says nothing of this desk, and going back shows a fresh talk."""
    async with visiting(system.url) as visit:
        await begin(visit)
        await visit.page.click(".quit")
        assert visit.page.url.endswith("/clouds")
        assert await visit.page.title() == "Kinds of cloud"
        assert await visit.context.cookies() == []
        await visit.page.go_back()
        assert await visit.page.locator('button[value="menu=report"]').count() == 1


async def test_a_token_can_be_copied_where_scripts_are_allowed(system: System) -> None:
    """The button is there only where it works."""
    async with visiting(system.url, scripts=True) as visit:
        await visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
        await visit.open()
        await visit.page.fill("#words", STORY)
        await visit.page.click(".first-words button")
        await skip_to_summary(visit)
        await visit.choose("summary", "hand_over")
        await visit.page.click("[data-copy]")
        await visit.page.wait_for_function("document.querySelector('[data-copy]').textContent === 'Copied'")
        assert await visit.page.evaluate("navigator.clipboard.readText()") == await visit.token()


@pytest.mark.skipif(shutil.which("w3m") is None, reason="the Debian package w3m is not installed")
async def test_the_page_reads_well_without_any_graphics(system: System) -> None:
    """A text browser shows the greeting, the choices and what else can be pressed, in a sensible order."""
    command = ["w3m", "-dump", "-o", "accept_language=en", system.url]
    shown = (await _output(command)).replace("\n", " ")
    places = [shown.index(words) for words in ("reporting desk", "Report something", "I am in danger now")]
    assert places == sorted(places)


async def _output(command: list[str]) -> str:

    finished = await asyncio.to_thread(subprocess.run, command, capture_output=True, check=True, timeout=20)
    return finished.stdout.decode()
