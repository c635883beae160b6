"""What a write does to the tables of `bot.db`: one row a kind of change, in the order in which they must happen.

Runs inside the open transaction of whoever calls; begins and ends none itself.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence

from bot.ports.storing import Changes, Row

_Rows = Iterable[tuple[object, ...]]

_PUT = (
    "INSERT INTO talks (name, day, expires, pending, box) VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
    " day = excluded.day, expires = excluded.expires, pending = excluded.pending, box = excluded.box"
)
_DROP_FILES = "DELETE FROM files WHERE owner = ? AND file_id NOT IN (SELECT value FROM json_each(?))"
_DROP_EXPIRED_FILES = "DELETE FROM files WHERE owner IN (SELECT name FROM talks WHERE expires <= ?)"
_DROP_EXPIRED_PARCELS = "DELETE FROM parcels WHERE arrived AND owner IN (SELECT name FROM talks WHERE expires <= ?)"

# Dropping comes first: a talk that begins anew under the same name must not lose what this very write puts there.
_TABLE: tuple[tuple[str, Callable[[Changes], _Rows]], ...] = (
    ("UPDATE files SET owner = ?2 WHERE file_id = ?1", lambda c: c.hand_files),
    (_DROP_FILES, lambda c: ((owner, json.dumps(c.keep_files)) for owner in c.drop_files_of)),
    ("DELETE FROM talks WHERE name = ?", lambda c: zip(c.drop)),
    ("DELETE FROM parcels WHERE parcel_id = ?", lambda c: zip(c.drop_parcels)),
    ("DELETE FROM relay WHERE mailbox = ?", lambda c: zip(c.drop_relay)),
    ("DELETE FROM secrets WHERE name = ?", lambda c: zip(c.drop_secrets)),
    (_DROP_EXPIRED_FILES, lambda c: _by(c.expired_by)),
    (_DROP_EXPIRED_PARCELS, lambda c: _by(c.expired_by)),
    ("DELETE FROM talks WHERE expires <= ?", lambda c: _by(c.expired_by)),
    ("DELETE FROM relay WHERE expires <= ?", lambda c: _by(c.expired_by)),
    ("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", lambda c: ((f.blob_id, f.owner, f.box) for f in c.put_files)),
    (
        "INSERT OR REPLACE INTO parcels VALUES (?, ?, ?, ?)",
        lambda c: ((p.parcel_id, p.owner, p.arrived, p.box) for p in c.put_parcels),
    ),
    (
        "UPDATE parcels SET arrived = ?2, box = ?3 WHERE parcel_id = ?1",
        lambda c: ((p.parcel_id, p.arrived, p.box) for p in c.settle_parcels),
    ),
    ("INSERT OR REPLACE INTO relay VALUES (?, ?, ?)", lambda c: c.put_relay),
    ("INSERT OR REPLACE INTO secrets VALUES (?, ?)", lambda c: c.put_secrets),
    (_PUT, lambda c: map(_values, c.put)),
    ("UPDATE talks SET expires = ?2 WHERE name = ?1", lambda c: c.expire),
)


def apply(connection: sqlite3.Connection, batch: Sequence[Changes]) -> None:
    """Carry out the changes in their order; plain answers that follow one another go in one statement."""
    plain: list[tuple[object, ...]] = []
    for changes in batch:
        if changes.is_plain:
            plain += map(_values, changes.put)
            continue
        connection.executemany(_PUT, plain)
        plain = []
        for statement, rows_of in _TABLE:
            rows = list(rows_of(changes))
            if rows:
                connection.executemany(statement, rows)
    connection.executemany(_PUT, plain)


def _by(moment: int) -> _Rows:
    return ((moment,),) if moment else ()


def _values(row: Row) -> tuple[object, ...]:
    return row.name, row.day, row.expires, row.pending, row.box
