"""A Telegram of a test's own: a server that others wrote, on a free port, gone afterwards.

What it lacks of the real one is in `telegram_peer.js`. Where node or the npm package is missing, tests are skipped.
"""

import asyncio
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from io import BytesIO
from subprocess import DEVNULL, PIPE
from typing import Any

import aiohttp
import pytest
from msgspec import Struct

from tests.support.repository import ROOT

PACKAGE = ROOT / "tests/support/node_modules/telegram-test-api"
TOKEN = "12345:made-up"
SECRET = "made-up_secret"

needs_telegram_peer = pytest.mark.skipif(
    not (PACKAGE.exists() and shutil.which("node")),
    reason="node or the npm package telegram-test-api is missing (make test installs it where npm is)",
)


class Shown(Struct, frozen=True):
    """A message as a person sees it."""

    id: int
    bot: bool
    text: str
    rows: list[list[dict[str, Any]]]
    entities: list[dict[str, Any]] = []
    protected: bool = False
    silent: bool = False


class TelegramPeer:
    """The server, and what tests ask of it."""

    def __init__(self, url: str, http: aiohttp.ClientSession) -> None:
        self.url = url
        self._http = http

    async def chat(self, chat_id: int) -> list[Shown]:
        """What stands in a chat, oldest first."""
        return [Shown(**each) for each in await self._get(f"/_control/chat/{chat_id}")]

    async def seen(self) -> dict[str, Any]:
        """What the bot has asked for: calls by name, answered taps, typing, groups left, menus, webhooks."""
        seen: dict[str, Any] = await self._get("/_control/seen")
        return seen

    async def until(self, holds: Callable[[dict[str, Any]], object], seconds: float = 10) -> dict[str, Any]:
        """Wait until something holds of what the bot has asked for."""
        until = asyncio.get_running_loop().time() + seconds
        while not holds(seen := await self.seen()):
            assert asyncio.get_running_loop().time() < until, "it did not come true in time"
            await asyncio.sleep(0.02)
        return seen

    async def hold(self, file_id: str, data: bytes) -> None:
        """Have a file that somebody sent."""
        async with self._http.post(f"{self.url}/_control/file/{file_id}", data=BytesIO(data)) as answer:
            assert answer.ok

    async def set(self, what: str, which: int) -> None:
        """`block` or `unblock` the bot in a chat, or let a message grow `old`."""
        await self.post(f"/_control/{what}/{which}", {})

    async def bring(self, update: Mapping[str, object]) -> int:
        """Let the server bring an update of any shape; return its number."""
        number: int = await self.post(f"/_control/update/{TOKEN}", update)
        return number

    async def post(self, path: str, body: Mapping[str, object]) -> Any:  # noqa: ANN401 - whatever it answers
        """Post to one of the server's entrances."""
        async with self._http.post(self.url + path, json=body) as answer:
            assert answer.ok
            return await answer.json()

    async def _get(self, path: str) -> Any:  # noqa: ANN401 - whatever it answers
        async with self._http.get(self.url + path) as answer:
            assert answer.ok
            return await answer.json()


@contextmanager
def telegram_server() -> Iterator[str]:
    """Run a server until the block is left, and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = ROOT / "tests/support/telegram_peer.js"
    with subprocess.Popen(
        ["node", program, str(port)], stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=program.parent
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


@asynccontextmanager
async def fresh_peer(url: str) -> AsyncIterator[TelegramPeer]:
    """Make a running server forget all that was, and talk to it until the block is left."""
    async with aiohttp.ClientSession() as http:
        peer = TelegramPeer(url, http)
        await peer.post("/_control/forget", {})
        yield peer
