"""A case store that is served for a test, and clients with each kind of credential."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import aiohttp
import msgspec
from aiohttp import web

from backend.bootstrap import open_backend
from backend.config import BackendSettings
from backend.contract import Fault, Record, Refusal
from backend.domain.batches import StaffBatch
from tests.support.reports import CountedChance, SetClock, token_hash
from tests.support.stores import erasure_beside

R = TypeVar("R")

#: Organs that the store serves; tokens are `ORGAN ROLE`.
ORGANS = ("ministry", "agency")


class Answer(msgspec.Struct, frozen=True):
    """What came back."""

    status: int
    body: bytes
    headers: dict[str, str]

    def record(self, kind: type[R]) -> R:
        """The body, understood."""
        return msgspec.json.decode(self.body, type=kind)

    @property
    def fault(self) -> Fault:
        """Why it was refused."""
        return self.record(Refusal).fault


class Client:
    """Speaks to the store with one bearer token, or none."""

    def __init__(self, http: aiohttp.ClientSession, address: str, token: str | None) -> None:
        self._http = http
        self._address = address
        self._headers = {} if token is None else {"Authorization": f"Bearer {token}"}

    async def ask(self, method: str, path: str, sent: Record | bytes | None = None) -> Answer:
        """Send a request below `/api/v1`."""
        return await self.ask_at(method, f"/api/v1{path}", sent)

    async def ask_at(self, method: str, path: str, sent: Record | bytes | None = None) -> Answer:
        """Send a request to any path."""
        content = msgspec.json.encode(sent) if isinstance(sent, Record) else sent
        # A stream keeps aiohttp from warning about large bodies, and sends it piece by piece as a bot would.
        data = None if content is None else io.BytesIO(content)
        async with self._http.request(method, self._address + path, data=data, headers=self._headers) as answer:
            return Answer(answer.status, await answer.read(), dict(answer.headers))


class Server:
    """A store that is being served."""

    def __init__(self, http: aiohttp.ClientSession, address: str, clock: SetClock) -> None:
        self._http = http
        self._address = address
        self.clock = clock

    async def shout(self, request: bytes, *, hang_up: bool = False) -> bytes:
        """Send bytes that no client would and listen to what comes back, if anything; or hang up at once."""
        host, _, port = self._address.removeprefix("http://").partition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(request)
        if hang_up:
            writer.write_eof()
        answer = await asyncio.wait_for(reader.read(), timeout=20)
        writer.close()
        await writer.wait_closed()
        return answer

    def client(self, token: str | None) -> Client:
        """Someone with this token."""
        return Client(self._http, self._address, token)


def settings(folder: Path, database_url: str | None = None) -> BackendSettings:
    """Settings for a store in a folder, with credentials for both organs."""
    credentials = {
        organ: {role: token_hash(f"{organ} {role}").hex() for role in ("publisher", "intake")} for organ in ORGANS
    }
    path = folder / "credentials.json"
    path.write_text(json.dumps({"organs": credentials}))
    return BackendSettings(
        database_url=database_url or f"sqlite:///{folder}/var/cases.db",
        erasure_url=erasure_beside(database_url) if database_url else "",
        credentials_file=path,
        max_file_bytes=2**20,
        staff_batch=StaffBatch.ONCE,
    )


@asynccontextmanager
async def served(chosen: BackendSettings, clock: SetClock | None = None) -> AsyncIterator[Server]:
    """Serve a store on a free port."""
    clock = clock or SetClock()
    async with open_backend(chosen, clock, CountedChance()) as backend, aiohttp.ClientSession() as http:
        runner = backend.runner()
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            yield Server(http, f"http://127.0.0.1:{runner.addresses[0][1]}", clock)
        finally:
            await runner.cleanup()
