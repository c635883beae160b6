"""Asks Telegram for updates, where it cannot call us. An update is let go of only when it is stored.

Updates are taken side by side; the next call asks from the first on that is not stored yet, and those behind it that
are, or are under way, are passed over.
"""

import asyncio
import json
from urllib.parse import urlencode

import msgspec
import structlog
from msgspec import Struct
from telegram.request import BaseRequest

from bot.channels.telegram.door import Door
from bot.channels.telegram.request import FloodedError
from bot.channels.telegram.updates import KINDS, Update, converted, read_update

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
        self._under_way: dict[int, asyncio.Task[bool]] = {}

    async def run(self) -> None:
        """Ask again and again."""
        try:
            while True:
                if pause := await self._asked():
                    await asyncio.sleep(pause)
        finally:
            for task in self._under_way.values():
                task.cancel()

    async def _asked(self) -> float:
        """Ask once; return the seconds to wait before the next time."""
        asked = urlencode({"offset": self._offset, "timeout": HOLD, "allowed_updates": json.dumps(KINDS)})
        try:
            answer = await self._request.retrieve(f"{self._url}?{asked}", read_timeout=HOLD + 10.0)
            updates = _updates(answer)
        except Exception as fault:  # noqa: BLE001 - whatever some gateway answers, nobody else asks
            _log.warning("updates_not_fetched", error=type(fault).__name__)
            return fault.seconds if isinstance(fault, FloodedError) else AGAIN
        numbers = [self._begun(*each) for each in updates]
        went_well = await self._settled()
        missing = [number for number in numbers if number not in self._stored]
        self._offset = min(missing) if missing else max(numbers, default=self._offset - 1) + 1
        self._stored = {number for number in self._stored if number > self._offset}
        return 0.0 if went_well else AGAIN

    def _begun(self, number: int, update: Update | None) -> int:
        if update is None:
            _log.warning("update_not_understood")
            self._stored.add(number)
        elif number not in self._stored and number not in self._under_way:
            self._under_way[number] = asyncio.create_task(self._is_stored(update))
        return number

    async def _settled(self) -> bool:
        """Wait for what is under way, but not long: one talk that is slow must not hold up the others."""
        if not self._under_way:
            return True
        done, _ = await asyncio.wait(self._under_way.values(), timeout=AGAIN)
        ended = {number: task.result() for number, task in self._under_way.items() if task in done}
        for number, stored in ended.items():
            del self._under_way[number]
            if stored:
                self._stored.add(number)
        return all(ended.values())

    async def _is_stored(self, update: Update) -> bool:
        if update.tap:
            self._door.answer(update.tap)
        try:
            await self._door.take(update)
        except Exception:  # noqa: BLE001 - the door has logged its kind
            return False
        return True


def _updates(answer: bytes) -> list[tuple[int, Update | None]]:
    """Read the updates in an answer, each with its number. Raises anything for what is no such answer."""
    try:
        return [(_read_number(each).update_id, read_update(bytes(each))) for each in _read(answer).result]
    except (msgspec.DecodeError, UnicodeDecodeError):
        # Half a character in one of them must not hold up the others.
        values = json.loads(answer.decode("utf-8", "replace"))["result"]
        return [(int(value["update_id"]), converted(value)) for value in values]
