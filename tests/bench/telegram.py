"""What an update costs on Telegram: from the call that brings it to the last call that answers it.

Our webhook, dispatcher, talk and store on one side, on the other python-telegram-bot's own Application, which answers
with the same calls and decides and stores nothing. Telegram is a small server in this process for both, so that what
counts is the processor time of the bot's process alone.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

import msgspec

from tests.bench.crowd import Pace
from tests.bench.servers import Server, free_port, product, running
from tests.bench.telegram_reporters import LINES, SECRET, Reporter, rehearse, talk
from tests.bench.telegram_service import TOKEN, Call, Service, serving
from tests.bench.wire import Connection

REPORTERS, ROUNDS = 16, 3
STRETCH, WARM_UP = 4.0, 1.5

Figures = dict[str, float]


async def measure(folder: Path) -> Figures:
    """Let the same reporters talk to both bots in turns."""
    async with serving() as near_us, serving() as near_them, _beside(_ours(folder, near_us)) as ours:
        await near_us.called.wait()
        said = await rehearse(near_us, await Connection.to(ours.port))
        calls = sum(map(len, said)) / len(said)
        print(_HEAD.format(steps=len(LINES), reporters=REPORTERS, calls=calls))
        async with _beside(_theirs(folder, near_them, said)) as theirs:
            sides = _Side(ours, near_us), _Side(theirs, near_them)
            rounds = await _compare(*[await side.joined() for side in sides])
    return {
        "telegram_cpu": round(median(one.micros / other.micros for one, other in rounds), 3),
        "telegram_cpu_micros": round(median(one.micros for one, _ in rounds)),
        "telegram_theirs_cpu_micros": round(median(other.micros for _, other in rounds)),
    }


class _Side(NamedTuple):
    """A bot, its Telegram, and the people there."""

    server: Server
    service: Service
    reporters: tuple[Reporter, ...] = ()

    async def joined(self) -> "_Side":
        """Let the reporters come."""
        return self._replace(
            reporters=tuple([Reporter(self.service, await Connection.to(self.server.port)) for _ in range(REPORTERS)])
        )


async def _compare(ours: _Side, theirs: _Side) -> list[tuple[Pace, Pace]]:
    for side in (ours, theirs):
        await talk(side.server, side.reporters, WARM_UP)
    before = ours.service.calls, theirs.service.calls
    rounds = []
    for _ in range(ROUNDS):
        one, other = [await talk(side.server, side.reporters, STRETCH) for side in (ours, theirs)]
        print(f"  ours {one.micros:5.0f} µs an update, theirs {other.micros:5.0f} µs: {one.micros / other.micros:.2f}")
        rounds.append((one, other))
    mine = (ours.service.calls - before[0]) / sum(one.messages for one, _ in rounds)
    other_calls = (theirs.service.calls - before[1]) / sum(other.messages for _, other in rounds)
    print(f"  Over the wire went {mine:.2f} and {other_calls:.2f} calls an update: ours answers a tap in its response.")
    return rounds


@asynccontextmanager
async def _beside(starting: AbstractContextManager[Server]) -> AsyncIterator[Server]:
    """Start and stop a server beside the event loop, since it calls Telegram here while it does so."""
    server = await asyncio.to_thread(starting.__enter__)
    try:
        yield server
    finally:
        await asyncio.to_thread(starting.__exit__, None, None, None)


@contextmanager
def _ours(folder: Path, service: Service) -> Iterator[Server]:
    for name, content in (("telegram.token", TOKEN), ("telegram.secret", SECRET)):
        (folder / name).write_text(content)
        (folder / name).chmod(0o600)
    settings = {
        "MADOGUCHI_TELEGRAM_TOKEN": str(folder / "telegram.token"),
        "MADOGUCHI_TELEGRAM_SECRET": str(folder / "telegram.secret"),
        "MADOGUCHI_TELEGRAM_API": service.url,
    }
    with product(folder, settings) as server:
        yield server


@contextmanager
def _theirs(folder: Path, service: Service, said: list[list[Call]]) -> Iterator[Server]:
    path, port, recorded = folder / "theirs.sock", free_port(), folder / "theirs.calls"
    recorded.write_bytes(msgspec.msgpack.encode(said))
    arguments = ["-m", "tests.bench.telegram_theirs", str(path), str(port), service.url, str(recorded)]
    with running(arguments, path, os.environ) as server:
        yield server._replace(port=port)


_HEAD = """\
Telegram: {steps} updates to a summary, {reporters} reporters at once, {calls:.1f} calls an update, every step stored;
against python-telegram-bot's own Application, which makes the same calls and stores nothing:"""
