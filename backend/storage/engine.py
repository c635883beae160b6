"""Connections as the store needs them: what each database must promise before a case is entrusted to it."""

import os
import sqlite3
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Connection, Engine, MetaData, NullPool, create_engine, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

#: Seconds to wait for another process, such as a backup, before giving up.
PATIENCE: Final = 5.0

_PRAGMAS: Final = (
    "journal_mode = WAL",
    # A receipt is given only for what outlives a power cut.
    "synchronous = FULL",
    # What is deleted is overwritten, not just unlinked.
    "secure_delete = ON",
    "foreign_keys = ON",
    # Sorting must not leave ciphertext in the system's temporary folder.
    "temp_store = MEMORY",
    # Pages, 16 MiB: the same page is then carried over once for many reports, not once for each.
    "wal_autocheckpoint = 4000",
    # KiB: new cases land anywhere, so the upper pages of all tables should stay at hand.
    "cache_size = -16384",
)
_READING_PRAGMAS: Final = ("query_only = ON", "temp_store = MEMORY")


def sqlite_engine(url: URL, *, writing: bool, patience: float = PATIENCE) -> Engine:
    """Connections to the embedded file; those for reading cannot write."""
    engine = create_engine(
        url.set(drivername="sqlite+pysqlite"),
        connect_args={"check_same_thread": False, "timeout": patience},
        hide_parameters=True,
    )
    pragmas = _PRAGMAS if writing else _READING_PRAGMAS

    @event.listens_for(engine, "connect")
    def _promise(raw: sqlite3.Connection, _: object) -> None:
        # The driver begins transactions by guessing; they are begun below instead.
        raw.isolation_level = None
        for pragma in pragmas:
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def postgres_engine(url: URL) -> AsyncEngine:
    """Connections to a server; a statement that takes half a minute is given up."""
    return create_async_engine(
        url,
        hide_parameters=True,
        pool_size=10,
        pool_timeout=5,
        pool_pre_ping=True,
        connect_args={"timeout": 5, "command_timeout": 30},
    )


def make_private_file(path: Path) -> None:
    """Make the database file, readable for this user alone; SQLite gives its side files the same rights."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def empty_side_file(connection: Connection) -> None:
    """Carry over and empty the write-ahead log of a file, in which deleted bytes stay until it is written over."""
    # Beside SQLAlchemy, which would begin a transaction for it; a reader in the way only puts it off.
    driver = connection.connection.driver_connection
    if driver is not None:
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")


async def vacuum(url: URL, tables: MetaData) -> None:
    """Have a server give free what was deleted from these tables; takes as long as it takes."""
    engine = create_async_engine(
        url, hide_parameters=True, isolation_level="AUTOCOMMIT", poolclass=NullPool, connect_args={"timeout": 5}
    )
    names = ", ".join(sorted(tables.tables))
    try:
        async with engine.connect() as connection:
            await connection.exec_driver_sql(f"VACUUM {names}")
    finally:
        await engine.dispose()
