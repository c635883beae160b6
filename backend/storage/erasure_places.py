"""Where erasure keys are kept: a SQLite file beside that of the cases, or a database on a server of its own.

Either is of the same kind as where the cases are, for a transaction on cases asks it in its midst: in a file by
waiting, on a server by letting others go on meanwhile.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Connection, Engine, inspect, make_url, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from backend.ports import Chance, StoreUnavailableError
from backend.storage.engine import (
    PATIENCE,
    empty_side_file,
    make_private_file,
    postgres_engine,
    sqlite_engine,
    vacuum,
)
from backend.storage.erasure import ErasureKeys
from backend.storage.tables.erasure import erasure_metadata

#: Any number will do, as long as all processes that make the tables take the same.
_TABLES_LOCK: Final = 7_241_910


class ErasureStore(ErasureKeys, ABC):
    """Erasure keys with a place that can be looked after."""

    async def scrub(self) -> None:
        """See that what was destroyed is not left behind in side files; a server has none of ours."""

    @abstractmethod
    async def scour(self) -> None:
        """See that it is not left in free space either; this may take long."""

    @abstractmethod
    async def ailments(self) -> Mapping[str, str]:
        """What keeps it from working; empty when nothing does. Never raises."""

    @abstractmethod
    async def close(self) -> None:
        """Drop keys that no case will name, and let go."""


class SqliteErasureStore(ErasureStore):
    """In a file."""

    @classmethod
    async def open(cls, address: str, chance: Chance, patience: float = PATIENCE) -> "SqliteErasureStore":
        """Make the file if there is none. Raises `StoreUnavailableError` if it is held, or none of ours."""
        url = make_url(address)
        writing = sqlite_engine(url, writing=True, patience=patience)
        try:
            await asyncio.to_thread(_make, Path(url.database or ""), writing)
        except (DBAPIError, OSError) as lost:
            raise StoreUnavailableError from lost
        return cls(writing, sqlite_engine(url, writing=False), chance)

    async def scrub(self) -> None:
        await asyncio.to_thread(self._empty)

    async def scour(self) -> None:
        await self.scrub()

    async def ailments(self) -> Mapping[str, str]:
        try:
            await asyncio.to_thread(self._try)
        except SQLAlchemyError:
            return {"erasure": "not writable"}
        return {}

    async def close(self) -> None:
        try:
            await asyncio.to_thread(self._drop_unused)
        finally:
            self._writing.dispose()
            self._reading.dispose()

    def _empty(self) -> None:
        with self._writing.connect() as connection:
            empty_side_file(connection)

    def _try(self) -> None:
        with self._writing.begin():
            """A transaction can be begun and committed."""


class PostgresErasureStore(ErasureStore):
    """On a server. Its methods that do not wait may only be called from within a transaction on cases."""

    def __init__(self, engine: AsyncEngine, chance: Chance) -> None:
        """Take what `open` has prepared."""
        super().__init__(engine.sync_engine, engine.sync_engine, chance)
        self._engine: Final = engine

    @classmethod
    async def open(cls, address: str, chance: Chance) -> "PostgresErasureStore":
        """Make the tables if there are none. Raises `StoreUnavailableError` if there is no server."""
        engine = postgres_engine(make_url(address))
        try:
            async with engine.begin() as connection:
                await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _TABLES_LOCK})
                await connection.run_sync(erasure_metadata.create_all)
        except (DBAPIError, OSError) as lost:
            await engine.dispose()
            raise StoreUnavailableError from lost
        return cls(engine, chance)

    async def scour(self) -> None:
        await vacuum(self._engine.url, erasure_metadata)

    async def ailments(self) -> Mapping[str, str]:
        try:
            async with self._engine.begin() as connection:
                read_only = await connection.scalar(text("SHOW transaction_read_only"))
        except (SQLAlchemyError, OSError):
            return {"erasure": "not reachable"}
        return {} if read_only == "off" else {"erasure": "not writable"}

    async def close(self) -> None:
        # A server that is away keeps keys that no case will ever name: they open nothing.
        with suppress(SQLAlchemyError, OSError):
            async with self._engine.connect() as connection:
                await connection.run_sync(lambda _: self._drop_unused())
        await self._engine.dispose()


async def open_erasure(address: str, chance: Chance) -> ErasureStore:
    """Open the store behind an address."""
    if address.startswith("sqlite"):
        return await SqliteErasureStore.open(address, chance)
    return await PostgresErasureStore.open(address, chance)


async def examine_erasure(address: str) -> Mapping[str, str]:
    """Look at it from outside, beside whoever works on it; makes nothing. A file not there yet is `not made`."""
    url = make_url(address)
    if url.get_backend_name() != "sqlite":
        return await _examine_server(postgres_engine(url))
    return await asyncio.to_thread(_examine_file, url)


def _make(path: Path, writing: Engine) -> None:
    make_private_file(path)
    with writing.begin() as connection:
        erasure_metadata.create_all(connection)


def _examine_file(url: URL) -> Mapping[str, str]:
    if not Path(url.database or "").exists():
        return {"erasure": "not made"}
    engine = sqlite_engine(url, writing=False)
    try:
        with engine.begin() as connection:
            return _tables(connection)
    except SQLAlchemyError:
        return {"erasure": "not reachable"}
    finally:
        engine.dispose()


async def _examine_server(engine: AsyncEngine) -> Mapping[str, str]:
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(_tables)
    except (SQLAlchemyError, OSError):
        return {"erasure": "not reachable"}
    finally:
        await engine.dispose()


def _tables(connection: Connection) -> Mapping[str, str]:
    there = set(inspect(connection).get_table_names())
    return {} if set(erasure_metadata.tables) <= there else {"erasure": "not made"}
