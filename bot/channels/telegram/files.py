"""Fetches what people send from Telegram's servers, into memory only.

A file that is too large or does not come is an event of the talk, never an exception: the person is told, and the words
beside it are kept. Only a failing store stops a file, so that Telegram brings it again.
"""

import asyncio

from telegram import Bot
from telegram.error import BadRequest, TelegramError
from telegram.request import BaseRequest

from bot.channels.telegram.updates import GivenFile
from bot.conversation.events import Attached, AttachFailed, Event
from bot.ports.talking import Inlet

#: MiB that a bot may fetch (core.telegram.org/bots/api, getFile).
MOST_MIB = 20
#: Seconds that a file may take to arrive.
PATIENCE = 60.0
TRIES = 2
#: Seconds between two tries.
PAUSE = 1.0
#: Files that are fetched at once: each lies in memory until it is sealed.
AT_ONCE = 4

_MIB = 2**20
_TOO_BIG = "too big"


class Files:
    """Brings files from Telegram to the inlet."""

    def __init__(self, bot: Bot, request: BaseRequest, channel: str, max_file_mib: int) -> None:
        self._bot = bot
        self._request = request
        self._channel = channel
        self._limit = min(max_file_mib, MOST_MIB)
        self._at_once = asyncio.Semaphore(AT_ONCE)

    async def bring(self, inlet: Inlet, address: str, file: GivenFile) -> Event:
        """Fetch a file, have it sealed, and say what became of it. Raises only what the inlet raises."""
        if file.size > self._limit * _MIB:
            return self._too_large()
        async with self._at_once:
            try:
                data = await self._fetched(file.file_id)
            except BadRequest as refused:
                return self._too_large() if _TOO_BIG in refused.message.lower() else AttachFailed("failed")
            except TelegramError:
                return AttachFailed("failed")
            if len(data) > self._limit * _MIB:
                return self._too_large()
            return Attached(await inlet.keep_file(self._channel, address, file.name, file.media_type, data))

    def _too_large(self) -> Event:
        return AttachFailed("too_large", self._limit)

    async def _fetched(self, file_id: str) -> bytes:
        for _ in range(TRIES - 1):
            try:
                return await self._once(file_id)
            except BadRequest:
                raise
            except TelegramError:
                await asyncio.sleep(PAUSE)
        return await self._once(file_id)

    async def _once(self, file_id: str) -> bytes:
        found = await self._bot.get_file(file_id)
        return await self._request.retrieve(found.file_path or "", read_timeout=PATIENCE)
