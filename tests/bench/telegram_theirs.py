"""What the Telegram channel is compared with: python-telegram-bot's own Application behind an aiohttp webhook.

It answers each update as the product once did: the same texts, the same buttons, the same calls. It decides nothing and
keeps nothing but how far a chat has come; transport, rate of calls and types are the library's own, as its guide to
custom webhooks has them.
"""

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, cast

import msgspec
import uvloop
from aiohttp import web
from telegram import Chat, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, MessageEntity, Update
from telegram.ext import Application, CallbackContext, CallbackQueryHandler, MessageHandler, filters

from madoguchi.serving import heed_signals, on_port, on_socket, silent_runner, until
from tests.bench.telegram_service import TOKEN, Call

Calls = list[list[Call]]
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Talk:
    """Says again what was said once."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        #: How far each chat has come, and the message with its buttons.
        self._at: dict[int, int] = {}
        self._keyboards: dict[int, int] = {}

    async def answer(self, update: Update, _context: "CallbackContext[Any, Any, Any, Any]") -> None:
        """Answer one update."""
        chat = cast("Chat", update.effective_chat)
        at = self._at.get(chat.id, 0)
        self._at[chat.id] = at + 1
        for method, given in self._calls[at]:
            await _DOES[method](self, update, given)

    async def tapped(self, update: Update, _given: dict[str, Any]) -> None:
        """End the waiting mark on a button."""
        if update.callback_query:
            await update.callback_query.answer()

    async def sent(self, update: Update, given: dict[str, Any]) -> None:
        """Send a message."""
        chat = cast("Chat", update.effective_chat)
        message = await chat.send_message(
            given["text"],
            entities=_entities(given),
            reply_markup=_markup(given),
            link_preview_options=_NO_PREVIEW,
        )
        self._keyboards[chat.id] = message.message_id

    async def edited(self, update: Update, given: dict[str, Any]) -> None:
        """Put a message in the place of another."""
        if update.callback_query:
            await update.callback_query.edit_message_text(
                given["text"],
                entities=_entities(given),
                reply_markup=_markup(given),
                link_preview_options=_NO_PREVIEW,
            )

    async def disarmed(self, update: Update, _given: dict[str, Any]) -> None:
        """Take the buttons off the message before."""
        chat = cast("Chat", update.effective_chat)
        await update.get_bot().edit_message_reply_markup(chat.id, self._keyboards.get(chat.id, 1))


_DOES: dict[str, Callable[[Talk, Update, dict[str, Any]], Awaitable[None]]] = {
    "answerCallbackQuery": Talk.tapped,
    "sendMessage": Talk.sent,
    "editMessageText": Talk.edited,
    "editMessageReplyMarkup": Talk.disarmed,
}


def _entities(given: dict[str, Any]) -> list[MessageEntity]:
    return [MessageEntity(each["type"], each["offset"], each["length"]) for each in given.get("entities") or ()]


def _markup(given: dict[str, Any]) -> InlineKeyboardMarkup | None:
    rows = (given.get("reply_markup") or {}).get("inline_keyboard")
    return InlineKeyboardMarkup([[InlineKeyboardButton(**button) for button in row] for row in rows]) if rows else None


async def serve(socket: Path, port: int, api: str, calls: Calls) -> None:
    """Answer updates on a port until a signal comes; the socket says that it is ready."""
    talk = Talk(calls)
    builder = Application.builder().token(TOKEN).base_url(f"{api}/bot").updater(None).concurrent_updates(True)
    application = builder.build()
    application.add_handler(CallbackQueryHandler(talk.answer))
    application.add_handler(MessageHandler(filters.TEXT, talk.answer))

    async def take(request: web.Request) -> web.Response:
        await application.update_queue.put(Update.de_json(await request.json(), application.bot))
        return web.Response()

    app = web.Application()
    app.router.add_post("/hooks/telegram", take)
    runner = silent_runner(app)
    await runner.setup()
    async with application:
        await application.start()
        await on_port(runner, "127.0.0.1", port, "")
        await on_socket(runner, socket)
        await until(heed_signals())
        await runner.cleanup()
        await application.stop()


if __name__ == "__main__":
    _, where, on, service, recorded = sys.argv
    uvloop.run(serve(Path(where), int(on), service, msgspec.msgpack.decode(Path(recorded).read_bytes(), type=Calls)))
