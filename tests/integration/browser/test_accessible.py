"""Every screen can be read, reached and touched: checked by axe, and by measuring, in both languages and colours."""

from typing import Any

import pytest
from playwright.async_api import FilePayload

from tests.support.browsers import DESKTOP, PHONE, Visit, needs_chromium, visiting
from tests.support.repository import ROOT
from tests.support.system import System

AXE_FILE = ROOT / "tests/support/node_modules/axe-core/axe.min.js"
AXE = AXE_FILE.read_text() if AXE_FILE.exists() else ""

pytestmark = [
    needs_chromium,
    pytest.mark.skipif(not AXE, reason="axe-core is not installed (make test installs it where npm is)"),
]

#: How each screen of a talk is left for the next one.
WALK = (
    ("choose", "menu=report"),
    ("choose", "exposure=go_on"),
    ("choose", "anonymity=named"),
    ("fill", "name"),
    ("choose", "relation=staff"),
    ("choose", "way=questions"),
    ("fill", "what"),
    ("press", "next"),
    ("press", "next"),
    ("press", "next"),
    ("file", ""),
    ("press", "next"),
    ("choose", "category=law"),
    ("choose", "desk=naibu"),
    ("press", "next"),
    ("choose", "explanation=show"),
    ("press", "danger"),
    ("choose", "summary=hand_over"),
    ("aside", "token"),
    ("aside", "traces"),
    ("choose", "saved=saved"),
    ("choose", "told=yes"),
    ("press", "language"),
    ("press", "back"),
    ("choose", "menu=token"),
)
PLAIN = ("danger", "about", "public/", "clouds", "nowhere", "token", "traces")
PHOTO: FilePayload = {"name": "a.png", "mimeType": "image/png", "buffer": b"x"}
#: WCAG 2.2 AA, and what axe's authors recommend besides.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALLEST_TARGET = 44
#: What a thumb must hit; a box to tick is hit by its whole line.
TARGETS = (
    "button:not(.unseen), input:not([type=hidden]):not(.tick input), textarea, header a, footer a, .tick, .calls a"
)


@pytest.mark.parametrize(
    ("language", "size", "scheme"),
    [("ja-JP", PHONE, "light"), ("en-GB", DESKTOP, "dark")],
)
async def test_every_screen_of_a_talk_is_accessible(
    system: System, language: str, size: tuple[int, int], scheme: str
) -> None:
    """No finding of axe, nothing wider than the screen, every target large enough for a thumb."""
    async with visiting(system.url, scripts=True, language=language, size=size, scheme=scheme) as visit:
        await visit.open()
        for kind, what in WALK:
            await check(visit)
            await step(visit, kind, what)
        await check(visit)
        for path in PLAIN:
            await visit.open(path)
            await check(visit)


async def step(visit: Visit, kind: str, what: str) -> None:
    """Leave a screen."""
    if kind == "choose":
        question, _, option = what.partition("=")
        await visit.choose(question, option)
        return
    if kind == "aside":
        await visit.open(what)
        await check(visit)
        await visit.open()
        return
    if kind == "fill":
        await visit.write(what, "x")
    if kind == "file":
        await visit.page.set_input_files("[name=file]", [PHOTO])
    await visit.press(what if kind == "press" else "next")


async def check(visit: Visit) -> None:
    """Check the screen that stands."""
    where = await visit.page.inner_text("h1")
    if not await visit.page.evaluate("typeof axe !== 'undefined'"):
        await visit.page.evaluate(AXE)
    found: dict[str, Any] = await visit.page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    told = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]]
    assert told == [], where
    assert await visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), where
    small = await visit.page.evaluate(
        """([targets, least]) => [...document.querySelectorAll(targets)]
            .filter(each => each.offsetParent && each.getBoundingClientRect().height < least)
            .map(each => each.outerHTML)""",
        [TARGETS, SMALLEST_TARGET],
    )
    assert small == [], where
