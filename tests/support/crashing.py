"""The two sides of a system, each in a process of its own, one of which kills itself at the n-th thing it has written.

A point lies behind each write of a store, behind each thing asked of the case store that it answered, and behind each
screen that was sent into a chat: it is done, and nobody knows yet. Nothing is cleaned up, as when the power goes.
"""

import asyncio
import json
import multiprocessing
import os
import signal
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from enum import StrEnum
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TypeVar, cast

from msgspec.structs import replace

from backend.ports import CaseStore
from backend.scheduler.clockwork import _keep
from bot.bootstrap import Outside
from bot.channels.terminal import CHANNEL
from bot.conversation.effects import Say
from bot.dispatcher.context import Context, Outcome, Place, Store
from bot.dispatcher.errands import ERRANDS, Errand
from bot.dispatcher.record import Talk
from bot.dispatcher.rounds import Pace
from bot.ports.channel import Channel, Standing, TakenBack
from bot.ports.desk import CaseDesk
from bot.ports.talking import View
from tests.support.system import MovedClock, System

#: What happens by itself follows at once, and what would write without being asked does not happen.
_PACE = Pace(parcels=0.05, shows=0.05, roster=3600, pushes=0.05, sweep=3600, destroyed=0.05, announce_within=0)

_BOT_WRITES = frozenset({"commit", "put_secret", "drop_secret", "secret_once"})
_BOT_ASKS = frozenset(
    {
        "put_file",
        "hand_over",
        "open_inbox",
        "letters_read",
        "write",
        "renew_token",
        "set_told",
        "delivered",
        "answer_check_in",
    }
)
_CASE_WRITES = frozenset({"write", "scrub"})
_CHAT_SENDS = frozenset({"show", "take_back"})
_T = TypeVar("_T")


class Side(StrEnum):
    """Who dies."""

    BOT = "talk.sock"
    BACKEND = "backend.sock"


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
    """Whatever it wraps, with a point behind each of the named calls."""

    def __init__(
        self, inner: object, fuse: Fuse, names: frozenset[str], counts: Callable[[], bool] = lambda: True
    ) -> None:
        self._inner = inner
        self._fuse = fuse
        self._names = names
        self._counts = counts

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the inner one has
        inner = getattr(self._inner, name)
        return self._followed(inner) if name in self._names else inner

    def _followed(self, inner: Callable[..., Awaitable[_T]]) -> Callable[..., Awaitable[_T]]:
        async def call(*args: Any, **named: Any) -> _T:  # noqa: ANN401 - passed on as they are
            result = await inner(*args, **named)
            if self._counts():
                self._fuse.point()
            return result

        return call


class WoundClock(MovedClock):
    """The machine's clock, and what another process lets pass on top of it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._file = folder / "ahead"

    def now(self) -> datetime:
        """The present moment."""
        return super().now() + timedelta(seconds=int(self._file.read_text()) if self._file.exists() else 0)


class PaperChat:
    """A chat service that writes each screen on a line of a file, so that it outlives whoever sent it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "chat.jsonl"

    async def show(self, _address: str, view: View, standing: Standing) -> Standing:
        """Write what was said, and whether a token stood there."""
        said = [item.text.key for item in view.items if isinstance(item, Say)]
        with self._file.open("a") as file:
            file.write(json.dumps({"said": said, "token": bool(view.token)}) + "\n")
        return replace(standing, traces=(*standing.traces, "shown"))

    async def take_back(self, _address: str, standing: Standing) -> TakenBack:
        """Delete everything."""
        return TakenBack(gone=len(standing.traces), left=0)


def said_in(folder: Path) -> list[str]:
    """Every text that was ever sent into the chat."""
    chat = folder / "chat.jsonl"
    lines = chat.read_text().splitlines() if chat.exists() else []
    return [key for line in lines for key in json.loads(line)["said"]]


def acts_in(folder: Path) -> set[str]:
    """Names of the acts that were carried out."""
    acts = folder / "acts"
    return set(acts.read_text().split()) if acts.exists() else set()


def serve(folder: Path, side: Side, crash_at: int) -> None:
    """Run one side until the n-th point, or for good."""
    asyncio.run(_serve_bot(folder, Fuse(crash_at)) if side is Side.BOT else _serve_backend(folder, Fuse(crash_at)))


async def _serve_bot(folder: Path, fuse: Fuse) -> None:
    _note_acts(folder)
    # Screens of the terminal are sent into a chat as well: one talk then shows all that a channel can do.
    chat = cast("Channel", Fused(PaperChat(folder), fuse, _CHAT_SENDS))
    outside = Outside(
        store=lambda store: cast("Store", Fused(store, fuse, _BOT_WRITES)),
        desk=lambda desk: cast("CaseDesk", Fused(desk, fuse, _BOT_ASKS)),
        channels={CHANNEL: chat},
        pace=_PACE,
    )
    system = System(folder, outside)
    await system.start_bot()
    await asyncio.Event().wait()


async def _serve_backend(folder: Path, fuse: Fuse) -> None:
    system = System(folder)
    system.clock = WoundClock(folder)

    def counts() -> bool:
        # What the clock finds to do at each start is the same each time; once it was wound on, it has something to do.
        return not _is_a_round() or (folder / "ahead").exists()

    system.case_store = lambda store: cast("CaseStore", Fused(store, fuse, _CASE_WRITES, counts))
    await system.start_backend()
    await asyncio.Event().wait()


def _is_a_round() -> bool:
    task = asyncio.current_task()
    coroutine = task.get_coro() if task else None
    return getattr(coroutine, "__name__", "") == _keep.__name__


def _note_acts(folder: Path) -> None:
    for kind, errand in ERRANDS.items():
        ERRANDS[kind] = _noted(kind.__name__, errand, folder / "acts")


def _noted(name: str, errand: Errand, acts: Path) -> Errand:
    async def noted(context: Context, talk: Talk, act: object, place: Place) -> Outcome:
        with acts.open("a") as file:
            file.write(f"{name}\n")
        return await errand(context, talk, act, place)

    return noted


class Life:
    """The process that serves one side of a folder; when it dies, a whole one takes its place at once."""

    def __init__(self, folder: Path, side: Side) -> None:
        # Forked from a clean process that has everything imported already: a start takes a blink.
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["tests.support.crashing", "holidays.countries.japan"])
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
        until = asyncio.get_running_loop().time() + 60
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
