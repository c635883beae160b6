"""Somebody who turns to the desk, at a terminal or in a real browser: what people can do is played both ways.

Both read the questions off the screen and answer them by name (the name under which a question's words stand), one
after the other; what they have no answer to they skip. A list answers a question that comes again, time by time.
"""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Protocol

from playwright.async_api import FilePayload

from bot.conversation.forms import load_forms
from tests.support.browsers import Visit, visiting
from tests.support.system import System
from tests.support.terminal_reporter import TerminalReporter, asked

Answers = Mapping[str, str | list[str]]

#: Which names the words of a question may stand under, by its id on the page.
_WORDINGS: dict[str, list[str]] = {}
for _form in load_forms().values():
    for _, _question in _form.questions():
        _WORDINGS.setdefault(_question.id, []).append(_question.wording)

#: What a person picks who only wants to get on.
_ONWARD = {"language": "en", "exposure": "go_on", "way": "own"}
_MOST = 150


class Person(Protocol):
    """What both can do."""

    @property
    def token(self) -> str:
        """The token that was shown last."""

    async def begin(self) -> None:
        """Come to the first screen, in English."""

    async def tap(self, option: str) -> None:
        """Choose an option of the question that is put."""

    async def order(self, command: str) -> None:
        """Use a command that works everywhere."""

    async def say(self, words: str) -> None:
        """Answer in words, or write where nothing is asked."""

    async def sends(self, words: str) -> None:
        """Write to the desk and send it."""

    async def attach(self, name: str, data: bytes) -> None:
        """Hand over a file where files are asked for."""

    async def walk(self, answers: Answers, until: str = "summary") -> None:
        """Answer what is asked, skip what has no answer, until the given question is put."""

    async def hands_over(self) -> str:
        """Hand over what the summary shows, and return the token once it is noted down and this is said."""

    async def comes_back(self, token: str) -> None:
        """Show a token."""

    async def sees(self) -> str:
        """All that stands on the screen."""


class AtTerminal:
    """Somebody at a terminal."""

    def __init__(self, screen: TerminalReporter) -> None:
        self.screen = screen

    @property
    def token(self) -> str:
        """The token that was shown last."""
        return self.screen.token

    async def begin(self) -> None:
        """Come to the first screen, in English."""
        await self.screen.look()
        if asked(self.screen.screen) == "language":
            await self.screen.choose("en")

    async def tap(self, option: str) -> None:
        """Choose an option of the question that is put."""
        await self.screen.choose(option)

    async def order(self, command: str) -> None:
        """Use a command that works everywhere."""
        await self.screen.say(f"/{command}")

    async def say(self, words: str) -> None:
        """Answer in words, or write where nothing is asked."""
        await self.screen.say(words)

    async def sends(self, words: str) -> None:
        """Write to the desk and send it."""
        await self.screen.choose("reply")
        await self.screen.say(words)
        await self.screen.say("/done")

    async def attach(self, name: str, data: bytes) -> None:
        """Hand over a file where files are asked for."""
        await self.screen.attach(name, data)
        await self.screen.say("/done")

    async def walk(self, answers: Answers, until: str = "summary") -> None:
        """Answer what is asked, skip what has no answer, until the given question is put."""
        left = {name: list(each) if isinstance(each, list) else each for name, each in answers.items()}
        await self.screen.walk(left, until)

    async def hands_over(self) -> str:
        """Hand over what the summary shows, and return the token."""
        await self.screen.choose("hand_over")
        token = self.token
        await self.screen.choose("saved")
        if asked(self.screen.screen) == "told":
            await self.screen.choose("no")
        return token

    async def comes_back(self, token: str) -> None:
        """Show a token."""
        await self.begin()
        await self.screen.come_back(token)

    async def sees(self) -> str:
        """All that stands on the screen."""
        return self.screen.text


