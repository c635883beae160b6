"""Asks Telegram for updates, where it cannot call us. An update is let go of only when it is stored.

Updates of one call are taken side by side; the next call asks from the first on that could not be stored, and those
behind it that were are passed over.
"""

import asyncio
import json
from urllib.parse import urlencode

import msgspec
import structlog
from msgspec import Struct
from telegram.error import TelegramError
from telegram.request import BaseRequest

from bot.channels.telegram.door import Door
from bot.channels.telegram.request import FloodedError
from bot.channels.telegram.updates import KINDS, Update, read_update

#: Seconds for which Telegram holds a call open while there is nothing.
HOLD = 25
#: Seconds before another call when one failed or something could not be stored.
AGAIN = 1.0

_log = structlog.get_logger()


class _Answer(Struct, frozen=True):
    result: list[msgspec.Raw]


class _Numbered(Struct, frozen=True):
    update_id: int


_read = msgspec.json.Decoder(_Answer).decode
_read_number = msgspec.json.Decoder(_Numbered).decode


class Polling:
    """Brings updates to the door, until it is cancelled. `url` is the method's address, with the bot's token in it."""

    def __init__(self, request: BaseRequest, url: str, door: Door) -> None:
        self._request = request
        self._url = url
        self._door = door
        self._offset = 0
        #: Stored updates behind one that is not.
        self._stored: set[int] = set()

    async def run(self) -> None:
        """Ask again and again."""
        while True:
            try:
                pause = 0.0 if await self._ask() else AGAIN
            except (TelegramError, msgspec.DecodeError) as fault:
                _log.warning("updates_not_fetched", error=type(fault).__name__)
                pause = fault.seconds if isinstance(fault, FloodedError) else AGAIN
            if pause:
                await asyncio.sleep(pause)

    async def _ask(self) -> bool:
        asked = urlencode({"offset": self._offset, "timeout": HOLD, "allowed_updates": json.dumps(KINDS)})
        answer = await self._request.retrieve(f"{self._url}?{asked}", read_timeout=HOLD + 10.0)
        taken = await asyncio.gather(*(self._take(bytes(raw)) for raw in _read(answer).result))
        self._stored |= {number for number, stored in taken if stored}
        missing = [number for number, stored in taken if not stored]
        known = [number for number, _ in taken]
        self._offset = min(missing) if missing else max(known, default=self._offset - 1) + 1
        self._stored = {number for number in self._stored if number > self._offset}
        return not missing

    async def _take(self, raw: bytes) -> tuple[int, bool]:
        update = read_update(raw)
        if update is None:
            _log.warning("update_not_understood")
            return _read_number(raw).update_id, True
        return update.update_id, update.update_id in self._stored or await self._is_stored(update)

    async def _is_stored(self, update: Update) -> bool:
        if update.tap:
            self._door.answer(update.tap)
        try:
            await self._door.take(update)
        except Exception:  # noqa: BLE001 - the door has logged its kind
            return False
        return True
