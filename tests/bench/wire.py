"""The lightest HTTP client that will do: ready-made requests, one at a time on each connection.

It reads a status line and a Content-Length and refuses everything else, so that what is measured is the server. All
servers that are compared are asked by this client alone.
"""

import asyncio
import time
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple, cast

import msgspec

from bot.channels.terminal import TalkAnswer, TalkRequest

_PLACE = "0" * 32
_LENGTH = b"Content-Length: "
_HEAD_END = b"\r\n\r\n"
_FINE = frozenset({b"200"})
_decode = msgspec.json.Decoder(TalkAnswer).decode


class BrokenAnswerError(Exception):
    """The server answered with another status, or without a Content-Length: what was measured means nothing."""


class Request(NamedTuple):
    """One line of a talk as bytes, with a gap for the address of whoever says it."""

    before: bytes
    after: bytes

    @classmethod
    def saying(cls, event_id: str, text: str | None) -> "Request":
        """Make the request that says `text`; None only looks."""
        body = msgspec.json.encode(TalkRequest(address=_PLACE, event_id=event_id, text=text))
        before, after = body.split(_PLACE.encode())
        return cls(head("/talk", "Content-Type: application/json", body) + before, after)

    def by(self, address: bytes) -> bytes:
        """Give the bytes to send for one talk."""
        return self.before + address + self.after


def head(path: str, headers: str, body: bytes) -> bytes:
    """Give the head of the request that posts this body; `headers` are whole lines."""
    return f"POST {path} HTTP/1.1\r\nHost: bot\r\n{headers}\r\nContent-Length: {len(body)}\r\n\r\n".encode()


#: What only looks.
LOOK = Request.saying("", None)


class Connection(asyncio.Protocol):
    """A kept-alive connection. Ask again only when answered."""

    def __init__(self, takes: Collection[bytes] = _FINE) -> None:
        self._takes = takes
        self._loop = asyncio.get_running_loop()
        self._answer: asyncio.Future[bytes] = self._loop.create_future()
        self._transport: asyncio.Transport | None = None
        self._got = b""
        #: Where the body begins and ends, once the head is there.
        self._body = slice(0)
        #: When the last answer began to arrive, by `time.perf_counter`.
        self.answered = 0.0

    @classmethod
    async def to(cls, place: Path | int, takes: Collection[bytes] = _FINE) -> "Connection":
        """Connect to a socket, or to a port of this machine. `takes` are the statuses that are no surprise.

        Where the server's queue is full, as with hundreds at once, wait like anybody else.
        """
        loop = asyncio.get_running_loop()
        while True:
            try:
                if isinstance(place, int):
                    _, connection = await loop.create_connection(lambda: cls(takes), "127.0.0.1", place)
                else:
                    _, connection = await loop.create_unix_connection(lambda: cls(takes), str(place))
            except BlockingIOError:
                await asyncio.sleep(0.01)
            else:
                return connection

    async def ask(self, request: bytes) -> bytes:
        """Send a request and return the body of its answer. Raises `BrokenAnswerError`."""
        assert self._transport is not None
        self._answer = self._loop.create_future()
        self._transport.write(request)
        return await self._answer

    async def screen(self, request: bytes) -> TalkAnswer:
        """Send a request and return the screen that came back."""
        return _decode(await self.ask(request))

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports write, but do not inherit.
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        if not self._got:
            self.answered = time.perf_counter()
        self._got = self._got + data if self._got else data
        if not self._body.stop:
            self._body = self._found()
        if 0 < self._body.stop <= len(self._got):
            self._answer.set_result(self._got[self._body])
            self._got, self._body = b"", slice(0)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._answer.done():
            self._answer.set_exception(exc or BrokenAnswerError("hung up"))

    def _found(self) -> slice:
        """Return where the body lies, `slice(0)` while the head is not whole; hangs up on an answer that is none."""
        end = self._got.find(_HEAD_END)
        if end < 0:
            return slice(0)
        at = self._got.find(_LENGTH, 0, end) + len(_LENGTH)
        if at < len(_LENGTH) or self._got[9:12] not in self._takes:
            self._answer.set_exception(BrokenAnswerError(self._got[:40].decode("latin-1")))
            self.close()
            return slice(0)
        start = end + len(_HEAD_END)
        return slice(start, start + int(self._got[at : self._got.index(b"\r\n", at)]))
