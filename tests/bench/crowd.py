"""Many reporters at once, each on a connection of its own, who say their lines one after another without a pause."""

import asyncio
import time
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from tests.bench.script import SCRIPT, new_address
from tests.bench.servers import Server
from tests.bench.wire import Connection


class Pace(NamedTuple):
    """What one stretch of talking came to."""

    messages: int
    seconds: float
    #: Processor time of the server, and of this client.
    server: float
    client: float

    @property
    def per_second(self) -> float:
        """Messages a second."""
        return self.messages / self.seconds

    @property
    def micros(self) -> float:
        """Microseconds of the server's processor time that a message took."""
        return self.server / self.messages * 1e6


class Crowd:
    """Conversations in flight. A stretch goes on where the one before stopped."""

    def __init__(self, server: Server, connections: list[Connection]) -> None:
        self._server = server
        self._reporters = [(connection, _lines()) for connection in connections]

    @classmethod
    async def of(cls, server: Server, size: int) -> "Crowd":
        """Connect `size` reporters."""
        return cls(server, [await Connection.to(server.socket) for _ in range(size)])

    async def talk(self, seconds: float) -> Pace:
        """Talk for so long and say how it went."""
        said = count()
        began, server, client = time.perf_counter(), self._server.cpu_seconds(), time.process_time()
        until = began + seconds
        await asyncio.gather(*(_talk(connection, lines, until, said) for connection, lines in self._reporters))
        return Pace(
            messages=next(said),
            seconds=time.perf_counter() - began,
            server=self._server.cpu_seconds() - server,
            client=time.process_time() - client,
        )


async def _talk(connection: Connection, lines: Iterator[bytes], until: float, said: "count[int]") -> None:
    while time.perf_counter() < until:
        await connection.ask(next(lines))
        next(said)


def _lines() -> Iterator[bytes]:
    while True:
        address = new_address()
        for line in SCRIPT:
            yield line.by(address)
