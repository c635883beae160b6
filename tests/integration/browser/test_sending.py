"""Files on their way: seen, stopped, failed, sent again; and never at the price of a word."""

import pytest
from playwright.async_api import FilePayload, Route

from bot.conversation.effects import Ask, Question
from bot.conversation.events import Attached, Event, Filled
from tests.integration.browser.conftest import Stage
from tests.support.browsers import Visit, needs_chromium, visiting
from tests.support.screens import FILES, says, view

pytestmark = needs_chromium

FORM = Ask(
    "facts",
    (Question("what", "text", says("What happened")), FILES),
    commands=("back", "help", "danger"),
    step=1,
    steps=2,
)
KIB = 2**10
PHOTO: FilePayload = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": bytes(KIB * 400)}
NOTE: FilePayload = {"name": "note.txt", "mimeType": "text/plain", "buffer": b"x"}
FILM: FilePayload = {"name": "film.mp4", "mimeType": "video/mp4", "buffer": b"x"}
#: Bytes a second of a slow line: a photo takes long enough to be watched.
SLOW = 100_000


async def filled(stage: Stage, visit: Visit, *files: FilePayload) -> None:
    """Open the form, write, choose files."""
    stage.inlet.screen = view(FORM, language="en")
    await visit.open()
    await visit.write("what", "the story")
    for file in files:
        await visit.page.set_input_files("[name=file]", [file])


async def slowed(visit: Visit, rate: int = SLOW) -> None:
    """Send as over a slow line; a rate of -1 is as fast as it goes."""
    session = await visit.context.new_cdp_session(visit.page)
    line = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": rate}
    await session.send("Network.enable")
    await session.send("Network.emulateNetworkConditions", line)


async def next_without_waiting(visit: Visit) -> None:
    """Press the button that sends the form."""
    await visit.page.click("button[name=then][value=next]:not(.unseen)")


async def is_whole(visit: Visit) -> bool:
    """Whether all that was typed and chosen is still on the page."""
    names = await visit.page.evaluate("[...document.querySelector('[name=file]').files].map(file => file.name)")
    return names == ["photo.jpg"] and await visit.written("what") == "the story"


def kinds(events: list[Event]) -> list[type[Event]]:
    """What sort of thing was brought, in order."""
    return [type(event) for event in events]


async def test_a_cookie_that_was_lost_is_said_and_what_is_sent_again_begins_anew(stage: Stage) -> None:
    """Waiting would not help, so that is not what is said; nothing typed or chosen is gone, and it is taken then."""
    async with visiting(stage.url, scripts=True) as visit:
        await filled(stage, visit, NOTE)
        await visit.context.clear_cookies()
        await visit.press("next")
        assert "(a cookie) did not come with this" in await visit.page.inner_text("#sending-said")
        assert await visit.written("what") == "the story"
        assert await visit.page.locator("#talk [name=anew]").count() == 1
        assert stage.inlet.events == []
        await visit.press("next")
        assert kinds(stage.inlet.events) == [Attached, Filled]


async def test_an_upload_is_seen_and_can_be_stopped(stage: Stage) -> None:
    """Name and share are said; stopped, nothing was taken and nothing is lost, and it can be sent again."""
    async with visiting(stage.url, scripts=True) as visit:
        await filled(stage, visit, PHOTO)
        await visit.page.evaluate("window.mark = 'the same page'")
        await slowed(visit)
        await next_without_waiting(visit)
        await visit.page.wait_for_function("() => document.querySelector('.sending progress').value > 0")
        words = await visit.page.inner_text(".sending-words")
        assert words.startswith("Sending “photo.jpg” … ")
        assert words.endswith(" %")
        assert not await visit.page.locator("button.primary").is_visible()
        assert await visit.page.locator(".always .danger").is_visible()
        await visit.page.click(".sending button")
        assert "Stopped." in await visit.page.inner_text("#sending-said")
        assert await is_whole(visit)
        assert stage.inlet.events == []
        await slowed(visit, -1)
        await visit.press("next")
        assert kinds(stage.inlet.events) == [Attached, Filled]
        assert len(stage.inlet.files[-1][2]) == 400 * KIB
        assert await visit.page.evaluate("window.mark") == "the same page"