class InBrowser:
    """Somebody with a phone, in Chromium."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self._token = ""

    @property
    def token(self) -> str:
        """The token that was shown last."""
        return self._token

    async def begin(self) -> None:
        """Come to the first screen; the browser says that it prefers English."""
        await self.visit.open()

    async def tap(self, option: str) -> None:
        """Choose an option of the question that is put."""
        await self.visit.page.click(f'#talk button[name=chose][value$="={option}"] >> nth=0')
        await self._arrived()

    async def order(self, command: str) -> None:
        """Use a command that works everywhere: by its button, where it has one here, else by writing it."""
        button = self.visit.page.locator(f"button[name=then][value={command}]:not(.unseen)")
        if await button.count():
            await button.first.click()
            await self._arrived()
        else:
            await self.say(f"/{command}")

    async def say(self, words: str) -> None:
        """Answer in words, or write where nothing is asked."""
        field = self.visit.page.locator("#talk textarea, #talk input[type=text]").first
        await field.fill(words)
        await self._onward()

    async def sends(self, words: str) -> None:
        """Write to the desk and send it."""
        await self.tap("reply")
        await self.visit.write("reply", words)
        await self.visit.press("done")
        await self._arrived()

    async def attach(self, name: str, data: bytes) -> None:
        """Hand over a file where files are asked for."""
        await self.visit.page.set_input_files("[name=file]", [FilePayload(name=name, mimeType="", buffer=data)])
        await self._onward()

    async def walk(self, answers: Answers, until: str = "summary") -> None:
        """Answer page after page, pass over what has no answer, until the given question is put."""
        left = {name: list(each) if isinstance(each, list) else [each] for name, each in answers.items()}
        for _ in range(_MOST):
            here = await self._questions()
            if until in here:
                return
            await self._page(here, left)
        raise AssertionError(f"never came to {until}, stands at {await self._questions()}: {await self.sees()}")

    async def hands_over(self) -> str:
        """Hand over what the summary shows, and return the token."""
        await self.tap("hand_over")
        token = self.token
        await self.tap("saved")
        if "told" in await self._questions():
            await self.tap("no")
        return token

    async def comes_back(self, token: str) -> None:
        """Show a token."""
        await self.begin()
        await self.tap("token")
        await self.visit.write("token", token)
        await self._onward()

    async def sees(self) -> str:
        """All that stands on the page."""
        return await self.visit.sees()

    async def _questions(self) -> list[str]:
        """The questions on the page, by their ids."""
        names = await self.visit.page.eval_on_selector_all(
            "#talk [name]",
            "all => all.map(each => each.name == 'chose' ? 'chose.' + each.value.split('=')[0] : each.name)",
        )
        asked_here = [
            str(name).partition(".")[2] for name in names if str(name).startswith(("one.", "many.", "chose."))
        ]
        files = ["files"] if "file" in names else []
        return list(dict.fromkeys([*asked_here, *files]))

    async def _page(self, here: list[str], left: dict[str, list[str]]) -> None:
        page, chosen = self.visit.page, False
        for question in here:
            answer = _answer(question, left)
            button = page.locator(f'#talk button[name=chose][value="{question}={answer}"]')
            if answer and await button.count():
                await button.click()
                chosen = True
                break
            for each in _ticked(question, answer, left):
                field = page.locator(
                    f'#talk [name="one.{question}"], #talk [name="many.{question}"]:not([type=hidden])'
                )
                if await field.first.get_attribute("type") in ("radio", "checkbox"):
                    await page.check(f'#talk [name$=".{question}"][value="{each}"]')
                else:
                    await field.first.fill(each)
        if chosen:
            await self._arrived()
        else:
            await self._onward()

    async def _onward(self) -> None:
        for then in ("next", "done", "skip"):
            button = self.visit.page.locator(f"#talk button[name=then][value={then}]:not(.unseen)")
            if await button.count():
                await button.first.click()
                break
        else:
            raise AssertionError(f"no way on: {await self.sees()}")
        await self._arrived()

    async def _arrived(self) -> None:
        await self.visit.sent()
        token = self.visit.page.locator(".token-words")
        if await token.count():
            self._token = await token.inner_text()


def _answer(question: str, left: dict[str, list[str]]) -> str:
    """Take the next answer to a question, by any name that its words may have."""
    base = re.sub(r"\.\d+$", "", question)
    for name in (question, base, *_WORDINGS.get(base, ())):
        if left.get(name):
            return left[name].pop(0)
    return _ONWARD.get(base, "")


def _ticked(question: str, answer: str, left: dict[str, list[str]]) -> list[str]:
    """All answers of a list; one of anything else; none where there is nothing to say."""
    kinds = {each.kind for form in load_forms().values() for _, each in form.questions() if each.id == question}
    more = left.pop(question, []) if kinds == {"many"} else []
    return [each for each in (answer, *more) if each]


WAYS = ("terminal", "browser")


@asynccontextmanager
async def turning(way: str, system: System) -> AsyncIterator[Person]:
    """Somebody who has not said anything yet."""
    async with AsyncExitStack() as opened:
        if way == "terminal":
            yield AtTerminal(TerminalReporter(system.talk_socket))
        else:
            yield InBrowser(await opened.enter_async_context(visiting(system.url)))
