"""The session store and relay book in one SQLite file: no server needed.

Reads go over a connection of their own in the event loop's thread (some tens of microseconds, cheaper than a hop to
another thread); writes go through the one group-committing writer.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.ports import Changes, Parcel, Row
from bot.stores.schema import connect, prepare
from bot.stores.writer import Writer

_ROW = "SELECT name, day, expires, box, pending FROM talks "
_DROP_FILES = "DELETE FROM files WHERE owner = ? AND file_id NOT IN (SELECT value FROM json_each(?))"
_PARCEL = "SELECT parcel_id, owner, arrived, box FROM parcels "


class SqliteSessionStore:
    """`SessionStore` and `RelayBook` over `bot.db`."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        writing = connect(path)
        path.chmod(0o600)
        prepare(writing)
        self._reading = connect(path)
        self._writer = Writer(writing, apply)

    async def commit(self, changes: Changes) -> None:
        await self._writer.commit(changes)

    async def load(self, names: Sequence[bytes]) -> Row | None:
        for name in names:
            found = self._reading.execute(_ROW + "WHERE name = ?", (name,)).fetchone()
            if found is not None:
                return _row(found)
        return None

    async def with_acts(self) -> tuple[Row, ...]:
        return tuple(map(_row, self._reading.execute(_ROW + "WHERE pending")))

    async def file(self, file_id: str) -> bytes | None:
        return self._one("SELECT box FROM files WHERE file_id = ?", file_id)

    async def parcel(self, parcel_id: str) -> Parcel | None:
        found = self._reading.execute(_PARCEL + "WHERE parcel_id = ?", (parcel_id,)).fetchone()
        return None if found is None else _parcel(found)

    async def parcels(self) -> tuple[Parcel, ...]:
        return tuple(map(_parcel, self._reading.execute(_PARCEL + "WHERE NOT arrived")))

    async def sweep(self, now: int) -> int:
        names = [name for (name,) in self._reading.execute("SELECT name FROM talks WHERE expires <= ?", (now,))]
        mailboxes = [
            mailbox for (mailbox,) in self._reading.execute("SELECT mailbox FROM relay WHERE expires <= ?", (now,))
        ]
        if names or mailboxes:
            gone = tuple(names)
            await self.commit(
                Changes(drop=gone, drop_files_of=gone, drop_arrived_of=gone, drop_relay=tuple(mailboxes), durable=True)
            )
        # Also when nothing was due: answers that were changed since the last round lie in the log as well.
        self._truncate()
        return len(names)

    async def secret(self, name: str) -> bytes | None:
        return self._one("SELECT box FROM secrets WHERE name = ?", name)

    async def put_secret(self, name: str, box: bytes) -> None:
        await self.commit(Changes(put_secrets=((name, box),), durable=True))

    async def drop_secret(self, name: str) -> None:
        await self.commit(Changes(drop_secrets=(name,), durable=True))
        self._truncate()

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
        self._truncate()
        self._reading.close()

    def _one(self, query: str, *parameters: object) -> bytes | None:
        found = self._reading.execute(query, parameters).fetchone()
        return None if found is None else bytes(found[0])

    def _truncate(self) -> None:
        # Without it, what was deleted stays readable in the write-ahead log.
        self._reading.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _row(found: tuple[bytes, int, int, bytes, int]) -> Row:
    name, day, expires, box, pending = found
    return Row(name=name, day=day, expires=expires, box=box, pending=bool(pending))


def _parcel(found: tuple[str, bytes, int, bytes]) -> Parcel:
    parcel_id, owner, arrived, box = found
    return Parcel(parcel_id=parcel_id, owner=owner, arrived=bool(arrived), box=box)


def apply(connection: sqlite3.Connection, changes: Changes) -> None:
    """Carry out `changes` inside the open transaction."""
    for statement, rows in _statements(changes):
        connection.executemany(statement, rows)


def _statements(changes: Changes) -> Iterable[tuple[str, list[tuple[object, ...]]]]:
    # Dropping comes first: a talk that begins anew under the same name must not lose what this very write puts there.
    table: tuple[tuple[str, Iterable[tuple[object, ...]]], ...] = (
        ("UPDATE files SET owner = ?2 WHERE file_id = ?1", changes.hand_files),
        (_DROP_FILES, ((owner, json.dumps(changes.keep_files)) for owner in changes.drop_files_of)),
        ("DELETE FROM talks WHERE name = ?", ((name,) for name in changes.drop)),
        ("DELETE FROM parcels WHERE parcel_id = ?", ((parcel,) for parcel in changes.drop_parcels)),
        ("DELETE FROM parcels WHERE arrived AND owner = ?", ((owner,) for owner in changes.drop_arrived_of)),
        ("DELETE FROM relay WHERE mailbox = ?", ((mailbox,) for mailbox in changes.drop_relay)),
        ("DELETE FROM secrets WHERE name = ?", ((name,) for name in changes.drop_secrets)),
        ("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", ((f.blob_id, f.owner, f.box) for f in changes.put_files)),
        (
            "INSERT OR REPLACE INTO parcels VALUES (?, ?, ?, ?)",
            ((p.parcel_id, p.owner, p.arrived, p.box) for p in changes.put_parcels),
        ),
        (
            "UPDATE parcels SET arrived = ?2, box = ?3 WHERE parcel_id = ?1",
            ((p.parcel_id, p.arrived, p.box) for p in changes.settle_parcels),
        ),
        ("INSERT OR REPLACE INTO relay VALUES (?, ?, ?)", changes.put_relay),
        ("INSERT OR REPLACE INTO secrets VALUES (?, ?)", changes.put_secrets),
        (
            "INSERT OR REPLACE INTO talks (name, day, expires, pending, box) VALUES (?, ?, ?, ?, ?)",
            ((r.name, r.day, r.expires, r.pending, r.box) for r in changes.put),
        ),
        ("UPDATE talks SET expires = ?2 WHERE name = ?1", changes.expire),
    )
    for statement, rows in table:
        listed = list(rows)
        if listed:
            yield statement, listed