async def test_when_it_cannot_be_stored_everything_stays_and_is_sent_again(stage: Stage) -> None:
    """The page says so in plain words; the form under the same id counts once."""
    async with visiting(stage.url, scripts=True) as visit:
        await filled(stage, visit, PHOTO)
        stage.inlet.fault = OSError()
        await visit.press("next")
        assert "could not be stored" in await visit.page.inner_text("#sending-said")
        assert await is_whole(visit)
        stage.inlet.fault = None
        await visit.press("next")
        assert kinds(stage.inlet.events) == [Attached, Filled]


@pytest.mark.parametrize("more", ["", " and more"], ids=["as it was", "with more words"])
async def test_after_a_line_that_broke_too_late_nothing_is_lost_or_doubled(stage: Stage, more: str) -> None:
    """The server had it all, the browser does not know: the same again counts once, and what was added counts too."""
    broken = [True]

    async def breaks(route: Route) -> None:
        if route.request.method == "POST" and broken:
            broken.pop()
            await route.fetch(max_redirects=0)
            await route.abort("connectionreset")
        else:
            await route.continue_()

    async with visiting(stage.url, scripts=True) as visit:
        await filled(stage, visit, NOTE)
        await visit.page.route(stage.url, breaks)
        await visit.press("next")
        assert "broke off" in await visit.page.inner_text("#sending-said")
        await visit.write("what", "the story" + more)
        await visit.press("next")
        told = [event.answers["what"] for event in stage.inlet.events if isinstance(event, Filled)]
        assert told == (["the story", "the story and more"] if more else ["the story"])


async def test_danger_does_not_wait_for_an_upload(stage: Stage) -> None:
    """The words go at once, and the files stay chosen for later."""
    async with visiting(stage.url, scripts=True) as visit:
        await filled(stage, visit, PHOTO)
        await slowed(visit)
        await next_without_waiting(visit)
        await visit.page.wait_for_selector(".sending progress")
        await visit.press("danger")
        (event,) = stage.inlet.events
        assert isinstance(event, Filled)
        assert (event.then, event.answers["what"]) == ("danger", "the story")
        await visit.page.wait_for_function("() => document.querySelector('[name=file]').files.length === 1")
        assert "photo.jpg" in await visit.page.inner_text(".chosen")


async def test_chosen_files_add_up_and_can_be_taken_out(stage: Stage) -> None:
    """Picking photos one by one keeps them all; one too large is said before anything is sent, and not added."""
    async with visiting(stage.url, scripts=True) as visit:
        await filled(stage, visit, PHOTO, NOTE)
        large = "Object.defineProperty(File.prototype, 'size', {get() { return this.name === 'film.mp4' ? 9e8 : 1; }})"
        await visit.page.evaluate(large)
        await visit.page.set_input_files("[name=file]", [FILM])
        assert "“film.mp4” (858.3 MB) is larger than 26 MB" in await visit.sees()
        assert await visit.page.locator(".chosen li").count() == 2
        await visit.page.click("[aria-label='Take out “photo.jpg”']")
        assert "film.mp4" not in await visit.page.inner_text(".chosen")
        await visit.press("next")
        assert [name for name, _, _ in stage.inlet.files] == ["note.txt"]


async def test_without_scripts_a_file_is_sent_as_ever(stage: Stage) -> None:
    """Nothing of the above is seen, and nothing is missing."""
    async with visiting(stage.url) as visit:
        await filled(stage, visit, NOTE)
        assert not await visit.page.locator(".sending").is_visible()
        await visit.press("next")
        assert kinds(stage.inlet.events) == [Attached, Filled]
