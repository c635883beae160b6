"""The door to the room of hostile bytes: every file in a child of its own, a spare one warm, a few at a time.

Whatever becomes of a child, the person's file is kept: cleaned, or as it came with the reason told. Nothing about the
file is logged.
"""

import asyncio

import msgspec
import structlog
from msgspec import Struct
from msgspec.structs import replace

from bot.ports.scrubbing import Scrubbed
from bot.screening.children import PROGRAM, Child, end, start_child
from bot.screening.mat2 import Mat2
from bot.screening.wire import MOST_NAME, Request, Verdict

_log = structlog.get_logger()

#: What a child gone astray looks like from here; IncompleteReadError is an EOFError, a closed pipe an OSError.
_ASTRAY = (TimeoutError, OSError, EOFError, msgspec.DecodeError)


class Bounds(Struct, frozen=True):
    """How much at once and how long, in seconds."""

    at_once: int = 2
    #: Of one file, from request to answer. A child's processor time ends at half of it by itself.
    screening: float = 20
    #: To get a child at all: many people may send files at the same moment.
    waiting: float = 60


class ScreeningScrubber:
    """The `Scrubber` that parses nothing by itself. Children start with the first file; `close` ends the spare one."""

    def __init__(
        self, bounds: Bounds | None = None, program: tuple[str, ...] = PROGRAM, mat2: Mat2 | None = None
    ) -> None:
        self._bounds = bounds or Bounds()
        self._mat2 = mat2 or Mat2()
        self._program = program
        self._turns = asyncio.Semaphore(self._bounds.at_once)
        self._spare: asyncio.Task[Child] | None = None
        self._warned = False

    async def scrub(self, name: str, media_type: str, data: bytes) -> Scrubbed:
        """See `Scrubber.scrub`."""
        request = Request(name[-MOST_NAME:], media_type[-MOST_NAME:])
        try:
            async with asyncio.timeout(self._bounds.waiting):
                await self._turns.acquire()
        except TimeoutError:
            return self._failed("TooMany", media_type, data)
        try:
            return await self._scrubbed(request, data)
        except _ASTRAY as error:
            return self._failed(type(error).__name__, media_type, data)
        finally:
            self._turns.release()

    async def warm(self) -> None:
        """Have a child waiting before the first file comes; where none can be had, the first file will say so."""
        self._mat2.sweep()
        self._spare = self._spare or self._started()
        await asyncio.wait([self._spare], timeout=self._bounds.screening)

    async def close(self) -> None:
        """End the child that waits for a file."""
        spare, self._spare = self._spare, None
        if spare is None:
            return
        try:
            async with asyncio.timeout(self._bounds.screening):
                child = await spare
        except _ASTRAY:
            return
        await end(child.process)

    async def _scrubbed(self, request: Request, data: bytes) -> Scrubbed:
        async with asyncio.timeout(self._bounds.screening):
            child = await self._child()
        try:
            async with asyncio.timeout(self._bounds.screening):
                verdict, body = await child.screen(request, data)
        finally:
            await end(child.process)
        if verdict.foreign:
            verdict, body = await self._lent(verdict, data)
        return Scrubbed(body or data, verdict.media_type, verdict.cleaning, verdict.removed)

    async def _lent(self, verdict: Verdict, data: bytes) -> tuple[Verdict, bytes]:
        """Have mat2 clean what is not cleaned here; where there is none, what was found stands."""
        async with asyncio.timeout(self._bounds.screening):
            lent = await self._mat2.clean(verdict.foreign, data)
        if lent is None:
            return verdict, b""
        found, body = lent
        lies = verdict.cleaning == "disguised" and found.cleaning == "cleaned"
        return replace(found, cleaning="misnamed" if lies else found.cleaning, media_type=verdict.media_type), body

    async def _child(self) -> Child:
        """Take the spare child, or a new one, and have the next one started."""
        spare, self._spare = self._spare, self._started()
        child = await (spare if spare and _is_fit(spare) else self._started())
        if child.walls != "filtered" and not self._warned:
            self._warned = True
            _log.warning("screening_without_filter", reason=child.walls)
        return child

    def _started(self) -> asyncio.Task[Child]:
        return asyncio.create_task(start_child(self._program))

    def _failed(self, reason: str, media_type: str, data: bytes) -> Scrubbed:
        _log.warning("screening_failed", reason=reason)
        return Scrubbed(data, media_type, "failed")


def _is_fit(spare: asyncio.Task[Child]) -> bool:
    """Whether a spare child is still on its way, or waits alive."""
    if not spare.done():
        return True
    return not spare.cancelled() and spare.exception() is None and spare.result().process.returncode is None
