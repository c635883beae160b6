"""Telegram's calls to us: `POST /hooks/telegram`, believed only with the secret, answered once everything is stored.

What is no update is refused, what is none of ours is thanked for; when nothing can be stored the answer is 503, and
Telegram comes again. A tapped button is answered in the response itself, which saves a call.
"""

import hmac

import structlog
from aiohttp import web

from bot.channels.telegram.door import Door
from bot.channels.telegram.updates import read_update

#: Below the bot's own address; Telegram is told it at start.
PATH = "/hooks/telegram"
#: Updates hold words and ids, no files: 4,096 characters and some entities are far below this.
LARGEST = 2**20

_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_log = structlog.get_logger()


class Webhook:
    """Answers Telegram. Before `door` is set, everything is answered 503."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self.door: Door | None = None

    async def answer(self, request: web.Request) -> web.Response:
        """Take one update."""
        given = request.headers.get(_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=403)
        body = await _body(request)
        if body is None:
            return web.Response(status=413)
        if self.door is None:
            return web.Response(status=503)
        return await self._taken(self.door, body)

    @staticmethod
    async def _taken(door: Door, body: bytes) -> web.Response:
        try:
            update = read_update(body)
        except ValueError:
            return web.Response(status=400)
        if update is None:
            _log.warning("update_not_understood")
            return web.Response()
        try:
            await door.take(update)
        except Exception:  # noqa: BLE001 - the door has logged its kind
            return web.Response(status=503)
        if update.tap:
            return web.json_response({"method": "answerCallbackQuery", "callback_query_id": update.tap})
        return web.Response()


async def _body(request: web.Request) -> bytes | None:
    """Read the body; None as soon as it is larger than any update."""
    if (request.content_length or 0) > LARGEST:
        return None
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > LARGEST:
            return None
    return bytes(body)
