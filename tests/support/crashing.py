"""A whole system in a process of its own, which kills itself at the n-th point at which something is being stored.

A point lies before and after each write of the bot's store, and before and after each thing asked of the case store:
after means that the case store has committed and the bot has not heard of it. Nothing is cleaned up, as when the power
goes.
"""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Awaitable, Callable
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TypeVar, cast

from bot.bootstrap import Outside
from bot.dispatcher.context import Store
from bot.dispatcher.rounds import Pace
from bot.ports.desk import CaseDesk
from tests.support.system import QUICK, running

#: Rounds do their work once, at the start; then nothing but the person makes anything happen.
STILL = Pace(parcels=3600, roster=3600, pushes=3600, sweep=3600, announce_within=0)

_WRITES = frozenset({"commit", "put_secret", "drop_secret"})
_ASKS = frozenset({"put_file", "hand_over", "open_inbox", "write", "set_told", "delivered"})
_T = TypeVar("_T")


class Fuse:
    """Counts points, and ends the process at one of them; at 0 it never does."""

    def __init__(self, at: int) -> None:
        self._at = at
        self._reached = 0

    def point(self) -> None:
        """One more."""
        self._reached += 1
        if self._reached == self._at:
            os.kill(os.getpid(), signal.SIGKILL)


class Fused:
    """Whatever it wraps, with a point before and after each of the named calls."""

    def __init__(self, inner: object, fuse: Fuse, names: frozenset[str]) -> None:
        self._inner = inner
        self._fuse = fuse
        self._names = names

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the inner one has
        inner = getattr(self._inner, name)
        return self._between(inner) if name in self._names else inner

    def _between(self, inner: Callable[..., Awaitable[_T]]) -> Callable[..., Awaitable[_T]]:
        async def call(*args: Any, **named: Any) -> _T:  # noqa: ANN401 - passed on as they are
            self._fuse.point()
            result = await inner(*args, **named)
            self._fuse.point()
            return result

        return call


def serve(folder: Path, crash_at: int) -> None:
    """Run a system until the n-th point, or for good."""
    asyncio.run(_serve(folder, crash_at))


async def _serve(folder: Path, crash_at: int) -> None:
    fuse = Fuse(crash_at)
    outside = Outside(
        store=lambda store: cast("Store", Fused(store, fuse, _WRITES)),
        desk=lambda desk: cast("CaseDesk", Fused(desk, fuse, _ASKS)),
        pace=STILL if crash_at else QUICK,
    )
    async with running(folder, outside):
        await asyncio.Event().wait()


class Life:
    """The process that serves one folder; a new one can be started when it has died."""

    def __init__(self, folder: Path) -> None:
        # Forked from a clean process that has everything imported already: a start takes a blink.
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["tests.support.crashing"])
        self._folder = folder
        self._process: BaseProcess | None = None

    @property
    def socket(self) -> Path:
        """Where its terminal listens."""
        return self._folder / "var/talk.sock"

    async def begin(self, crash_at: int = 0) -> None:
        """Start a process, and wait until it answers."""
        # What a killed process leaves behind is no sign of life.
        self.socket.unlink(missing_ok=True)
        self._process = self._context.Process(target=serve, args=(self._folder, crash_at), daemon=True)
        self._process.start()
        while not await self._answers():
            assert self._process.is_alive(), "it died before it answered"
            await asyncio.sleep(0.01)

    async def end(self) -> None:
        """Kill it, if it has not died by itself."""
        if self._process is not None:
            self._process.kill()
            await asyncio.to_thread(self._process.join)
            self._process.close()
            self._process = None

    async def _answers(self) -> bool:
        try:
            _, writer = await asyncio.open_unix_connection(str(self.socket))
        except OSError:
            return False
        writer.close()
        await writer.wait_closed()
        return True
