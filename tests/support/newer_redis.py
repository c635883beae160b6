"""A Redis server as a newer version or a provider has it: a real one, behind a door that answers some words itself.

The installed version may not know WAITAOF (7.2 and later), and a provider may not let anyone read the settings.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import hiredis

from tests.support import redis


class Door:
    """Lets one question through at a time, and answers the others."""

    def __init__(self, behind: redis.Server) -> None:
        self._behind = behind
        self._folder = tempfile.TemporaryDirectory(prefix="madoguchi-door-", dir="/tmp")
        #: What is answered here: the word, and the raw answer.
        self.answers: dict[bytes, bytes] = {}
        #: Words that came, in their order, over all connections.
        self.heard: list[bytes] = []
        #: While it is clear, WAITAOF is not answered, as when the disk takes its time.
        self.disk = asyncio.Event()
        self.disk.set()
        #: Set when WAITAOF waits for the disk.
        self.asked = asyncio.Event()
        self._open: set[asyncio.StreamWriter] = set()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"unix://{self._folder.name}/door.sock"

    def slam(self) -> None:
        """Break every connection."""
        for writer in self._open:
            writer.close()

    @asynccontextmanager
    async def standing(self) -> AsyncIterator["Door"]:
        """Stand there until the block is left."""
        server = await asyncio.start_unix_server(self._serve, Path(self._folder.name) / "door.sock")
        try:
            yield self
        finally:
            self.slam()
            server.close()
            await server.wait_closed()
            self._folder.cleanup()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        through, out = await asyncio.open_unix_connection(self._behind.folder / "redis.sock")
        asked, answered = hiredis.Reader(), hiredis.Reader()
        self._open |= {writer, out}
        try:
            while chunk := await reader.read(1 << 16):
                asked.feed(chunk)
                while (words := asked.gets()) is not False:
                    writer.write(await self._answer(words, through, out, answered))
        except OSError:
            pass
        finally:
            self._open -= {writer, out}
            writer.close()
            out.close()

    async def _answer(
        self, words: list[bytes], through: asyncio.StreamReader, out: asyncio.StreamWriter, answered: hiredis.Reader
    ) -> bytes:
        word = words[0].upper()
        self.heard.append(word)
        if word == b"WAITAOF":
            if not self.disk.is_set():
                self.asked.set()
            await self.disk.wait()
        if word in self.answers:
            return self.answers[word]
        out.write(hiredis.pack_command(tuple(words)))  # type: ignore[arg-type]  # its stub wants a tuple of one
        raw = b""
        while True:
            chunk = await through.read(1 << 16)
            if not chunk:
                raise ConnectionResetError
            raw += chunk
            answered.feed(chunk)
            if answered.gets() is not False:
                return raw
