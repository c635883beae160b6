"""Stands for Telegram at the end of both bots: takes every call, numbers messages, and remembers what a chat shows.

It lives in the benchmark's own process, so that only the bot's processor time counts. Refuses nothing and checks
nothing: whether a bot speaks Telegram's language is for the tests to ask.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import msgspec
from aiohttp import web

TOKEN = "1:bench"
_ME = {"id": 1, "is_bot": True, "first_name": "Desk", "username": "BenchDeskBot"}
_SENDS = {"sendMessage", "editMessageText"}

Call = tuple[str, dict[str, Any]]


class Chat:
    """What stands in one chat."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        #: Id of the newest message with buttons, and what they send back; empty for one that only copies.
        self.message_id = 0
        self.buttons: list[str] = []
        self.asked = asyncio.Event()

    def note(self, method: str, given: dict[str, Any], message_id: int) -> None:
        """Note a call; a message with buttons is what its person was waiting for."""
        self.calls.append((method, given))
        rows = (given.get("reply_markup") or {}).get("inline_keyboard", [])
        if method in _SENDS and rows:
            self.message_id = message_id
            self.buttons = [button.get("callback_data", "") for row in rows for button in row]
            self.asked.set()


class Service:
    """All chats of one bot, and its methods as a bot calls them."""

    def __init__(self) -> None:
        self.chats: defaultdict[int, Chat] = defaultdict(Chat)
        self.calls = 0
        self.called = asyncio.Event()
        self.url = ""
        self._ids = count(1)

    async def answer(self, request: web.Request) -> web.Response:
        """Take one call."""
        method, given = request.match_info["method"], await _read(request)
        self.calls += 1
        if method == "setWebhook":
            self.called.set()
        return web.Response(body=_answered(self._done(method, given)), content_type="application/json")

    def _done(self, method: str, given: dict[str, Any]) -> object:
        if method == "getMe":
            return _ME
        if "chat_id" not in given:
            return True
        chat_id = int(given["chat_id"])
        message_id = int(given.get("message_id") or next(self._ids))
        self.chats[chat_id].note(method, given, message_id)
        is_message = method in {*_SENDS, "editMessageReplyMarkup"}
        return _message(chat_id, message_id, given) if is_message else True


@asynccontextmanager
async def serving() -> AsyncIterator[Service]:
    """Serve on a free port of this machine."""
    service = Service()
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", service.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        service.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield service
    finally:
        await runner.cleanup()


async def _read(request: web.Request) -> dict[str, Any]:
    """Read parameters as either library sends them: JSON, or a form whose nested values are JSON."""
    if request.content_type == "application/json":
        return {name: _plain(value) for name, value in msgspec.json.decode(await request.read()).items()}
    return {name: _plain(value) for name, value in (await request.post()).items()}


def _plain(value: object) -> object:
    if isinstance(value, str) and value[:1] in {"{", "["}:
        return msgspec.json.decode(value)
    return value


def _message(chat_id: int, message_id: int, given: Mapping[str, Any]) -> dict[str, Any]:
    chat = {"id": chat_id, "type": "private", "first_name": "R"}
    message = {"message_id": message_id, "date": 1, "chat": chat, "from": _ME, "text": given.get("text") or "-"}
    return message | {name: given[name] for name in ("entities", "reply_markup") if given.get(name)}


def _answered(result: object) -> bytes:
    return msgspec.json.encode({"ok": True, "result": result})
