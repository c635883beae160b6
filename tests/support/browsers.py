"""A real Chromium that visits the page as a person does, with or without scripts, and notes whatever it asks for."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from msgspec import Struct
from playwright.async_api import BrowserContext, Page, async_playwright

CHROMIUM = shutil.which("chromium")
#: No sandbox, as tests may run as root; the rest keeps the browser from calling home.
ARGUMENTS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update"]
PHONE = (360, 740)
DESKTOP = (1280, 800)

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="the Debian package chromium is not installed")


class Visit(Struct):
    """One person at the page. `asked` holds the address of every request that the browser made."""

    context: BrowserContext
    page: Page
    url: str
    asked: list[str]

    async def open(self, path: str = "") -> None:
        """Go to a page of the service."""
        await self.page.goto(self.url + path)

    async def choose(self, question: str, option: str) -> None:
        """Tap an option."""
        await self.page.click(f'button[name=chose][value="{question}={option}"]')
        await self.sent()

    async def press(self, button: str) -> None:
        """Press a button that people see, by what it sends."""
        await self.page.click(f"button[name=then][value={button}]:not(.unseen)")
        await self.sent()

    async def sent(self) -> None:
        """Wait until the answer is there: a script sends files without leaving the page."""
        await self.page.wait_for_selector("form.on-its-way", state="detached")

    async def write(self, question: str, words: str) -> None:
        """Fill a field."""
        await self.page.fill(f'[name="one.{question}"]', words)

    async def written(self, question: str) -> str:
        """Read a field."""
        return await self.page.input_value(f'[name="one.{question}"]')

    async def sees(self) -> str:
        """Read the page's main part."""
        return await self.page.inner_text("main")

    async def token(self) -> str:
        """Read the token off the page."""
        return await self.page.inner_text(".token-words")


@asynccontextmanager
async def visiting(
    url: str,
    *,
    scripts: bool = False,
    language: str = "en-GB",
    size: tuple[int, int] = PHONE,
    scheme: str = "light",
) -> AsyncIterator[Visit]:
    """Open a browser; `url` ends with a slash."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = await browser.new_context(
            java_script_enabled=scripts,
            locale=language,
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url))
        try:
            yield Visit(context, await context.new_page(), url, asked)
        finally:
            await browser.close()
