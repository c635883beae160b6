"""The session store and relay book in one SQLite file: no server needed.

Reads go over a connection of their own in the event loop's thread (some tens of microseconds, cheaper than a hop to
another thread); writes go through the one group-committing writer. Rows written last are remembered, still sealed, so
that a talk under way is not read back at each step; nobody else writes to this file.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from bot.ports.storing import Changes, Parcel, Row
from bot.stores.schema import connect, prepare
from bot.stores.statements import apply
from bot.stores.writer import Writer

_ROW = "SELECT name, day, expires, box, pending FROM talks "
#: Rows remembered, and the largest box worth it: 64 MiB at the most.
_REMEMBERED, _LARGEST = 4096, 16 * 1024
_PARCEL = "SELECT parcel_id, owner, arrived, box FROM parcels "


class SqliteSessionStore:
    """`SessionStore` and `RelayBook` over `bot.db`."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        writing = connect(path)
        path.chmod(0o600)
        prepare(writing)
        self._reading = connect(path)
        self._recent: dict[bytes, Row] = {}
        self._writer = Writer(writing, apply)
        # Between asking and writing nobody else may write: this process is the only one.
        self._once = asyncio.Lock()

    async def commit(self, changes: Changes) -> None:
        self._forget(changes)
        await self._writer.commit(changes)
        self._remember(changes)

    async def load(self, names: Sequence[bytes]) -> Row | None:
        for name in names:
            recent = self._recent.get(name)
            if recent is not None:
                return recent
            found = self._reading.execute(_ROW + "WHERE name = ?", (name,)).fetchone()
            if found is not None:
                return _row(found)
        return None

    async def with_acts(self) -> tuple[Row, ...]:
        return tuple(map(_row, self._reading.execute(_ROW + "WHERE pending")))

    async def ending(self, after: int, until: int) -> tuple[Row, ...]:
        return tuple(map(_row, self._reading.execute(_ROW + "WHERE expires > ? AND expires <= ?", (after, until))))

    async def file(self, file_id: str) -> bytes | None:
        return self._one("SELECT box FROM files WHERE file_id = ?", file_id)

    async def parcel(self, parcel_id: str) -> Parcel | None:
        found = self._reading.execute(_PARCEL + "WHERE parcel_id = ?", (parcel_id,)).fetchone()
        return None if found is None else _parcel(found)

    async def parcels(self) -> tuple[Parcel, ...]:
        return tuple(map(_parcel, self._reading.execute(_PARCEL + "WHERE NOT arrived")))

    async def sweep(self, now: int) -> int:
        (due,) = self._reading.execute("SELECT count(*) FROM talks WHERE expires <= ?", (now,)).fetchone()
        # Also when nothing is due: answers that were changed since the last round lie in the log as well.
        await self.commit(Changes(expired_by=now, durable=True, forgets=True))
        return int(due)

    async def secret(self, name: str) -> bytes | None:
        return self._one("SELECT box FROM secrets WHERE name = ?", name)

    async def put_secret(self, name: str, box: bytes) -> None:
        await self.commit(Changes(put_secrets=((name, box),), durable=True))

    async def secret_once(self, name: str, box: bytes) -> bytes:
        async with self._once:
            there = await self.secret(name)
            if there is None:
                await self.put_secret(name, box)
            return box if there is None else there

    async def drop_secret(self, name: str) -> None:
        await self.commit(Changes(drop_secrets=(name,), durable=True, forgets=True))

    async def secrets(self, prefix: str) -> tuple[str, ...]:
        found = self._reading.execute("SELECT name FROM secrets WHERE substr(name, 1, ?) = ?", (len(prefix), prefix))
        return tuple(name for (name,) in found)

    async def days(self) -> frozenset[int]:
        return frozenset(day for (day,) in self._reading.execute("SELECT DISTINCT day FROM talks"))

    async def find(self, mailbox: str, now: int) -> bytes | None:
        return self._one("SELECT address FROM relay WHERE mailbox = ? AND expires > ?", mailbox, now)

    def close(self) -> None:
        """Commit what waits and close the file."""
        self._writer.close()
        # Without it, what was replaced stays readable in the write-ahead log.
        self._reading.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self._reading.close()

    def _forget(self, changes: Changes) -> None:
        # Before the write: if it fails, the file is what counts.
        for row in changes.put:
            self._recent.pop(row.name, None)
        for name in changes.drop:
            self._recent.pop(name, None)
        for name, _ in changes.expire:
            self._recent.pop(name, None)
        if changes.expired_by:
            self._recent.clear()

    def _remember(self, changes: Changes) -> None:
        for row in changes.put:
            if len(row.box) <= _LARGEST:
                self._recent[row.name] = row
        for name, _ in changes.expire:
            self._recent.pop(name, None)
        while len(self._recent) > _REMEMBERED:
            del self._recent[next(iter(self._recent))]

    def _one(self, query: str, *parameters: object) -> bytes | None:
        found = self._reading.execute(query, parameters).fetchone()
        return None if found is None else bytes(found[0])


def _row(found: tuple[bytes, int, int, bytes, int]) -> Row:
    name, day, expires, box, pending = found
    return Row(name=name, day=day, expires=expires, box=box, pending=bool(pending))


def _parcel(found: tuple[str, bytes, int, bytes]) -> Parcel:
    parcel_id, owner, arrived, box = found
    return Parcel(parcel_id=parcel_id, owner=owner, arrived=bool(arrived), box=box)
