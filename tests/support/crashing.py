"""The two sides of a system, each in a process of its own, one of which kills itself at the n-th thing it has written.

A point lies behind each write of a store that changed something, behind each thing asked of the case store that it
answered, and behind each screen that was sent into a chat: it is done, and nobody knows yet. Nothing is cleaned up, as
when the power goes.
"""

import asyncio
import json
import os
import signal
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar, cast

from msgspec.structs import replace

from backend.ports import CaseStore, Work
from bot.bootstrap import Outside
from bot.channels.terminal import CHANNEL
from bot.conversation.effects import Say
from bot.dispatcher.context import Context, Outcome, Place, Store
from bot.dispatcher.errands import ERRANDS, Errand
from bot.dispatcher.record import Talk
from bot.dispatcher.rounds import Pace
from bot.ports.channel import Channel, Standing, TakenBack
from bot.ports.desk import CaseDesk
from bot.ports.scrubbing import Scrubbed
from bot.ports.self_check import Finding
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
_CHAT_SENDS = frozenset({"show", "take_back"})
_T = TypeVar("_T")


class Side(StrEnum):
    """Who dies."""

    BACKEND = "backend.sock"
    BOT = "talk.sock"


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

    def __init__(self, inner: object, fuse: Fuse, names: frozenset[str]) -> None:
        self._inner = inner
        self._fuse = fuse
        self._names = names

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the inner one has
        inner = getattr(self._inner, name)
        return self._followed(inner) if name in self._names else inner

    def _followed(self, inner: Callable[..., Awaitable[_T]]) -> Callable[..., Awaitable[_T]]:
        async def call(*args: Any, **named: Any) -> _T:  # noqa: ANN401 - passed on as they are
            result = await inner(*args, **named)
            self._fuse.point()
            return result

        return call


class FusedCases:
    """A case store with a point behind each act that changed a row, and behind each emptying of its log.

    Most acts find nothing to change: those of the rounds, and the bot that asks whether there is something to announce.
    """

    def __init__(self, inner: CaseStore, fuse: Fuse) -> None:
        self._inner = inner
        self._fuse = fuse

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the inner one has
        return getattr(self._inner, name)

    async def write(self, organ: str, act: Callable[[Work], _T], *, is_bulky: bool = False) -> _T:
        """Run an act."""
        changed = 0

        def watched(work: Work) -> _T:
            nonlocal changed
            before = _changes(work)
            answer = act(work)
            changed = _changes(work) - before
            return answer

        answer = await self._inner.write(organ, watched, is_bulky=is_bulky)
        if changed:
            self._fuse.point()
        return answer

    async def scrub(self) -> None:
        """Empty the log."""
        await self._inner.scrub()
        self._fuse.point()


def _changes(work: Work) -> int:
    connection = work.cases._rows._connection  # type: ignore[attr-defined]  # noqa: SLF001 - no port counts them
    return int(connection.connection.driver_connection.total_changes)


class WoundClock(MovedClock):
    """The machine's clock, and what another process lets pass on top of it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._file = folder / "ahead"

    def now(self) -> datetime:
        """The present moment."""
        return super().now() + timedelta(seconds=int(self._file.read_text()) if self._file.exists() else 0)


def wind(folder: Path, seconds: int) -> None:
    """Let so much more time pass, all at once: nobody reads half a number."""
    ahead, new = folder / "ahead", folder / "ahead.new"
    new.write_text(str(seconds + (int(ahead.read_text()) if ahead.exists() else 0)))
    new.replace(ahead)


class Scissors:
    """A scrubber that cuts a file off at its first bar."""

    async def scrub(self, _name: str, media_type: str, data: bytes) -> Scrubbed:
        """Give what stands before the bar."""
        left, bar, _ = data.partition(b"|")
        cleaning, removed = ("cleaned", ("trailing",)) if bar else ("nothing_found", ())
        return Scrubbed(left, media_type, cleaning, removed)


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


class NothingFound:
    """A self-check that finds nothing, in no time."""

    is_well = True

    async def look(self, _texts: Mapping[str, str]) -> tuple[Finding, ...]:
        """Look at nothing."""
        return ()


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
    asyncio.run(_serve(folder, side, Fuse(crash_at)))


async def _serve(folder: Path, side: Side, fuse: Fuse) -> None:
    if side is Side.BOT:
        _note_acts(folder)
    await begun(folder, side, fuse)
    await asyncio.Event().wait()


async def begun(folder: Path, side: Side, fuse: Fuse) -> System:
    """Start one side with a fuse in it."""
    if side is Side.BOT:
        system = System(folder, _outside(folder, fuse))
        await system.start_bot()
    else:
        system = System(folder)
        system.clock = WoundClock(folder)
        system.case_store = lambda store: cast("CaseStore", FusedCases(store, fuse))
        await system.start_backend()
    return system


def _outside(folder: Path, fuse: Fuse) -> Outside:
    # Screens of the terminal are sent into a chat as well: one talk then shows all that a channel can do.
    chat = cast("Channel", Fused(PaperChat(folder), fuse, _CHAT_SENDS))
    return Outside(
        store=lambda store: cast("Store", Fused(store, fuse, _BOT_WRITES)),
        desk=lambda desk: cast("CaseDesk", Fused(desk, fuse, _BOT_ASKS)),
        # What other processes and a dictionary cost would tell nothing.
        scrubber=lambda _: Scissors(),
        self_check=lambda _: NothingFound(),
        channels={CHANNEL: chat},
        pace=_PACE,
    )


def _note_acts(folder: Path) -> None:
    for kind, errand in ERRANDS.items():
        ERRANDS[kind] = _noted(kind.__name__, errand, folder / "acts")


def _noted(name: str, errand: Errand, acts: Path) -> Errand:
    async def noted(context: Context, talk: Talk, act: object, place: Place) -> Outcome:
        with acts.open("a") as file:
            file.write(f"{name}\n")
        return await errand(context, talk, act, place)

    return noted
