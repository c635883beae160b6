"""The calls that a chat needs, in our own words: a message out, another in its place, its buttons away, it deleted.

python-telegram-bot speaks to the service; here its errors get their meaning for a screen. A short wait that the service
asks for is waited out on the spot.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from telegram import (
    Bot,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
)
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TelegramError, TimedOut

from bot.channels.telegram.keyboard import Rows
from bot.channels.telegram.messages import Message
from bot.channels.telegram.request import FloodedError, NotReachedError
from bot.ports.channel import ChannelError, ClosedError, NotSentError, Standing, UnclearError

#: Seconds that are waited on the spot when the service asks for it.
SHORT_WAIT = 2.0
#: Seconds until another try, by the first kind that fits; long where only an operator can mend it. None: nobody knows
#: whether it arrived.
_AGAIN: tuple[tuple[type[TelegramError], float | None], ...] = (
    (NotReachedError, 1.0),
    (TimedOut, None),
    (BadRequest, 60.0),
    (InvalidToken, 60.0),
    (NetworkError, 5.0),
)

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_SAME = "not modified"
#: What the service says of chats that will never take a message again, where it does not say 403.
_GONE = ("chat not found", "deactivated", "peer_id_invalid", "user not found")


Given = TypeVar("Given")


class Calls:
    """Calls about one chat at a time; addresses are ids of chats."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, address: str, message: Message, *, silent: bool) -> int:
        """Send a message and return its id. Marks that the service does not take are left out. Raises its errors."""
        try:
            return await _patiently(lambda: self._send(address, message, message.marks, silent=silent))
        except BadRequest:
            if not message.marks:
                raise
            return await _patiently(lambda: self._send(address, message, (), silent=silent))

    async def _send(self, address: str, message: Message, marks: Sequence[object], *, silent: bool) -> int:
        sent = await self._bot.send_message(
            int(address),
            message.text,
            entities=_entities(message) if marks else None,
            reply_markup=_markup(message.rows),
            link_preview_options=_NO_PREVIEW,
            protect_content=message.protected or None,
            disable_notification=silent or None,
        )
        return sent.message_id

    async def edit(self, address: str, message_id: int, message: Message) -> bool:
        """Put a message in another's place; False where that one cannot be changed. Safe to repeat."""
        try:
            await _patiently(
                lambda: self._bot.edit_message_text(
                    message.text,
                    int(address),
                    message_id,
                    entities=_entities(message),
                    reply_markup=_markup(message.rows),
                    link_preview_options=_NO_PREVIEW,
                )
            )
        except BadRequest as refused:
            return _SAME in refused.message.lower()
        return True

    async def disarm(self, address: str, message_id: int) -> None:
        """Take the buttons off an old message, if it goes: a tap on them would only be told to be late."""
        with contextlib.suppress(TelegramError):
            await self._bot.edit_message_reply_markup(int(address), message_id, reply_markup=None)

    async def delete(self, address: str, message_ids: Sequence[int]) -> bool:
        """Delete at most 100 messages; False where the service refuses. Raises when it cannot be reached."""
        try:
            return await _patiently(lambda: self._bot.delete_messages(int(address), message_ids))
        except BadRequest:
            return False

    async def type(self, address: str) -> None:
        """Show that something is under way; a failure is of no consequence."""
        with contextlib.suppress(TelegramError):
            await self._bot.send_chat_action(int(address), ChatAction.TYPING)

    async def tell(self, address: str, words: str) -> None:
        """Say something that no talk knows of, without a sound; a failure is of no consequence."""
        with contextlib.suppress(TelegramError):
            await self.send(address, Message(text=words), silent=True)

    async def answer(self, tap: str) -> None:
        """End the waiting mark on a button; a tap that is too old needs no answer any more."""
        with contextlib.suppress(TelegramError):
            await self._bot.answer_callback_query(tap)

    async def leave(self, chat_id: int, words: str) -> None:
        """Say something in a group, if it may be said, and leave it."""
        with contextlib.suppress(TelegramError):
            await self._bot.send_message(chat_id, words, link_preview_options=_NO_PREVIEW)
        with contextlib.suppress(TelegramError):
            await self._bot.leave_chat(chat_id)


def meaning(fault: TelegramError, standing: Standing) -> ChannelError:
    """Say what a failed send means for the screen that was being shown."""
    refused = isinstance(fault, BadRequest) and any(gone in fault.message.lower() for gone in _GONE)
    if refused or isinstance(fault, Forbidden):
        return ClosedError(standing)
    if isinstance(fault, FloodedError):
        return NotSentError(standing, fault.seconds)
    seconds = next((seconds for kind, seconds in _AGAIN if isinstance(fault, kind)), None)
    return UnclearError(standing) if seconds is None else NotSentError(standing, seconds)


async def _patiently(call: Callable[[], Awaitable[Given]]) -> Given:
    try:
        return await call()
    except FloodedError as flooded:
        if flooded.seconds > SHORT_WAIT:
            raise
        await asyncio.sleep(flooded.seconds)
        return await call()


def _entities(message: Message) -> list[MessageEntity]:
    return [MessageEntity(mark.style, mark.offset, mark.length) for mark in message.marks]


def _markup(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup([
        [
            InlineKeyboardButton(key.words, copy_text=CopyTextButton(key.copies))
            if key.copies
            else InlineKeyboardButton(key.words, callback_data=key.data)
            for key in row
        ]
        for row in rows
    ])  # fmt: skip
