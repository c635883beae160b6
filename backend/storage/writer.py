"""One writer that commits in groups.

A commit costs a walk to the disk, whether for one command or for fifty. So the writer takes whatever commands are waiting
into one transaction, a savepoint each: one that fails or is refused sinks no other. None is answered before the commit.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import Any, Final, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from backend.domain.case import Refused
from backend.ports import StoreUnavailableError, Work
from backend.storage.work import SqlWork

T = TypeVar("T")

#: Commands in one commit: enough to make the disk cheap, few enough that the first is not kept waiting.
_AT_ONCE: Final = 64
#: Commands that may wait; whoever comes then is asked to come again, rather than to wait for minutes.
_MOST_WAITING: Final = 2048


class _Job:
    """A command that waits for the writer, and whoever waits for the command."""

    def __init__(self, organ: str, act: Callable[[Work], Any]) -> None:
        self.organ: Final = organ
        self.act: Final = act
        self.outcome: Final = asyncio.get_running_loop().create_future()

    def settle(self, answer: Any) -> None:
        if self.outcome.done():
            # Whoever waited has gone; what they asked for is done all the same.
            return
        if isinstance(answer, _Failed):
            self.outcome.set_exception(answer.why)
        else:
            self.outcome.set_result(answer)


class _Failed:
    """A command that raised; kept apart from whatever commands answer."""

    def __init__(self, why: Exception) -> None:
        self.why: Final = why


class GroupWriter:
    """Runs commands on one connection, group after group, in the order in which they came."""

    def __init__(self, connection: Connection, thread: Executor) -> None:
        """Write on a connection that nobody else uses, from a thread that runs one thing at a time."""
        self._connection: Final = connection
        self._thread: Final = thread
        self._waiting: list[_Job] = []
        self._came: Final = asyncio.Event()
        self._is_closing = False
        self._task: Final = asyncio.create_task(self._write_groups(), name="cases-writer")

    async def write(self, organ: str, act: Callable[[Work], T]) -> T:
        """Run an act in the next group and answer when that is on disk."""
        if self._is_closing or len(self._waiting) >= _MOST_WAITING:
            raise StoreUnavailableError
        job = _Job(organ, act)
        self._waiting.append(job)
        self._came.set()
        answer: T = await job.outcome
        return answer

    async def close(self) -> None:
        """Commit what waits and take nothing more."""
        self._is_closing = True
        self._came.set()
        await self._task

    async def _write_groups(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting or not self._is_closing:
            await self._came.wait()
            self._came.clear()
            while self._waiting:
                group, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
                answers = await loop.run_in_executor(self._thread, self._commit, group)
                for job, answer in zip(group, answers, strict=True):
                    job.settle(answer)

    def _commit(self, group: Sequence[_Job]) -> Sequence[Any]:
        """Run a group in one transaction; if that cannot be committed, none of it has happened."""
        try:
            with self._connection.begin():
                return [self._attempt(job) for job in group]
        except DBAPIError:
            return [_Failed(StoreUnavailableError())] * len(group)

    def _attempt(self, job: _Job) -> Any:
        """Run one command in a savepoint; a database that fails under it fails the whole group."""
        savepoint = self._connection.begin_nested()
        try:
            answer = job.act(SqlWork(self._connection, job.organ, writing=True))
        except Exception as why:  # noqa: BLE001 - goes to whoever sent the command and not to its neighbours
            savepoint.rollback()
            return _Failed(StoreUnavailableError() if isinstance(why, DBAPIError) else why)
        if isinstance(answer, Refused):
            savepoint.rollback()
        else:
            savepoint.commit()
        return answer
