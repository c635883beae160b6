"""Redis as the stores use it: scripts run at once, and writes that must be on the disk before anyone is told.

Two links at most. All goes over the first; where the server must be asked whether something is on its disk, what must
be there goes over the second, because that question holds up everything behind it.
"""

import asyncio
from typing import Any

import stamina
from redis.exceptions import NoScriptError

from bot.stores.errors import StoreUnavailableError
from bot.stores.layout import PREFIX
from bot.stores.link import Link, Value
from bot.stores.reaching import Promise, Reaching
from bot.stores.scripts import Script

#: Seconds to wait at the start for a server that comes up, or reads its log from the disk.
PATIENCE = 30.0
#: Milliseconds for the disk. With `appendfsync everysec` it takes one to two seconds.
FLUSHING = 8000


class RedisServer:
    """One server, for all that a process keeps there."""

    def __init__(self, url: str, password: str = "") -> None:
        self._reaching = Reaching(url, password)
        self._link = Link(self._reaching)
        self._slow_link = Link(self._reaching)
        self._flush = _Flush(self._slow_link)

    @property
    def is_up(self) -> bool:
        """Whether the server could be reached when it was last needed."""
        return self._link.is_up and self._slow_link.is_up

    async def open(self) -> None:
        """Reach the server, waiting a while for one that is starting. Raises `StoreError`."""
        async for attempt in stamina.retry_context(
            on=StoreUnavailableError, attempts=None, timeout=PATIENCE, wait_initial=0.1, wait_max=2.0
        ):
            with attempt:
                await self._link.ask("PING")

    async def close(self) -> None:
        """Let go of the server."""
        await self._link.close()
        await self._slow_link.close()

    def ask(self, *command: Value) -> asyncio.Future[Any]:
        """Ask one thing; await what is returned. Raises `StoreError`."""
        return self._link.ask(*command)

    def tell(self, script: Script, *values: Value) -> None:
        """Run a script whose answer nobody waits for."""
        self._link.tell("EVALSHA", script.digest, 1, PREFIX, *values)

    async def run(self, script: Script, *values: Value) -> Any:  # noqa: ANN401 - whatever the script returns
        """Run a script. Raises `StoreError`."""
        return await _run(self._link, script, values)

    async def run_durably(self, script: Script, *values: Value) -> Any:  # noqa: ANN401 - whatever the script returns
        """Run a script and return when what it wrote is on the disk. Raises `StoreError`."""
        if self._reaching.promise is Promise.ANSWERED:
            return await self.run(script, *values)
        breaks = self._slow_link.breaks
        returned = await _run(self._slow_link, script, values)
        await self._flush.done()
        if self._slow_link.breaks != breaks:
            # The server answers for what came over the connection on which it is asked, and for nothing else.
            raise StoreUnavailableError("broke off")
        return returned


async def _run(link: Link, script: Script, values: tuple[Value, ...]) -> Any:  # noqa: ANN401 - whatever the script returns
    try:
        return await link.ask("EVALSHA", script.digest, 1, PREFIX, *values)
    except NoScriptError:
        # Somebody emptied the server's cache of scripts; nothing was done.
        return await link.ask("EVAL", script.text, 1, PREFIX, *values)


class _Flush:
    """Asks whether what was written is on the disk: one question at a time, for all who came before it was put."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._next: asyncio.Future[None] | None = None
        self._is_asking = False

    async def done(self) -> None:
        waiting = self._next
        if waiting is None:
            waiting = self._next = asyncio.get_running_loop().create_future()
            if not self._is_asking:
                self._ask()
        await asyncio.shield(waiting)

    def _ask(self) -> None:
        waiting, self._next = self._next, None
        self._is_asking = waiting is not None
        if waiting is not None:
            question = self._link.ask("WAITAOF", 1, 0, FLUSHING)
            question.add_done_callback(lambda answer: self._answered(answer, waiting))

    def _answered(self, answer: asyncio.Future[Any], waiting: asyncio.Future[None]) -> None:
        error = answer.exception()
        if error is None and answer.result()[0] < 1:
            error = StoreUnavailableError("not on the disk in time")
        if error is None:
            waiting.set_result(None)
        else:
            waiting.set_exception(error)
            # Whoever was cancelled does not hear of it.
            waiting.exception()
        self._ask()
