"""Finding the Redis server that has the say, and making sure that it keeps what it is told.

An address is `redis://`, `rediss://` (TLS), `unix://`, or `redis+sentinel://host:port,host:port/name/db`, which asks
the sentinels who leads. A cluster's node sends on to the one that keeps our keys. All is asked anew at each connection,
because after a switch another server answers. Refuses a server that could lose in a power cut what a person was told is
safe, or that may throw keys away when its memory is full.
"""

import asyncio
from collections.abc import Mapping
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

from redis.asyncio.connection import AbstractConnection, Connection, parse_url
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import NoBackoff
from redis.exceptions import (
    AuthenticationError,
    AuthorizationError,
    BusyLoadingError,
    MovedError,
    NoPermissionError,
    RedisError,
    ResponseError,
)

from bot.stores import scripts
from bot.stores.errors import StoreUnavailableError, StoreUnfitError
from bot.stores.layout import PREFIX

#: Seconds to open a connection, and to come to terms over it.
CONNECTING, GREETING = 3.0, 10.0
#: How often a cluster may send us on.
_HOPS = 5
SENTINEL = "redis+sentinel"

_REFUSALS = (AuthenticationError, AuthorizationError, NoPermissionError)
_KEEPS = "the server must have appendonly yes, appendfsync always and no-appendfsync-on-rewrite no"
_EVICTS = "the server must have maxmemory-policy noeviction"


class Promise(Enum):
    """How a server lets us know that something is on its disk."""

    #: It answers only when it is (`appendfsync always`).
    ANSWERED = "answered"
    #: It must be asked (WAITAOF, from 7.2 on).
    ASKED = "asked"


class Reaching:
    """Opens connections to the server behind an address. Raises `StoreUnfitError` for an address that is none."""

    def __init__(self, url: str, password: str) -> None:
        try:
            self._read(url, password)
        except (TypeError, ValueError):
            raise StoreUnfitError("the address cannot be read") from None
        #: What the server reached last promises.
        self.promise = Promise.ANSWERED

    def _read(self, url: str, password: str) -> None:
        self._url = urlsplit(url)
        self._options: dict[str, Any] = {
            "password": password or None,
            # One question may take long, and the link keeps watch itself.
            "socket_timeout": None,
            "socket_connect_timeout": CONNECTING,
            "protocol": 2,
            "driver_info": None,
        }
        if self._url.scheme == SENTINEL:
            self._name, _, db = self._url.path.strip("/").partition("/")
            self._options["db"] = int(db or 0)
            self._options["username"] = self._url.username
            # One that does not answer is passed over; there are others.
            once = {"socket_timeout": CONNECTING, "retry": Retry(NoBackoff(), 0)}
            self._sentinel = Sentinel(  # type: ignore[no-untyped-call]  # theirs
                _hosts(self._url.netloc), sentinel_kwargs=once
            )
        else:
            self._options.update(parse_url(url))
        self._made_by: type[AbstractConnection] = self._options.pop("connection_class", Connection)
        # An option that redis-py does not know is found here, and not when somebody waits.
        self._made_by(**self._options)

    async def __call__(self) -> AbstractConnection:
        """Open a connection to the server that keeps our keys; raises `StoreError`."""
        try:
            async with asyncio.timeout(GREETING):
                return await self._led(await self._leader())
        except (RedisError, OSError, TimeoutError) as error:
            # Over a Unix socket redis-py wraps a refusal into an error of the connection.
            for fault in (error, error.__cause__):
                if isinstance(fault, _REFUSALS):
                    raise StoreUnfitError(f"the server does not let this bot in ({type(fault).__name__})") from None
            raise StoreUnavailableError(type(error).__name__) from None

    async def _leader(self) -> Mapping[str, Any]:
        if self._url.scheme != SENTINEL:
            return {}
        try:
            host, port = await self._sentinel.discover_master(self._name)
        finally:
            for client in self._sentinel.sentinels:
                await client.aclose()
        return {"host": host, "port": port}

    async def _led(self, place: Mapping[str, Any]) -> AbstractConnection:
        for _ in range(_HOPS):
            connection = self._made_by(**{**self._options, **place})
            try:
                await connection.connect()  # type: ignore[no-untyped-call]  # theirs
                await self._greet(connection)
            except MovedError as moved:
                await connection.disconnect(nowait=True)
                place = {"host": moved.host or getattr(connection, "host", ""), "port": moved.port}
            except BaseException:
                await connection.disconnect(nowait=True)
                raise
            else:
                return connection
        raise StoreUnavailableError("sent on and on")

    async def _greet(self, connection: AbstractConnection) -> None:
        # A cluster's node says here if another one keeps our keys; a server that is still loading says so, too.
        await _asked(connection, "EXISTS", PREFIX)
        self.promise = await _promise_of(connection)
        for script in scripts.ALL:
            await _asked(connection, "SCRIPT", "LOAD", script.text)


async def _promise_of(connection: AbstractConnection) -> Promise:
    evicts = await _setting(connection, "maxmemory-policy")
    if evicts not in {"noeviction", None}:
        raise StoreUnfitError(_EVICTS)
    wanted = (("appendonly", "yes"), ("appendfsync", "always"), ("no-appendfsync-on-rewrite", "no"))
    found = [await _setting(connection, name) == value for name, value in wanted]
    if all(found):
        return Promise.ANSWERED
    try:
        # Refused where there is no log to wait for, and where the server is too old to know the word.
        await _asked(connection, "WAITAOF", 1, 0, 1)
    except BusyLoadingError:
        raise
    except ResponseError:
        raise StoreUnfitError(_KEEPS) from None
    return Promise.ASKED


async def _setting(connection: AbstractConnection, name: str) -> str | None:
    """Return a setting of the server, or None where we may not ask."""
    try:
        found = await _asked(connection, "CONFIG", "GET", name)
    except ResponseError:
        return None
    return found[1].decode() if found else None


async def _asked(connection: AbstractConnection, *command: bytes | str | int) -> Any:  # noqa: ANN401 - whatever it answers
    await connection.send_command(*command, check_health=False)
    return await connection.read_response(disable_decoding=True)


def _hosts(netloc: str) -> list[tuple[str, int]]:
    """Read `user@host:port,host:port`; 26379 is the port that sentinels have by custom."""
    hosts = (urlsplit(f"//{one}") for one in netloc.rpartition("@")[2].split(","))
    return [(host.hostname or "127.0.0.1", host.port or 26379) for host in hosts]
