"""Takes updates, however they came, to the inlet: one talk at a time in the order of arrival, each update once.

An update counts as taken when everything in it is stored; showing what follows goes on behind that. What fails before
raises, so that Telegram brings it again. Only kinds of errors are logged.
"""

import asyncio
import math
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import structlog
from msgspec import Struct

from bot.channels.telegram.calls import Calls
from bot.channels.telegram.files import Files
from bot.channels.telegram.updates import Crowd, Deed, Update, deed_of
from bot.conversation.events import Pressed
from bot.ports.talking import Happened, Inlet

CHANNEL = "telegram"

#: Seconds after which a person is shown that something is under way, and after which Telegram forgets that.
TYPING_AFTER = 0.7
TYPING_LASTS = 4.5
#: Seconds for which updates may still come from a group that was left.
STRAGGLERS = 60.0
#: Seconds for which something could not be stored before the person is told.
PUT_OFF_AFTER = 5.0
#: Seconds that work under way is given when the service ends.
FAREWELL = 10.0

_log = structlog.get_logger()


class _Turn(Struct):
    """One chat's place in the queue, and how many stand in it."""

    lock: asyncio.Lock
    waiting: int = 0


class Door:
    """Where updates come in."""

    def __init__(self, inlet: Inlet, calls: Calls, files: Files, private_only: str, not_taken: str) -> None:
        self._inlet = inlet
        self._calls = calls
        self._files = files
        self._private_only = private_only
        self._not_taken = not_taken
        #: Since when nothing from a chat could be stored; infinite once that was said there.
        self._put_off: dict[str, float] = {}
        self._turns: dict[str, _Turn] = {}
        self._under_way: dict[int, asyncio.Future[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._left: set[int] = set()

    async def take(self, update: Update) -> None:
        """Return when all that the update says is stored; raises what kept it from that.

        The same update while it is under way is waited for, not taken twice.
        """
        stored = self._under_way.get(update.update_id)
        if stored is None:
            stored = self._under_way[update.update_id] = asyncio.get_running_loop().create_future()
            self._begin(self._carried(update, stored), lambda: self._under_way.pop(update.update_id, None))
        # Whoever waits may go away; the update is taken all the same.
        await asyncio.shield(stored)

    def answer(self, tap: str) -> None:
        """End the waiting mark on a button, without waiting for it."""
        self._begin(self._calls.answer(tap))

    async def close(self) -> None:
        """Let what is under way come to its end, for a while."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=FAREWELL)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _begin(self, work: Coroutine[Any, Any, None], then: Callable[[], object] = lambda: None) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda _done: then())

    async def _carried(self, update: Update, stored: asyncio.Future[None]) -> None:
        def is_stored() -> None:
            if not stored.done():
                stored.set_result(None)

        deed = None
        try:
            deed = deed_of(update)
            await self._done(deed, is_stored)
        except asyncio.CancelledError:
            stored.cancel()
            raise
        except Exception as fault:  # noqa: BLE001 - whatever broke, Telegram brings it again
            _log.error("update_failed", error=type(fault).__name__)
            if not stored.done():
                stored.set_exception(fault)
                stored.exception()  # taken note of, even where nobody waits any more
                self._note_failure(deed)
        else:
            is_stored()
            self._put_off.pop(deed.address if isinstance(deed, Deed) else "", None)

    def _note_failure(self, deed: Deed | Crowd | None) -> None:
        """Say once, in all languages, that something waits at Telegram; it cannot be known which one is spoken here."""
        if not isinstance(deed, Deed):
            return
        now = asyncio.get_running_loop().time()
        if now - self._put_off.setdefault(deed.address, now) >= PUT_OFF_AFTER:
            self._put_off[deed.address] = math.inf
            self._begin(self._calls.tell(deed.address, self._not_taken))

    async def _done(self, deed: Deed | Crowd | None, stored: Callable[[], None]) -> None:
        if isinstance(deed, Crowd):
            await self._leave(deed.chat_id)
        elif deed is not None:
            async with self._turn(deed.address):
                await self._bring(deed, stored)

    async def _bring(self, deed: Deed, stored: Callable[[], None]) -> None:
        address = deed.address
        async with self._showing_work(address):
            events = deed.events
            if deed.file:
                events = (*events, await self._files.bring(self._inlet, address, deed.file))
            if deed.language:
                await self._inlet.set_language(CHANNEL, address, deed.language)
            # A button is a piece of an earlier talk.
            returning = any(isinstance(event, Pressed) for event in events)
            happened = Happened(
                event_id=deed.event_id, events=events, traces=deed.traces, stored=stored, returning=returning
            )
            await self._inlet.receive(CHANNEL, address, happened)

    async def _leave(self, chat_id: int) -> None:
        """Say once that this is no place to talk, and go. What was on its way from there says nothing new."""
        if chat_id not in self._left:
            self._left.add(chat_id)
            asyncio.get_running_loop().call_later(STRAGGLERS, self._left.discard, chat_id)
            await self._calls.leave(chat_id, self._private_only)

    @asynccontextmanager
    async def _turn(self, address: str) -> AsyncIterator[None]:
        """Wait for one's turn in a chat: a file must not be overtaken by the words that say it is the last."""
        turn = self._turns.setdefault(address, _Turn(asyncio.Lock()))
        turn.waiting += 1
        try:
            async with turn.lock:
                yield
        finally:
            turn.waiting -= 1
            if not turn.waiting:
                del self._turns[address]

    @asynccontextmanager
    async def _showing_work(self, address: str) -> AsyncIterator[None]:
        """Show a person that something is under way, as long as it is and if it takes long."""
        typing: list[asyncio.Task[None]] = []
        later = asyncio.get_running_loop().call_later(
            TYPING_AFTER, lambda: typing.append(asyncio.ensure_future(self._typing(address)))
        )
        try:
            yield
        finally:
            later.cancel()
            for task in typing:
                task.cancel()

    async def _typing(self, address: str) -> None:
        while True:
            await self._calls.type(address)
            await asyncio.sleep(TYPING_LASTS)
