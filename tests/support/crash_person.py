"""Somebody at a terminal who does not mind that a side dies under them, and looks that no token is shown too early.

They wait by the clock and never by a number of tries: how often one can try in a second says how busy a machine is.
"""

import asyncio
import sqlite3
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp

from bot.channels.terminal import TalkAnswer
from tests.support.crashing import Side
from tests.support.terminal_reporter import TerminalReporter, asked


def found_in_file(path: Path, query: str) -> set[Any]:
    """The first column of what a query gives."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        return {value for (value,) in database.execute(query)}


def cases_in(folder: Path) -> int:
    """How many cases the case store holds."""
    return len(found_in_file(folder / "var/cases.db", "SELECT number FROM cases"))


class Patience:
    """How long somebody goes on who sees no change: ten times what it takes a slow machine that has much else to do."""

    def __init__(self, seconds: float = 60) -> None:
        self._until = asyncio.get_running_loop().time() + seconds

    def last(self, what: str) -> None:
        """Fail when there is none left, and say what never came."""
        assert asyncio.get_running_loop().time() < self._until, what


async def breathe() -> None:
    """Leave a side that died a moment to come back."""
    await asyncio.sleep(0.02)


class Person(TerminalReporter):
    """Somebody who sends the same line again when nobody answers, and does what the screen asks."""

    def __init__(self, folder: Path, address: str, token: str) -> None:
        super().__init__(folder / "var" / Side.BOT)
        self.address = address or self.address
        self.token = token
        self._folder = folder
        self._line = count(1)

    def next_id(self) -> str:
        """An id that no other chapter uses."""
        return f"{self._folder.name}-{next(self._line)}"

    async def raw(self, body: bytes) -> tuple[int, bytes]:
        """Send these bytes until they are answered."""
        status, answer = 503, b""
        while status == 503:
            try:
                status, answer = await super().raw(body)
            except (aiohttp.ClientError, OSError):
                await breathe()
        return status, answer

    async def post(self, fields: dict[str, Any]) -> TalkAnswer:
        """Send a request; a token on the screen means that there is a case."""
        screen = await super().post(fields)
        assert not screen.token or cases_in(self._folder) == 1, "a token was shown before its case was committed"
        return screen

    async def until(self, goal: str, **moves: str) -> None:
        """Type `/words`, show the token or choose, whatever stands behind each question, until `goal` is asked."""
        await self.look()
        patience = Patience()
        while (question := asked(self.screen)) != goal:
            patience.last(f"never came to {goal}: {self.text}")
            if question in ("waiting", "busy"):
                await breathe()
            move = {"token": self.token, "saved": "saved" if self.token else "show", **moves}[question]
            await (self.say(move) if move.startswith("/") or move == self.token else self.choose(move))

    async def opens(self) -> None:
        """Show the token until the inbox is open; an unsent reply comes up first."""
        await self.say(self.token)
        await self.until("inbox", reply="/back")

    async def switches(self, offer: str, option: str) -> None:
        """Choose an option of the inbox for as long as it is on offer."""
        while offer in self.text:
            await self.choose(option)
            await self.until("inbox", reply="/back")
