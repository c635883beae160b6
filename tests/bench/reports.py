"""Whole reports: how fast they are handed over, and whether every one of them is there afterwards."""

import asyncio
import os
import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path

from tests.bench.script import SCRIPT, hand_over, new_address
from tests.bench.servers import Server
from tests.bench.wire import Connection, Request

_BLOCK = b"\0" * 4096


def syncs_per_second(folder: Path, seconds: float) -> float:
    """Write 4 KiB and wait for the disk, over and over; return how often that goes in a second."""
    path, done = folder / "raw", 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        os.write(descriptor, _BLOCK)
        os.fdatasync(descriptor)
        done += 1
    took = time.perf_counter() - began
    os.close(descriptor)
    path.unlink()
    return done / took


class Desk:
    """Reporters at work on one server, so many in parallel."""

    def __init__(self, server: Server, connections: list[Connection]) -> None:
        self._server = server
        self._connections = connections

    @classmethod
    async def of(cls, server: Server, parallel: int) -> "Desk":
        """Connect so many reporters."""
        return cls(server, [await Connection.to(server.socket) for _ in range(parallel)])

    async def drafts(self, each: int) -> list[bytes]:
        """Bring talks to their summary, `each` by every reporter; return their addresses."""
        written = await asyncio.gather(*(_drafts(connection, each) for connection in self._connections))
        return [address for addresses in written for address in addresses]

    async def hand_over(self, drafts: list[bytes]) -> list[str]:
        """Hand over all drafts, as many at once as there are reporters; return their tokens, or empty text."""
        waiting = iter(drafts)
        shown = await asyncio.gather(*(_hand_over(connection, waiting) for connection in self._connections))
        return [token for tokens in shown for token in tokens]

    async def screens(self, tokens: list[str]) -> list[str]:
        """Come back with each token in a talk of its own; return what is shown then."""
        waiting = iter(tokens)
        shown = await asyncio.gather(*(_come_back(connection, waiting) for connection in self._connections))
        return [screen for screens in shown for screen in screens]

    def close(self) -> None:
        """Let all reporters hang up."""
        for connection in self._connections:
            connection.close()


def lost(database: Path, tokens: list[str], screens: list[str]) -> int:
    """Count what is wrong: reports without a token, tokens that open no case or another's, cases without a token."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as reading:
        numbers = {number for (number,) in reading.execute("SELECT number FROM cases")}
    opened = [{number for number in numbers if number in screen} for screen in screens]
    found = {next(iter(case)) for case in opened if len(case) == 1}
    return tokens.count("") + (len(screens) - len(found)) + (len(numbers) - len(found))


async def _drafts(connection: Connection, each: int) -> list[bytes]:
    addresses = [new_address() for _ in range(each)]
    for address in addresses:
        for line in SCRIPT:
            await connection.ask(line.by(address))
    return addresses


async def _hand_over(connection: Connection, drafts: Iterable[bytes]) -> list[str]:
    return [await hand_over(connection, address) for address in drafts]


async def _come_back(connection: Connection, tokens: Iterable[str]) -> list[str]:
    screens = []
    for token in tokens:
        screen = await connection.screen(Request.saying("token", token).by(new_address()))
        screens.append("\n".join(screen.text))
    return screens
