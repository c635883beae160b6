"""One connection to Redis for many who ask at once.

What is asked in one turn of the event loop goes out in one write, and each gets their own answer, in order: a fifth of
the cost of a write each. The connection and the parser are redis-py's. A link that broke is made again when somebody
next asks. Refuses to ask anything twice: after a break nobody knows what the server took, and whoever asked is told.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

import hiredis
import structlog
from redis.asyncio.connection import AbstractConnection
from redis.exceptions import MovedError, NoScriptError, ReadOnlyError, RedisError, ResponseError

from bot.stores.errors import StoreError, StoreUnavailableError

#: Seconds without any answer after which a link counts as broken.
STALLED = 10.0
#: Seconds for what is still to be said when the link is closed.
LAST_WORDS = 1.0

Value = bytes | str | int
#: Finds the server and greets it; raises `StoreError`.
Reach = Callable[[], Awaitable[AbstractConnection]]
_log = structlog.get_logger()


class Link:
    """Asks a server, many questions at a time."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self._gathered: list[tuple[bytes, asyncio.Future[Any]]] = []
        self._asked: deque[asyncio.Future[Any]] = deque()
        self._wake = asyncio.Event()
        self._life: asyncio.Task[None] | None = None
        self._answered = 0
        self._is_closed = False
        #: Whether the server could be reached when it was last needed.
        self.is_up = True
        #: How often the link broke.
        self.breaks = 0

    def ask(self, *command: Value) -> asyncio.Future[Any]:
        """Ask something; await what is returned. It raises `StoreError`, or `NoScriptError` for an unknown script.

        What is asked first is done first. Raises `TypeError` at once for what cannot be said to Redis.
        """
        answer = asyncio.get_running_loop().create_future()
        packed = hiredis.pack_command(command)  # type: ignore[arg-type]  # its stub wants a tuple of one
        if self._is_closed:
            answer.set_exception(StoreUnavailableError("closed"))
            return answer
        self._gathered.append((packed, answer))
        self._wake.set()
        if self._life is None:
            self._life = asyncio.create_task(self._live())
        return answer

    def tell(self, *command: Value) -> None:
        """Ask something whose answer nobody waits for."""
        self.ask(*command).add_done_callback(_unheeded)

    async def close(self) -> None:
        """Say what is still to be said, then let go of the server for good; whoever still waits is told so."""
        if self._life is not None:
            with contextlib.suppress(StoreError, TimeoutError):
                # A turn that was just given up would otherwise keep other processes waiting.
                await asyncio.wait_for(self.ask("PING"), LAST_WORDS)
        self._is_closed = True
        if self._life is not None:
            life = self._life
            life.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await life

    async def _live(self) -> None:
        """Reach the server and serve until the link breaks; the next who asks begins anew."""
        error: StoreError = StoreUnavailableError("closed")
        reached = False
        try:
            connection = await self._reach()
            reached = True
            try:
                self._found()
                await self._serve(connection)
            finally:
                await connection.disconnect(nowait=True)
        except* StoreError as several:
            error = _first(several)
        except* (RedisError, OSError, TimeoutError) as several:
            error = StoreUnavailableError(type(_first(several)).__name__)
        finally:
            self._break(error, reached=reached)

    async def _serve(self, connection: AbstractConnection) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self._write(connection))
            group.create_task(self._read(connection))
            group.create_task(self._watch())

    async def _write(self, connection: AbstractConnection) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            gathered, self._gathered = self._gathered, []
            said = [(packed, answer) for packed, answer in gathered if not answer.done()]
            self._asked.extend(answer for _, answer in said)
            if said:
                await connection.send_packed_command([packed for packed, _ in said], check_health=False)

    async def _read(self, connection: AbstractConnection) -> None:
        while True:
            try:
                reply = await connection.read_response(disable_decoding=True, disconnect_on_error=False)
            except ResponseError as refusal:
                self._refused(refusal)
            else:
                self._answered += 1
                answer = self._asked.popleft()
                if not answer.done():
                    answer.set_result(reply)

    def _refused(self, refusal: ResponseError) -> None:
        self._answered += 1
        answer = self._asked.popleft()
        # The message may quote what was asked: only its kind goes on.
        known = isinstance(refusal, NoScriptError)
        if not answer.done():
            answer.set_exception(refusal if known else StoreUnavailableError(type(refusal).__name__))
        if isinstance(refusal, ReadOnlyError | MovedError):
            # Another server has the say now.
            raise StoreUnavailableError(type(refusal).__name__)

    async def _watch(self) -> None:
        seen = -1
        while True:
            await asyncio.sleep(STALLED)
            if self._asked and seen == self._answered:
                raise StoreUnavailableError("stalled")
            seen = self._answered if self._asked else -1

    def _found(self) -> None:
        if not self.is_up:
            _log.info("store_reached")
        self.is_up = True

    def _break(self, error: StoreError, *, reached: bool) -> None:
        lost = [*self._asked]
        self._asked.clear()
        if self._is_closed or not reached:
            lost += [answer for _, answer in self._gathered]
            self._gathered.clear()
        if lost and self.is_up:
            _log.warning("store_lost", error=str(error))
        self.is_up = not lost
        self.breaks += 1
        # What was gathered since the break has not been said to anyone.
        self._life = asyncio.create_task(self._live()) if self._gathered else None
        for answer in lost:
            if not answer.done():
                # One of its own for each: an exception that many raise gathers the traces of all.
                answer.set_exception(type(error)(*error.args))


def _first(several: BaseExceptionGroup[Any]) -> Any:  # noqa: ANN401 - whichever the caller selected
    return next(inner if not isinstance(inner, BaseExceptionGroup) else _first(inner) for inner in several.exceptions)


def _unheeded(answer: asyncio.Future[Any]) -> None:
    # Read, so that the event loop does not report it as forgotten.
    if not answer.cancelled():
        answer.exception()
