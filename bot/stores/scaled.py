"""The session store and relay book in Redis: many bot processes share it.

One script a write, so that all of it is stored or nothing; a write by someone who lost the turn of the talk is refused.
Nothing is remembered here: another process may have written since.
"""

import asyncio
from collections.abc import Iterator, Sequence
from typing import TypeVar

import structlog

from bot.ports.storing import Changes, Parcel, Row
from bot.stores.errors import LockLostError, StoreError
from bot.stores.gathering import Gathering
from bot.stores.grip import proof
from bot.stores.layout import PREFIX, address_of, parcel_of, plain_list, row_of, talk_key, whole_list
from bot.stores.scripts import APPLY, ONCE, REWRITE, SWEEP
from bot.stores.server import RedisServer

#: Talks a sweep takes at once, and talks or parcels read at once: some milliseconds of the server's time.
AT_ONCE = 200
#: Seconds between two rewritings of the server's log, which is how long what was forgotten stays in it at the longest
#: beyond the pace of sweeps.
BETWEEN_REWRITINGS = 300

_T = TypeVar("_T")
_log = structlog.get_logger()


class RedisSessionStore:
    """`SessionStore` and `RelayBook` over a `RedisServer`. Every call may raise `StoreError`."""

    def __init__(self, server: RedisServer) -> None:
        self._server = server
        self._gathering = Gathering(server)

    async def commit(self, changes: Changes) -> None:
        if changes.is_plain:
            stored = await self._gathering.put(*proof(), *plain_list(changes))
        elif changes.durable:
            stored = await self._server.run_durably(APPLY, *proof(), *whole_list(changes))
        else:
            stored = await self._server.run(APPLY, *proof(), *whole_list(changes))
        if not stored:
            raise LockLostError("lock lost")

    async def load(self, names: Sequence[bytes]) -> Row | None:
        found = await self._server.ask("MGET", *map(talk_key, names)) if names else ()
        for name, value in zip(names, found, strict=True):
            if value is not None:
                return row_of(name, value)
        return None

    async def with_acts(self) -> tuple[Row, ...]:
        rows = await self._rows(await self._server.ask("SMEMBERS", PREFIX + b"acts"))
        return tuple(row for row in rows if row.pending)

    async def ending(self, after: int, until: int) -> tuple[Row, ...]:
        rows = await self._rows(await self._server.ask("ZRANGEBYSCORE", PREFIX + b"ends", f"({after}", until))
        return tuple(row for row in rows if after < row.expires <= until)

    async def file(self, file_id: str) -> bytes | None:
        found: bytes | None = await self._server.ask("HGET", PREFIX + b"file:" + file_id.encode(), "box")
        return found

    async def parcel(self, parcel_id: str) -> Parcel | None:
        key = PREFIX + b"parcel:" + parcel_id.encode()
        return parcel_of(parcel_id, await self._server.ask("HMGET", key, "owner", "arrived", "box"))

    async def parcels(self) -> tuple[Parcel, ...]:
        waiting = [name.decode() for name in await self._server.ask("SMEMBERS", PREFIX + b"waiting")]
        found: list[Parcel | None] = []
        for some in _by(AT_ONCE, waiting):
            found += await asyncio.gather(*map(self.parcel, some))
        return tuple(parcel for parcel in found if parcel is not None and not parcel.arrived)

    async def sweep(self, now: int) -> int:
        gone, talks, mailboxes = 0, AT_ONCE, 0
        while AT_ONCE in {talks, mailboxes}:
            talks, mailboxes = await self._server.run_durably(SWEEP, now, AT_ONCE)
            gone += talks
        await self._rewrite()
        return gone

    async def secret(self, name: str) -> bytes | None:
        found: bytes | None = await self._server.ask("HGET", PREFIX + b"secrets", name)
        return found

    async def put_secret(self, name: str, box: bytes) -> None:
        await self.commit(Changes(put_secrets=((name, box),), durable=True))

    async def secret_once(self, name: str, box: bytes) -> bytes:
        there: bytes = await self._server.run_durably(ONCE, name, box)
        return there

    async def drop_secret(self, name: str) -> None:
        await self.commit(Changes(drop_secrets=(name,), durable=True, forgets=True))

    async def secrets(self, prefix: str) -> tuple[str, ...]:
        names = [name.decode() for name in await self._server.ask("HKEYS", PREFIX + b"secrets")]
        return tuple(name for name in names if name.startswith(prefix))

    async def days(self) -> frozenset[int]:
        return frozenset(map(int, await self._server.ask("HKEYS", PREFIX + b"days")))

    async def find(self, mailbox: str, now: int) -> bytes | None:
        found = await self._server.ask("GET", PREFIX + b"relay:" + mailbox.encode())
        return None if found is None else address_of(found, now)

    async def _rows(self, listed: list[bytes]) -> list[Row]:
        """Read the talks with these names, in hex; one that went meanwhile is left out."""
        names = [bytes.fromhex(name.decode()) for name in listed]
        rows: list[Row] = []
        for some in _by(AT_ONCE, names):
            values = await self._server.ask("MGET", *map(talk_key, some))
            rows += [row_of(name, value) for name, value in zip(some, values, strict=True) if value is not None]
        return rows

    async def _rewrite(self) -> None:
        """Have the server write its log anew, without what was replaced and dropped; of many processes, one does."""
        if not await self._server.run(REWRITE, BETWEEN_REWRITINGS):
            return
        try:
            await self._server.ask("BGREWRITEAOF")
        except StoreError:
            # It is at it already, or we may not ask; SECURITY says what that leaves.
            _log.info("rewriting_refused")


def _by(count: int, items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    return (items[at : at + count] for at in range(0, len(items), count))
