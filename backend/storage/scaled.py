"""Cases on a PostgreSQL server: any number of processes, a plain transaction for each command."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeVar

from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolExhaustedError
from sqlalchemy.ext.asyncio import AsyncEngine

from backend.domain.case import Refused
from backend.domain.people import Caller
from backend.ports import StoreUnavailableError, Work
from backend.storage import rosters, schema
from backend.storage.engine import postgres_engine, vacuum
from backend.storage.erasure_places import ErasureStore
from backend.storage.tables import metadata
from backend.storage.work import SqlWork

T = TypeVar("T")

#: Deadlocks and lost races are solved by doing it again; three in a row are something else.
_TRIES: Final = 3
#: Serialization failure, deadlock, and a key that someone else has taken meanwhile (PostgreSQL, Appendix A).
_AGAIN: Final = frozenset({"40001", "40P01", "23505"})
#: Any number will do, as long as all processes that bring tables up to date take the same.
_SCHEMA_LOCK: Final = 7_241_909


class _LostRaceError(Exception):
    """Another transaction was in the way; the same again may well pass."""


_LOST: Final = (DBAPIError, PoolExhaustedError, OSError, _LostRaceError)


class PostgresCaseStore:
    """`ports.CaseStore` on a server."""

    def __init__(self, engine: AsyncEngine, keys: ErasureStore) -> None:
        """Take what `open` has prepared."""
        self._keys: Final = keys
        self._engine: Final = engine
        self._asking: Final = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @classmethod
    async def open(cls, address: str, keys: ErasureStore) -> "PostgresCaseStore":
        """Bring the tables up to date, one process at a time. Takes the keys over, and closes them.

        Raises `StoreUnavailableError` if there is no server.
        """
        engine = postgres_engine(make_url(address))
        try:
            async with engine.begin() as connection:
                await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _SCHEMA_LOCK})
                await connection.run_sync(schema.bring_up)
        except _LOST as lost:
            await engine.dispose()
            await keys.close()
            raise StoreUnavailableError from lost
        return cls(engine, keys)

    async def write(self, organ: str, act: Callable[[Work], T], *, is_bulky: bool = False) -> T:  # noqa: ARG002 - a server is never in the way
        """Run an act in a transaction of its own, once more where another was in the way."""
        with _unavailable():
            for _ in range(_TRIES - 1):
                with contextlib.suppress(_LostRaceError):
                    return await self._attempt(organ, act)
            return await self._attempt(organ, act)

    async def read(self, organ: str, ask: Callable[[Work], T]) -> T:
        """Run a question on one consistent state."""
        with _unavailable():
            async with self._asking.begin() as connection:
                return await connection.run_sync(lambda held: ask(SqlWork(held, organ, self._keys, writing=False)))

    async def staff_with(self, credential_hash: bytes) -> Caller | None:
        """Whose credential it is."""
        with _unavailable():
            async with self._asking.begin() as connection:
                return await connection.run_sync(rosters.staff_with, credential_hash)

    async def scrub(self) -> None:
        """Nothing to do at once: see `scour`."""

    async def scour(self) -> None:
        """Have the server's vacuum give free what was deleted; its log and its disk stay its own matter."""
        with _unavailable():
            await vacuum(self._engine.url, metadata)
            await self._keys.scour()

    async def ailments(self) -> Mapping[str, str]:
        """What is wrong with the servers."""
        return {**await server_ailments(self._engine), **await self._keys.ailments()}

    async def close(self) -> None:
        """Let go of all connections."""
        await self._engine.dispose()
        await self._keys.close()

    async def _attempt(self, organ: str, act: Callable[[Work], T]) -> T:
        try:
            async with self._engine.connect() as connection, connection.begin() as transaction:
                answer = await connection.run_sync(lambda held: act(SqlWork(held, organ, self._keys, writing=True)))
                if isinstance(answer, Refused):
                    await transaction.rollback()
                return answer
        except DBAPIError as lost:
            if getattr(lost.orig, "sqlstate", None) in _AGAIN:
                raise _LostRaceError from lost
            raise


async def server_ailments(engine: AsyncEngine) -> Mapping[str, str]:
    """What keeps a server from keeping cases, in the words of `CaseStore.ailments`."""
    try:
        async with engine.begin() as connection:
            read_only = await connection.scalar(text("SHOW transaction_read_only"))
            is_current = await connection.run_sync(schema.is_current)
    except _LOST:
        return {"database": "not reachable"}
    if read_only != "off":
        return {"database": "not writable"}
    return {} if is_current else {"database": "not migrated"}


@contextlib.contextmanager
def _unavailable() -> Iterator[None]:
    try:
        yield
    except _LOST as lost:
        raise StoreUnavailableError from lost
