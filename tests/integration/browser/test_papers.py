"""The token's sheet and the page about traces, as a browser prints and shows them."""

import asyncio
import shutil
import subprocess
from io import BytesIO

import pikepdf
import pytest

from bot.anonymity.references import read_token
from bot.conversation.effects import Say, ShowToken
from tests.integration.browser.conftest import Stage
from tests.support.browsers import needs_chromium, visiting
from tests.support.screens import TOKEN, says, view

#: The smallest leaf that fits a wallet, and what most printers hold.
LEAVES = ("A6", "A5", "A4", "Letter")


@needs_chromium
@pytest.mark.parametrize(("language", "locale"), [("ja", "ja-JP"), ("en", "en-GB")])
async def test_the_sheet_fits_one_side_of_any_leaf(stage: Stage, language: str, locale: str) -> None:
    """From A6 to A4, in both languages, in the dark colours too, with all that may stand on it."""
    words = read_token(TOKEN).words(language)
    stage.inlet.screen = view(ShowToken(), token=TOKEN, token_words=words, received_on="2026-11-22", language=language)
    async with visiting(stage.url, language=locale, scheme="dark") as visit:
        await visit.open()
        await visit.open("token")
        await visit.page.check("#dated")
        for leaf in LEAVES:
            with pikepdf.open(BytesIO(await visit.page.pdf(format=leaf))) as printed:
                assert len(printed.pages) == 1, leaf


@needs_chromium
@pytest.mark.parametrize("scripts", [False, True], ids=["no scripts", "scripts"])
async def test_the_sheet_is_reached_from_the_token_and_says_how_to_print(stage: Stage, *, scripts: bool) -> None:
    """In a window of its own, so that the talk stays; a button with scripts, words without; nothing asked elsewhere."""
    stage.inlet.screen = view(ShowToken(), token=TOKEN, language="en")
    async with visiting(stage.url, scripts=scripts) as visit:
        await visit.open()
        async with visit.context.expect_page() as opened:
            await visit.page.click(".token a")
        sheet = await opened.value
        # The driver switches scripts off in a window that it did not open only once the window is there.
        await sheet.reload()
        assert await sheet.inner_text(".token-words") == TOKEN
        assert await sheet.locator("[data-print]").is_visible() == scripts
        assert await sheet.locator("noscript p").is_visible() != scripts
        await sheet.emulate_media(media="print")
        assert not await sheet.locator(".top").is_visible()
        assert not await sheet.locator(".before").first.is_visible()
        assert all(address.startswith((stage.url, "data:image/png")) for address in visit.asked)
        assert all("?" not in address for address in visit.asked)


@needs_chromium
async def test_the_day_of_receipt_stands_on_the_sheet_only_if_it_is_ticked(stage: Stage) -> None:
    """By style alone: it works in a browser without scripts, and the server never learns of the wish."""
    stage.inlet.screen = view(ShowToken(), token=TOKEN, received_on="2026-11-22", language="en")
    async with visiting(stage.url) as visit:
        await visit.open()
        await visit.open("token")
        assert not await visit.page.locator(".dated").is_visible()
        await visit.page.check("#dated")
        await visit.page.emulate_media(media="print")
        assert "22 November 2026" in await visit.page.inner_text(".sheet .dated")
        assert [address for address in visit.asked if "token" in address] == [f"{stage.url}token"]


@needs_chromium
async def test_one_press_clears_the_cookie_without_a_script(stage: Stage) -> None:
    """Afterwards the page says so, and brings no cookie back."""
    stage.inlet.screen = view(Say(says("x")), language="en")
    async with visiting(stage.url) as visit:
        await visit.open()
        await visit.page.click("footer a[href='/traces']")
        await visit.page.click(".clearing button")
        assert "There is no cookie of this page here" in await visit.sees()
        assert await visit.context.cookies() == []


@pytest.mark.skipif(shutil.which("w3m") is None, reason="the Debian package w3m is not installed")
async def test_what_stays_reads_well_without_any_graphics(stage: Stage) -> None:
    """A text browser says it in a sensible order."""
    command = ["w3m", "-dump", "-o", "accept_language=en", stage.url + "traces"]
    finished = await asyncio.to_thread(subprocess.run, command, capture_output=True, check=True, timeout=20)
    shown = finished.stdout.decode().replace("\n", " ")
    places = [shown.index(words) for words in ("What stays", "One cookie", "Browsing history", "With us")]
    assert places == sorted(places)
