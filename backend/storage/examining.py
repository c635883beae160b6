"""A look at databases from outside, beside whoever works on them: brings nothing up to date and makes no file."""

import asyncio
import os
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import SQLAlchemyError

from backend.ports import Chance, StoreUnavailableError, Work
from backend.storage import schema
from backend.storage.engine import postgres_engine, sqlite_engine
from backend.storage.erasure import ErasureKeys
from backend.storage.erasure_places import PostgresErasureStore
from backend.storage.scaled import PostgresCaseStore, server_ailments
from backend.storage.work import SqlWork

T = TypeVar("T")


async def examine(database_url: str) -> Mapping[str, str]:
    """Return what keeps a database from working, in the words of `CaseStore.ailments`; empty when nothing does.

    A file that is not there yet is `not made`: the first start makes it.
    """
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        return await asyncio.to_thread(_file, url)
    engine = postgres_engine(url)
    try:
        return await server_ailments(engine)
    finally:
        await engine.dispose()


class Onlooker(ABC):
    """Asks questions of databases that others work on."""

    @abstractmethod
    async def read(self, organ: str, ask: Callable[[Work], T]) -> T:
        """Run a question, as `CaseStore.read` does. Raises `StoreUnavailableError`."""


class _FileOnlooker(Onlooker):
    def __init__(self, cases: Engine, keys: ErasureKeys) -> None:
        self._cases: Final = cases
        self._keys: Final = keys

    async def read(self, organ: str, ask: Callable[[Work], T]) -> T:
        def asked() -> T:
            try:
                with self._cases.begin() as connection:
                    return ask(SqlWork(connection, organ, self._keys, writing=False))
            except SQLAlchemyError as lost:
                raise StoreUnavailableError from lost

        return await asyncio.to_thread(asked)


class _ServerOnlooker(Onlooker):
    def __init__(self, store: PostgresCaseStore) -> None:
        self._store: Final = store

    async def read(self, organ: str, ask: Callable[[Work], T]) -> T:
        return await self._store.read(organ, ask)


@asynccontextmanager
async def onlooking(database_url: str, erasure_url: str, chance: Chance) -> AsyncIterator[Onlooker]:
    """Ask questions of both databases until the block is left."""
    cases, keys = make_url(database_url), make_url(erasure_url)
    if cases.get_backend_name() == "sqlite":
        engines = [sqlite_engine(url, writing=False) for url in (cases, keys)]
        try:
            yield _FileOnlooker(engines[0], ErasureKeys(engines[1], engines[1], chance))
        finally:
            for engine in engines:
                engine.dispose()
        return
    store = PostgresCaseStore(postgres_engine(cases), PostgresErasureStore(postgres_engine(keys), chance))
    try:
        yield _ServerOnlooker(store)
    finally:
        await store.close()


def _file(url: URL) -> Mapping[str, str]:
    path = Path(url.database or "")
    if not path.exists():
        return {"database": "not made"}
    engine = sqlite_engine(url, writing=False)
    try:
        with engine.begin() as connection:
            is_current = schema.is_current(connection)
    except SQLAlchemyError:
        return {"database": "not reachable"}
    finally:
        engine.dispose()
    if not os.access(path, os.W_OK):
        return {"database": "not writable"}
    return {} if is_current else {"database": "not migrated"}
