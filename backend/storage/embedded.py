"""Cases in one SQLite file: a single writer that commits in groups, beside readers that never wait for it."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import URL, Connection, Engine, make_url
from sqlalchemy.exc import DBAPIError

from backend.domain.people import Caller
from backend.ports import StoreUnavailableError, Work
from backend.storage import rosters, schema
from backend.storage.engine import PATIENCE, empty_side_file, make_private_file, sqlite_engine
from backend.storage.erasure_places import ErasureStore
from backend.storage.work import SqlWork
from backend.storage.writer import GroupWriter

T = TypeVar("T")

_READERS: Final = 4


class SqliteCaseStore:
    """`ports.CaseStore` in a file."""

    def __init__(self, writing: Engine, connection: Connection, reading: Engine, keys: ErasureStore) -> None:
        """Take what `open` has prepared."""
        self._keys: Final = keys
        self._writing: Final = writing
        self._connection: Final = connection
        self._reading: Final = reading
        self._reader_threads: Final = ThreadPoolExecutor(_READERS, "cases-reader")
        self._writer: Final = GroupWriter(connection, keys)

    @classmethod
    async def open(cls, address: str, keys: ErasureStore, patience: float = PATIENCE) -> "SqliteCaseStore":
        """Make the file if there is none and bring its tables up to date. Takes the keys over, and closes them.

        Raises `StoreUnavailableError` if another process holds it, or if the file is none of ours.
        """
        url = make_url(address)
        writing = sqlite_engine(url, writing=True, patience=patience)
        try:
            connection = await asyncio.to_thread(_prepare, url, writing)
        except (DBAPIError, OSError) as lost:
            await keys.close()
            raise StoreUnavailableError from lost
        return cls(writing, connection, sqlite_engine(url, writing=False), keys)

    async def write(self, organ: str, act: Callable[[Work], T], *, is_bulky: bool = False) -> T:
        """Run an act in the next group."""
        return await self._writer.write(organ, act, is_bulky=is_bulky)

    async def read(self, organ: str, ask: Callable[[Work], T]) -> T:
        """Run a question on a reader's connection."""
        return await self._ask(lambda connection: ask(SqlWork(connection, organ, self._keys, writing=False)))

    async def staff_with(self, credential_hash: bytes) -> Caller | None:
        """Whose credential it is."""
        return await self._ask(lambda connection: rosters.staff_with(connection, credential_hash))

    async def scrub(self) -> None:
        """Empty the write-ahead logs, in which deleted bytes stay until they are written over."""
        await self._writer.alone(empty_side_file)
        await self._keys.scrub()

    async def scour(self) -> None:
        """No more than that: deleted bytes are overwritten where they stood."""
        await self.scrub()

    async def ailments(self) -> Mapping[str, str]:
        """What is wrong with the files; the writer is asked for an empty transaction to find out."""
        try:
            await self.write("", lambda _: None)
            is_current = await self._ask(schema.is_current)
        except StoreUnavailableError:
            return {"database": "not writable"}
        return {**({} if is_current else {"database": "not migrated"}), **await self._keys.ailments()}

    async def close(self) -> None:
        """Commit what waits, then let go of the file."""
        await self._writer.close()
        self._reader_threads.shutdown()
        self._connection.close()
        self._writing.dispose()
        self._reading.dispose()
        await self._keys.close()

    async def _ask(self, ask: Callable[[Connection], T]) -> T:
        def asked() -> T:
            try:
                with self._reading.begin() as connection:
                    return ask(connection)
            except DBAPIError as lost:
                raise StoreUnavailableError from lost

        return await asyncio.get_running_loop().run_in_executor(self._reader_threads, asked)


def _prepare(url: URL, writing: Engine) -> Connection:
    make_private_file(Path(url.database or ""))
    with writing.begin() as connection:
        schema.bring_up(connection)
    return writing.connect()
