"""The copy of one's own draft, as a browser shows, prints and saves it."""

import asyncio
from io import BytesIO

import pikepdf

from bot.channels.web.copies import FILE_NAME
from bot.conversation.effects import Line, ShowCopy
from tests.integration.browser.conftest import Stage
from tests.support.browsers import needs_chromium, visiting
from tests.support.screens import SUMMARY, says, view
from tests.support.system import System
from tests.support.web_reporter import WebReporter

STORY = "Invoices were paid twice, and nobody asked why."


@needs_chromium
async def test_a_copy_is_had_on_a_phone_and_is_gone_when_its_writer_goes_back(system: System) -> None:
    """Through the warning, as a page and as a file, without scripts; the draft stays what it is."""
    person = WebReporter(system.url)
    await person.walk({"story": STORY})
    async with visiting(system.url) as visit:
        await visit.context.add_cookies([
            {"name": name, "value": value, "url": system.url} for name, value in person.cookies.items()
        ])  # fmt: skip
        await visit.open()
        await visit.choose("summary", "copy")
        assert "Whoever finds the copy knows what you reported" in await visit.sees()
        await visit.choose("copy", "yes")
        async with visit.context.expect_page() as opened:
            await visit.page.click('a[href="/copy"]')
        copy = await opened.value
        assert STORY in await copy.inner_text(".copy")
        assert not await copy.evaluate("document.documentElement.scrollWidth > window.innerWidth"), "too wide"
        async with copy.expect_download() as saved:
            await copy.click(f'a[href="/copy/{FILE_NAME}"]')
        file = await saved.value
        assert file.suggested_filename == FILE_NAME
        assert STORY in await asyncio.to_thread((await file.path()).read_text, "utf-8")
        await visit.choose("copying", "back")
        assert STORY in await visit.sees()
        await copy.reload()
        assert "The copy is not open now" in await copy.inner_text("main")
        assert all(address.startswith(system.url) for address in visit.asked)


@needs_chromium
async def test_a_long_copy_is_printed_on_as_many_leaves_as_it_takes(stage: Stage) -> None:
    """What surrounds it on the screen is not printed, and no leaf begins or ends at the paper's edge."""
    story = Line("story", says("あったこと"), words="\n".join(f"{number} 架空の出張" for number in range(90)))
    stage.inlet.screen = view(ShowCopy(), copy=(story, *SUMMARY.lines[:2]))
    async with visiting(stage.url, language="ja-JP") as visit:
        await visit.open("")
        await visit.open("copy")
        with pikepdf.open(BytesIO(await visit.page.pdf(format="A4"))) as printed:
            assert len(printed.pages) == 3
        await visit.page.emulate_media(media="print")
        assert not await visit.page.locator(".before").is_visible()
        assert not await visit.page.locator(".top").is_visible()
        style = await visit.page.evaluate("getComputedStyle(document.querySelector('.copy')).boxDecorationBreak")
        assert style == "clone"
