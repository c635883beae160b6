"""A Slack workspace that others wrote: one organ's app, a reporter, a channel. Driven as people drive Slack.

It runs in the network of the test that starts it (`slack_network`), since it listens on every address it finds.
"""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from subprocess import DEVNULL
from typing import Any
from urllib.parse import parse_qs

import aiohttp
import pytest

from tests.support.repository import ROOT

PROGRAM = ROOT / "tests/support/node_modules/local-slack-linux-x64/bin/local-slack"
SECRET, TOKEN, TEAM = "0f1e2d3c4b5a69788796a5b4c3d2e1f0", "xoxb-000000000000-made-up", "T01TEST"
REPORTER, BOT, CHANNEL = "U01HANAKO", "U0DESK", "C01GENERAL"

needs_slack_peer = pytest.mark.skipif(not PROGRAM.exists(), reason="the npm package local-slack-linux-x64 is missing")

View = dict[str, Any]


class Peer:
    """The workspace. `stack` holds the windows that the reporter has open, the topmost last."""

    def __init__(self, url: str, http: aiohttp.ClientSession) -> None:
        self.url = url
        self._http = http
        self.stack: list[View] = []
        self.whispers: list[View] = []
        self._page: aiohttp.ClientWebSocketResponse | None = None
        self._changed = asyncio.Condition()

    @property
    def api(self) -> str:
        """Where the bot finds the Web API."""
        return f"{self.url}/api/"

    @property
    def window(self) -> View:
        """The window before the reporter's eyes."""
        return self.stack[-1]

    async def watch(self, page: aiohttp.ClientWebSocketResponse) -> None:
        """Follow what the workspace shows, as its page does."""
        self._page = page
        async for message in page:
            told = json.loads(message.data)
            async with self._changed:
                self.stack = told.get("stack", self.stack)
                said = told.get("message", {})
                self.whispers += [said] if said.get("subtype") == "ephemeral" else []
                self._changed.notify_all()

    async def type(self, text: str, channel: str = CHANNEL) -> None:
        """Type into a channel."""
        await self._control("message", {"channel": channel, "user": REPORTER, "text": text})

    async def command(self, text: str = "") -> None:
        """Use `/report`."""
        asked = {"channel": CHANNEL, "user": REPORTER, "command": "/report", "text": text}
        await self._control("command", asked)

    async def upload(self, name: str, data: bytes, kind: str) -> View:
        """Put up a file as the form's file field does, and return what Slack says of it."""
        form = aiohttp.FormData({"channel": CHANNEL, "user": REPORTER}, quote_fields=False)
        form.add_field("file", BytesIO(data), filename=name, content_type=kind)
        async with self._http.post(f"{self.url}/_control/upload", data=form) as answer:
            told = await answer.json()
        found: View = told["message"]["files"][0]
        return found

    async def submit(self, values: Mapping[str, Mapping[str, View]]) -> None:
        """Press the form's own button, and wait until something else is shown."""
        assert self._page is not None
        await self.until_changed(
            self._page.send_json({"t": "view_submit", "user": REPORTER, "values": values}), self.window["id"]
        )

    async def messages(self, channel: str = CHANNEL) -> list[View]:
        """Read a channel, with what is whispered there."""
        async with self._http.get(f"{self.url}/_control/messages/{channel}") as answer:
            found: list[View] = (await answer.json())["messages"]
            return found

    async def whispered(self, count: int, seconds: float = 10) -> list[View]:
        """Wait until so many things were whispered; return them."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: len(self.whispers) >= count)
        return self.whispers

    async def calls(self) -> list[View]:
        """Read what passed between workspace and bot."""
        async with self._http.get(f"{self.url}/_control/log") as answer:
            found: list[View] = (await answer.json())["log"]
            return found

    async def triggers(self) -> list[str]:
        """The triggers of the commands that were used; they open windows for a while."""
        commands = [parse_qs(call["detail"]) for call in await self.calls() if call["summary"].startswith("POST")]
        return [found for each in commands for found in each.get("trigger_id", [])]

    async def shows(self, words: str, seconds: float = 10) -> View:
        """Wait until these words stand in the window."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: self.stack and words in json.dumps(self.window, ensure_ascii=False))
        return self.window

    async def until_changed(self, act: Awaitable[object], before: str, seconds: float = 10) -> None:
        """Do something, and wait until another window than `before` is shown."""
        async with asyncio.timeout(seconds):
            await act
            async with self._changed:
                await self._changed.wait_for(lambda: not self.stack or self.window["id"] != before)

    async def _control(self, act: str, asked: Mapping[str, str]) -> None:
        async with self._http.post(f"{self.url}/_control/{act}", json=asked) as answer:
            assert answer.status == 200, await answer.text()


@asynccontextmanager
async def workspace(folder: Path, port: int, hook: str) -> AsyncIterator[Peer]:
    """Run a workspace on a port; what happens in it is sent to `hook`."""
    settings = folder / "slack.json"
    settings.write_text(json.dumps(_settings(hook)))
    command = [str(PROGRAM), "--config", str(settings), "--port", str(port), "--base-host", "127.0.0.1"]
    command += ["--files-dir", str(folder / "files")]
    running = await asyncio.create_subprocess_exec(*command, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL)
    try:
        async with aiohttp.ClientSession() as http:
            peer = Peer(f"http://127.0.0.1:{port}", http)
            async with await _page(http, f"{peer.url}/ui") as page:
                watching = asyncio.create_task(peer.watch(page))
                yield peer
                watching.cancel()
    finally:
        running.kill()
        await running.wait()


async def _page(http: aiohttp.ClientSession, url: str) -> aiohttp.ClientWebSocketResponse:
    """Open the workspace's page as soon as it answers."""
    async with asyncio.timeout(20):
        while True:
            try:
                return await http.ws_connect(url)
            except aiohttp.ClientConnectorError:
                await asyncio.sleep(0.02)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _settings(hook: str) -> View:
    return {
        "workspace": {"name": "Ministry of Examples", "domain": "examples", "teamId": TEAM},
        "apps": [
            {
                "appId": "A01DESK",
                "botUserId": BOT,
                "botName": "madoguchi",
                "botToken": TOKEN,
                "signingSecret": SECRET,
                "mode": "events",
                "requestUrl": hook,
            }
        ],
        "users": [{"id": REPORTER, "name": "hanako"}, {"id": BOT, "name": "madoguchi", "is_bot": True}],
        "channels": [{"id": CHANNEL, "name": "general", "members": [REPORTER, BOT]}],
    }
