"""One connection to the case store, for staff, administrators and recovery: requests out, typed answers back.

Knows the API's types and its faults, no route and no key. Refuses to follow redirects, since each request bears a
credential.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar

import aiohttp
import msgspec
import stamina

from backend.contract import API_VERSION, Fault, Refusal
from madoguchi.words import NotDoneError

#: Where `madoguchi run` listens for staff and administrators.
STORE = "http://127.0.0.1:8081"

#: A case may hold files of 64 MiB; a minute is enough on a slow line and short enough for someone who waits.
_PATIENCE = aiohttp.ClientTimeout(total=60, connect=5)

#: Seconds for which a store that is starting or has lost its database is asked again before the person is told.
_AGAIN_FOR = 15.0

_Answer = TypeVar("_Answer")


class StoreRefusedError(Exception):
    """The case store understood and refuses; the caller knows what the fault means for the person."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


class Wire:
    """An open connection that bears one credential."""

    def __init__(self, session: aiohttp.ClientSession, root: str) -> None:
        self._session = session
        self._root = root

    async def send(self, method: str, path: str, body: msgspec.Struct | bytes | None = None) -> bytes:
        """Make one request, with a record or with bytes as they are, and return the body of the answer.

        Raises `StoreRefusedError` with the store's fault, and `NotDoneError` when nobody answers or the answer is not
        the store's.
        """
        data = body if body is None or isinstance(body, bytes) else msgspec.json.encode(body)
        kind = "application/octet-stream" if data is body else "application/json"
        async for attempt in stamina.retry_context(
            on=_untouched, attempts=None, timeout=_AGAIN_FOR, wait_initial=0.2, wait_jitter=0.2, wait_max=2.0
        ):
            with attempt:
                return await self._once(method, path, data, {} if data is None else {"Content-Type": kind})
        raise AssertionError  # pragma: no cover - stamina either returns or raises

    async def _once(self, method: str, path: str, data: bytes | None, headers: dict[str, str]) -> bytes:
        try:
            async with self._session.request(
                method, self._root + path, data=data, headers=headers, allow_redirects=False
            ) as answer:
                content = await answer.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as silence:
            raise NotDoneError("store.silent") from silence
        if not answer.ok:
            raise _refusal(content)
        return content

    async def ask(self, shape: type[_Answer], method: str, path: str, body: msgspec.Struct | None = None) -> _Answer:
        """Make one request and return the answer as `shape`."""
        content = await self.send(method, path, body)
        try:
            return msgspec.json.decode(content, type=shape)
        except msgspec.DecodeError as foreign:
            raise NotDoneError("store.foreign") from foreign


@asynccontextmanager
async def open_wire(address: str, credential: str) -> AsyncIterator[Wire]:
    """Open a connection to `address`: a web address, or `unix:` and the path of a socket."""
    on_web = address.startswith(("http://", "https://"))
    root = address.rstrip("/") if on_web else "http://madoguchi"
    connector = aiohttp.TCPConnector() if on_web else aiohttp.UnixConnector(address.removeprefix("unix:"))
    headers = {"Authorization": f"Bearer {credential}"}
    async with aiohttp.ClientSession(connector=connector, headers=headers, timeout=_PATIENCE) as session:
        yield Wire(session, f"{root}/api/v{API_VERSION}")


def _untouched(why: Exception) -> bool:
    """Tell whether the store has certainly changed nothing and may soon be able to."""
    return isinstance(why, StoreRefusedError) and why.fault is Fault.BUSY


def _refusal(content: bytes) -> Exception:
    try:
        return StoreRefusedError(msgspec.json.decode(content, type=Refusal).fault)
    except msgspec.DecodeError:
        return NotDoneError("store.foreign")
