"""Carries python-telegram-bot's calls over one pooled aiohttp session, and tells apart what a failure means.

The library throws most failures together; here one that came before anything was sent (`NotReachedError`) is never
mistaken for one after which nobody knows (`TimedOut`). Nothing is logged: addresses hold the bot's token, answers hold
what people wrote.
"""

from typing import Any

import aiohttp
import msgspec
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

#: Bytes of the largest answer: a file of 20 MB, the most that a bot may fetch, and some room.
LARGEST = 21 * 2**20
#: Seconds for one call, unless it says so itself, and for the connection alone.
PATIENCE = 20.0
CONNECTING = 5.0

_TOO_MANY = 429
#: A gateway that gave up says nothing about what happened behind it (RFC 9110 §15.6.3 and 15.6.5).
_UNCLEAR = frozenset((502, 504))

_write = msgspec.json.Encoder().encode
_read = msgspec.json.Decoder().decode


class NotReachedError(NetworkError):
    """Nothing was sent: nobody took the connection."""


class FloodedError(TelegramError):
    """The service asks to wait for so many `seconds`; nothing was sent."""

    def __init__(self, seconds: float) -> None:
        super().__init__("flooded")
        self.seconds = seconds


class AiohttpRequest(BaseRequest):
    """Sends over a session that others open and close."""

    def __init__(self, http: aiohttp.ClientSession) -> None:
        self._http = http

    @property
    def read_timeout(self) -> float:
        return PATIENCE

    async def initialize(self) -> None:
        """Need nothing: the session is open."""

    async def shutdown(self) -> None:
        """Leave the session to whoever opened it."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,  # noqa: ARG002
        connect_timeout: object = None,  # noqa: ARG002
        pool_timeout: object = None,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Make one call and return status and body. Raises one of the errors above, or `TimedOut`."""
        seconds = read_timeout if isinstance(read_timeout, int | float) else PATIENCE
        timeout = aiohttp.ClientTimeout(total=seconds, connect=CONNECTING)
        body = _write(request_data.parameters) if request_data else None
        headers = {"Content-Type": "application/json"} if body else None
        try:
            async with self._http.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                return judged(answer.status, await _whole(answer))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as fault:
            raise NotReachedError(type(fault).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as fault:
            raise TimedOut(type(fault).__name__) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer. Unlike the library's own, it does not log what it cannot read."""
        try:
            answer = _read(payload)
        except (msgspec.DecodeError, UnicodeDecodeError):
            answer = None
        if not isinstance(answer, dict):
            raise TelegramError("not an answer")
        return answer


async def _whole(answer: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in answer.content.iter_any():
        body += chunk
        if len(body) > LARGEST:
            raise TelegramError("too large")
    return bytes(body)


def judged(status: int, body: bytes) -> tuple[int, bytes]:
    """Return an answer that the library reads by itself; raises `FloodedError` or `TimedOut` for the others."""
    if status == _TOO_MANY:
        raise FloodedError(_wait(body))
    if status in _UNCLEAR:
        raise TimedOut(f"HTTP {status}")
    return status, body


def _wait(body: bytes) -> float:
    """Read how long to wait; a second where the answer does not say."""
    try:
        return max(0.0, float(_read(body)["parameters"]["retry_after"]))
    except (msgspec.DecodeError, UnicodeDecodeError, LookupError, TypeError, ValueError):
        return 1.0
