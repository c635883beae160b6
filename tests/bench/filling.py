"""Fills the case store's tables with made-up cases, a million of them within a minute.

The rows are the storage layer's own tables', of three kinds: those that a reporter's look-up reads. They are written
beside the store, a table at a time and in the order of its key, which takes a hundredth of the time that handing over
would. Ciphertext is short noise: a look-up finds the same way past long rows, and fewer gigabytes do.
"""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import asyncpg
from sqlalchemy import Column, Table, make_url

from backend.contract import Escalation, Side, Stage
from backend.storage import tables as t

ORGAN = "demo"
#: Keys are spread over the whole range, as random ones are.
_SPAN = 2**32
#: Stands for every card and letter.
_NOISE = bytes(range(96))
_DAY = date(2026, 4, 1)

Value = str | bytes | int | date | bool | None


def locator(number: int, count: int) -> bytes:
    """Return the locator of the made-up case with this number, out of so many: 32 bytes, rising with the number."""
    return (number * (_SPAN // count)).to_bytes(4, "big") + blake2b(b"%d" % number, digest_size=28).digest()


def fill_file(path: Path, count: int) -> None:
    """Put so many cases into a SQLite file whose tables are there. Nobody else may have it open."""
    with sqlite3.connect(path) as writing:
        # A file that will be thrown away after the measurement need not survive a power cut.
        writing.execute("PRAGMA synchronous = OFF")
        for kind in _KINDS:
            names = kind.table.columns.keys()
            fields = ", ".join(f'"{name}"' for name in names)
            command = f'INSERT INTO "{kind.table.name}" ({fields}) VALUES ({", ".join("?" * len(names))})'  # noqa: S608 - names of our own tables
            writing.executemany(command, map(_plain, kind.rows(count)))
    writing.close()


async def fill_server(address: str, count: int) -> None:
    """Put so many cases into a PostgreSQL database whose tables are there."""
    url = make_url(address)
    writing = await asyncpg.connect(host=str(url.query["host"]), user=url.username, database=url.database)
    # Each row would look up the row it refers to, which is known to be there.
    await writing.execute("SET session_replication_role = replica")
    for kind in _KINDS:
        names = kind.table.columns.keys()
        await writing.copy_records_to_table(kind.table.name, records=kind.rows(count), columns=names)
    # A server does this by itself, but some minutes after.
    await writing.execute("VACUUM ANALYZE")
    await writing.close()


class _Kind(NamedTuple):
    """What the rows of a table are like: what all share, and what each has of its own."""

    table: Table
    shared: dict[str, Value]
    own: tuple[str, ...]
    make: Callable[[int, int], tuple[Value, ...]]

    def rows(self, count: int) -> Iterator[list[Value]]:
        """Give each row's values in the order of the table's columns; what nobody names has a neutral value."""
        given: dict[str, Value] = {"organ": ORGAN, **self.shared}
        row = [given.get(column.name, _neutral(column)) for column in self.table.columns]
        places = [self.table.columns.keys().index(name) for name in self.own]
        for number in range(count):
            for place, value in zip(places, self.make(number, count), strict=True):
                row[place] = value
            yield row.copy()


_KINDS = (
    _Kind(
        t.cases,
        {
            "desk": "naibu",
            "stage": Stage.RECEIVED.value,
            "escalation": Escalation.NONE.value,
            "card_version": 1,
            "letters": 1,
            "log_length": 1,
        },
        ("number", "submission_id"),
        lambda number, count: (_number(number, count), _id(number, count)),
    ),
    _Kind(
        t.locators,
        {},
        ("case_number", "locator"),
        lambda number, count: (_number(number, count), locator(number, count)),
    ),
    _Kind(
        t.letters,
        {"position": 1, "side": Side.STAFF.value, "for_reporter": _NOISE},
        ("case_number", "message_id"),
        lambda number, count: (_number(number, count), _id(number, count)),
    ),
)


def _number(number: int, count: int) -> str:
    # As long as a real one, and rising.
    return f"2026-{number * (16**6 // count):06X}"


def _id(number: int, count: int) -> str:
    return locator(number, count)[:16].hex()


def _neutral(column: "Column[object]") -> Value:
    if column.nullable:
        return None
    neutral: dict[type, Value] = {int: 0, bool: False, str: "", date: _DAY}
    return neutral.get(column.type.python_type, _NOISE)


def _plain(row: list[Value]) -> list[Value]:
    return [value.isoformat() if isinstance(value, date) else value for value in row]
