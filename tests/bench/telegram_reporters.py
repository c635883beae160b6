"""Reporters on Telegram: they say a line or tap a button, and go on when the next question stands in their chat."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

import msgspec

from tests.bench.crowd import Pace
from tests.bench.script import ANSWERS
from tests.bench.servers import Server
from tests.bench.telegram_service import Call, Chat, Service
from tests.bench.wire import Connection, head

SECRET = "bench-secret"
#: Telegram tells a person's language, hence nobody is asked for it.
LINES = ("/start", *(line for line in ANSWERS if line != "日本語"))
#: Seconds after which a question that does not come is lost.
PATIENCE = 20.0

_HEADERS = f"Content-Type: application/json\r\nX-Telegram-Bot-Api-Secret-Token: {SECRET}"
_numbers = count(1)
_chats = count(10_000)


class Reporter:
    """One person and the chats that they have, one after the other."""

    def __init__(self, service: Service, connection: Connection) -> None:
        self._service = service
        self._connection = connection
        self._lines = self._said()
        self._chat_id = 0

    @property
    def chat(self) -> Chat:
        """What stands in the present chat."""
        return self._service.chats[self._chat_id]

    async def go_on(self) -> None:
        """Say the next line and wait for what is asked then. Raises `TimeoutError` when nothing is."""
        await self.do(self.update(next(self._lines)))

    async def do(self, update: dict[str, Any]) -> bytes:
        """Bring an update, wait for the next question, and return what the bot said to Telegram in its response."""
        self.chat.asked.clear()
        body = msgspec.json.encode({"update_id": next(_numbers), **update})
        said = await self._connection.ask(head("/hooks/telegram", _HEADERS, body) + body)
        async with asyncio.timeout(PATIENCE):
            await self.chat.asked.wait()
        return said

    def update(self, line: str) -> dict[str, Any]:
        """Make the update of a line: a tap where it is a number."""
        return self._tap(int(line) - 1) if line.isdecimal() else self._words(line)

    def begin(self) -> None:
        """Go to a chat in which nothing was said."""
        self._service.chats.pop(self._chat_id, None)
        self._chat_id = next(_chats)

    def _said(self) -> Iterator[str]:
        while True:
            self.begin()
            yield from LINES

    def _words(self, text: str) -> dict[str, Any]:
        return {"message": {"message_id": next(_numbers), "date": 1, "text": text, **self._who()}}

    def _tap(self, at: int) -> dict[str, Any]:
        message = {"message_id": self.chat.message_id, "date": 1, "text": "-", **self._who()}
        query = {"id": str(next(_numbers)), "chat_instance": "1", "data": self.chat.buttons[at], "message": message}
        return {"callback_query": query | {"from": self._who()["from"]}}

    def _who(self) -> dict[str, Any]:
        person = {"id": self._chat_id, "first_name": "R"}
        sender = {**person, "is_bot": False, "language_code": "ja"}
        return {"from": sender, "chat": {**person, "type": "private"}}


async def rehearse(service: Service, connection: Connection) -> list[list[Call]]:
    """Play the script once to its token: what was said to Telegram after each line. Raises `TimeoutError`, as ever."""
    reporter = Reporter(service, connection)
    reporter.begin()
    said: list[list[Call]] = []
    for line in (*LINES, "1"):
        before = len(reporter.chat.calls)
        response = await reporter.do(reporter.update(line))
        # Old buttons are taken away behind the question, and nobody is told when.
        await asyncio.sleep(0.1)
        answered: list[Call] = [("answerCallbackQuery", {})] if response else []
        said.append([*answered, *reporter.chat.calls[before:]])
    assert "copy_text" in str(said[-1]), "the script does not lead to a token"
    return said[:-1]


async def talk(server: Server, reporters: Sequence[Reporter], seconds: float) -> Pace:
    """Let all of them talk for so long."""
    done = count()
    began, spent, client = time.perf_counter(), server.cpu_seconds(), time.process_time()

    async def one(reporter: Reporter) -> None:
        while time.perf_counter() - began < seconds:
            await reporter.go_on()
            next(done)

    await asyncio.gather(*map(one, reporters))
    return Pace(
        messages=next(done),
        seconds=time.perf_counter() - began,
        server=server.cpu_seconds() - spent,
        client=time.process_time() - client,
    )
