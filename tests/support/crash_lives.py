"""The processes that serve the two sides of a folder; when one dies, a whole one takes its place at once."""

import asyncio
import multiprocessing
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests.support.crashing import Side, serve

#: Seconds in which a process has begun to answer, on a machine that has much else to do; it takes a tenth of one.
LONGEST_START = 60


class Life:
    """Whoever serves one side of a folder."""

    def __init__(self, folder: Path, side: Side) -> None:
        # Forked from a process that has done all of it once: a start takes a blink.
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["tests.support.crash_rehearsal"])
        self._folder = folder
        self._side = side
        self._process: BaseProcess | None = None
        self._guard: asyncio.Task[None] | None = None
        self.deaths = 0

    @property
    def socket(self) -> Path:
        """Where this side listens."""
        return self._folder / "var" / self._side.value

    async def begin(self, crash_at: int = 0) -> None:
        """Start a process, and wait until somebody answers."""
        self._start(crash_at)
        self._guard = asyncio.create_task(self._stand_guard())
        until = asyncio.get_running_loop().time() + LONGEST_START
        while not await _answers(self.socket):
            assert not self._guard.done(), "a whole one died as well"
            assert asyncio.get_running_loop().time() < until, "it never answered"
            await asyncio.sleep(0.01)

    async def end(self) -> None:
        """Kill whoever serves."""
        if self._guard is not None:
            self._guard.cancel()
            await asyncio.gather(self._guard, return_exceptions=True)
        if self._process is not None:
            self._process.kill()
            await asyncio.to_thread(self._process.join)

    def _start(self, crash_at: int) -> None:
        # What a killed process leaves behind is no sign of life.
        self.socket.unlink(missing_ok=True)
        self._process = self._context.Process(target=serve, args=(self._folder, self._side, crash_at), daemon=True)
        self._process.start()

    async def _stand_guard(self) -> None:
        while True:
            if self._process is not None and not self._process.is_alive():
                self.deaths += 1
                if self.deaths > 1:
                    return
                self._start(0)
            await asyncio.sleep(0.01)


async def _answers(socket: Path) -> bool:
    try:
        _, writer = await asyncio.open_unix_connection(str(socket))
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True
