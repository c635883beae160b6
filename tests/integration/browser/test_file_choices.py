"""Choosing on a page what becomes of each file: fields beside what is kept, with scripts and without."""

import os
from pathlib import Path

import pytest
from playwright.async_api import FilePayload

from bot.screening.kinds import Kind
from tests.support.browsers import Visit, needs_chromium, visiting
from tests.support.people_files import photo
from tests.support.system import System

pytestmark = needs_chromium

PHOTO: FilePayload = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": photo(Kind.JPEG)}
NOTE: FilePayload = {"name": "list.zip", "mimeType": "application/zip", "buffer": b"PK\x05\x06" + bytes(18)}
EMPTY: FilePayload = {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""}
LANGUAGES = {
    "en-GB": ("Leave it out", "left out", "as it came", "0 bytes"),
    "ja-JP": ("渡さない", "渡さない", "届いたまま", "0バイト"),
}


async def at_the_files(visit: Visit) -> None:
    """Write a story, go to the summary, and from there to the files."""
    await visit.open()
    await visit.page.fill("[name=words]", "The receipts were written by the section chief himself.")
    await visit.page.click(".first-words button")
    while not await visit.page.locator(".summary").count():
        await visit.press("skip")
    await visit.page.click('button[name=chose][value="edit=files"]')


async def pictured(visit: Visit, name: str) -> None:
    """Take a picture for people to look at, where one is wanted."""
    folder = os.environ.get("PICTURES")
    if folder:
        await visit.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("scripts", [False, True], ids=["no scripts", "scripts"])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_file_is_listed_with_its_choices(system: System, language: str, *, scripts: bool) -> None:
    """What was cleaned goes cleaned unless another field is ticked; the summary shows what holds."""
    leave, left, came, nothing = LANGUAGES[language]
    async with visiting(system.url, scripts=scripts, language=language) as visit:
        await at_the_files(visit)
        await visit.page.set_input_files("[name=file]", [PHOTO, NOTE, EMPTY])
        await visit.press("next")
        assert nothing in await visit.sees()
        await pictured(visit, f"said-{language}-{scripts}")
        await visit.page.click('button[name=chose][value="edit=files"]')
        handled = visit.page.locator("fieldset.handling")
        assert [await handled.nth(at).locator("input").count() for at in range(2)] == [3, 2]
        assert await handled.nth(0).locator("input:checked").get_attribute("value") == "cleaned"
        await pictured(visit, f"choices-{language}-{scripts}")
        await handled.nth(0).locator("input[value=as_is]").check()
        await handled.nth(1).get_by_text(leave).click()
        await visit.press("next")
        assert [words in await visit.page.inner_text(".summary") for words in (came, left)] == [True, True]
        await pictured(visit, f"summary-{language}-{scripts}")
        await visit.choose("summary", "hand_over")
        assert len(await visit.token()) > 20
