"""One writer that commits in groups.

A commit costs a walk to the disk, whether for one command or for fifty. So the writer takes whatever commands are
waiting into one transaction, a savepoint each: one that fails or is refused sinks no other. None is answered before the
commit.

Waiting, for the disk or for another process, is done in a thread. Statements are run in the event loop's own: they take
fractions of a millisecond, and handing Python's one lock to and fro for each costs a fifth of all reports (measured).
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from backend.domain.case import Refused
from backend.ports import StoreUnavailableError, Work
from backend.storage.erasure import ErasureKeys
from backend.storage.work import SqlWork

T = TypeVar("T")

#: Commands in one commit: enough to make the disk cheap, few enough that the first is not kept waiting.
_AT_ONCE: Final = 64
#: Commands that may wait; whoever comes then is asked to come again, rather than to wait for minutes.
_MOST_WAITING: Final = 2048


class _Failed:
    """A command that raised; kept apart from whatever commands answer."""

    def __init__(self, why: Exception) -> None:
        self.why: Final = why


def _lost(why: Exception) -> _Failed:
    unavailable = StoreUnavailableError()
    unavailable.__cause__ = why
    return _Failed(unavailable)


class _Job:
    """A command that waits for the writer, and whoever waits for the command."""

    def __init__(self, organ: str, act: Callable[[Work], object], *, is_bulky: bool) -> None:
        self.organ: Final = organ
        self.act: Final = act
        self.is_bulky: Final = is_bulky
        self.outcome: Final[asyncio.Future[Any]] = asyncio.get_running_loop().create_future()

    def settle(self, answer: object) -> None:
        if self.outcome.done():
            # Whoever waited has gone; what they asked for is done all the same.
            return
        if isinstance(answer, _Failed):
            self.outcome.set_exception(answer.why)
        else:
            self.outcome.set_result(answer)


class GroupWriter:
    """Runs commands on one connection, group after group, in the order in which they came."""

    def __init__(self, connection: Connection, keys: ErasureKeys) -> None:
        """Write on a connection that nobody else uses from now on."""
        self._connection: Final = connection
        self._keys: Final = keys
        self._thread: Final = ThreadPoolExecutor(1, "cases-writer")
        self._waiting: list[_Job] = []
        self._came: Final = asyncio.Event()
        self._is_closing = False
        #: Held while a transaction is open.
        self._busy: Final = asyncio.Lock()
        self._task: Final = asyncio.create_task(self._write_groups(), name="cases-writer")

    async def write(self, organ: str, act: Callable[[Work], T], *, is_bulky: bool) -> T:
        """Run an act in the next group and answer when that is on disk."""
        if self._is_closing or len(self._waiting) >= _MOST_WAITING:
            raise StoreUnavailableError
        job = _Job(organ, act, is_bulky=is_bulky)
        self._waiting.append(job)
        self._came.set()
        answer: T = await job.outcome
        return answer

    async def alone(self, do: Callable[[Connection], None]) -> None:
        """Do something with the connection outside of any transaction."""
        async with self._busy:
            await self._apart(do, self._connection)

    async def close(self) -> None:
        """Commit what waits and take nothing more."""
        self._is_closing = True
        self._came.set()
        await self._task
        self._thread.shutdown()

    async def _write_groups(self) -> None:
        while self._waiting or not self._is_closing:
            await self._came.wait()
            self._came.clear()
            while self._waiting:
                group, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
                async with self._busy:
                    answers = await self._commit(group)
                for job, answer in zip(group, answers, strict=True):
                    job.settle(answer)

    async def _commit(self, group: Sequence[_Job]) -> Sequence[object]:
        """Run a group in one transaction; if that cannot be committed, none of it has happened."""
        try:
            transaction = await self._apart(self._connection.begin)
            is_bulky = any(job.is_bulky for job in group)
            answers = await self._apart(self._attempt_all, group) if is_bulky else self._attempt_all(group)
            await self._apart(transaction.commit)
        except Exception as lost:  # noqa: BLE001 - whatever it was, those who wait must be told, and the next group served
            if self._connection.in_transaction():
                await self._apart(self._connection.rollback)
            return [_lost(lost) for _ in group]
        return answers

    def _attempt_all(self, group: Sequence[_Job]) -> Sequence[object]:
        return [self._attempt(job) for job in group]

    def _attempt(self, job: _Job) -> object:
        """Run one command in a savepoint; a database that fails under it fails the whole group."""
        savepoint = self._connection.begin_nested()
        try:
            answer = job.act(SqlWork(self._connection, job.organ, self._keys, writing=True))
        except Exception as why:  # noqa: BLE001 - goes to whoever sent the command and not to its neighbours
            savepoint.rollback()
            return _lost(why) if isinstance(why, DBAPIError) else _Failed(why)
        if isinstance(answer, Refused):
            savepoint.rollback()
        else:
            savepoint.commit()
        return answer

    async def _apart(self, do: Callable[..., T], *given: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, do, *given)
