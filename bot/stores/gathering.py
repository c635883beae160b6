"""Plain answers that go to Redis together: what comes while a write is under way leaves with the next.

A server that answers only once its disk has it takes as long for a round with one write in it as for one with fifty,
and holds up everything behind it meanwhile. So there is one write at a time, of all who wait. Each of them hears of
their own: one that lost the turn of its talk keeps no other back.
"""

import asyncio
from itertools import chain

from bot.stores.errors import StoreError
from bot.stores.layout import Value
from bot.stores.scripts import PLAIN
from bot.stores.server import RedisServer

#: Writes in one: some milliseconds of the server's time.
AT_ONCE = 64


_Waiting = tuple[tuple[Value, ...], asyncio.Future[bool]]


class Gathering:
    """Runs `lua/plain.lua` for many at once."""

    def __init__(self, server: RedisServer) -> None:
        self._server = server
        self._waiting: list[_Waiting] = []
        self._writing: asyncio.Task[None] | None = None

    def put(self, *values: Value) -> asyncio.Future[bool]:
        """Write; await what is returned: whether the turn was still held. It raises `StoreError`."""
        stored: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((values, stored))
        if self._writing is None:
            # It begins in the next turn of the loop, together with all who come in this one.
            self._writing = asyncio.create_task(self._write())
        return stored

    async def _write(self) -> None:
        try:
            while self._waiting:
                group, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
                # Whoever gave up meanwhile has let the turn go as well.
                await self._write_together([waiting for waiting in group if not waiting[1].done()])
        finally:
            self._writing = None

    async def _write_together(self, group: list[_Waiting]) -> None:
        try:
            answers = await self._server.run(PLAIN, *chain.from_iterable(values for values, _ in group))
        except StoreError as error:
            for _, stored in group:
                if not stored.done():
                    # One of its own for each: an exception that many raise gathers the traces of all.
                    stored.set_exception(type(error)(*error.args))
        else:
            for (_, stored), answer in zip(group, answers, strict=True):
                if not stored.done():
                    stored.set_result(bool(answer))
