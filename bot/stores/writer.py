"""One writer for `bot.db`: gathers the changes that wait, commits them together, and wakes everyone who waited.

A commit that holds a hand-over, a token, a forgetting or a relay step is flushed to the disk before anyone is told
(`synchronous=FULL`); plain answers survive a crash of the process at once and a power cut from the next such commit on.
The pragma is chosen before BEGIN, because inside a transaction it has no effect. After a commit that forgets something
the write-ahead log is emptied before anyone is told, for what was replaced stays readable in it.
"""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable

from bot.ports import Changes

#: So that one commit never keeps the others waiting long: at most this many changes in it.
MOST_AT_ONCE = 512

Apply = Callable[[sqlite3.Connection, Changes], None]
_Waiting = tuple[Changes, asyncio.Future[None]]


class Writer:
    """A thread that owns the only writing connection."""

    def __init__(self, connection: sqlite3.Connection, apply: Apply) -> None:
        self._connection = connection
        self._apply = apply
        self._waiting: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="bot.db writer", daemon=True)
        self._thread.start()

    async def commit(self, changes: Changes) -> None:
        """Return when `changes` are committed; raises what SQLite raised, and then nothing of them is stored."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.put((changes, done))
        await done

    def close(self) -> None:
        """Commit what waits, then stop."""
        self._waiting.put(None)
        self._thread.join()
        self._connection.close()

    def _run(self) -> None:
        while True:
            batch, more = self._gather()
            if batch:
                self._commit(batch)
            if not more:
                return

    def _gather(self) -> tuple[list[_Waiting], bool]:
        first = self._waiting.get()
        batch: list[_Waiting] = []
        while first is not None:
            batch.append(first)
            if len(batch) == MOST_AT_ONCE:
                return batch, True
            try:
                first = self._waiting.get_nowait()
            except queue.Empty:
                return batch, True
        return batch, False

    def _commit(self, batch: list[_Waiting]) -> None:
        try:
            self._write([changes for changes, _ in batch])
        except sqlite3.Error as error:
            if len(batch) == 1:
                _wake([batch[0][1]], error)
                return
            # One bad change must not sink the others: each gets a transaction of its own.
            for waiting in batch:
                self._commit([waiting])
        else:
            _wake([done for _, done in batch], None)

    def _write(self, batch: list[Changes]) -> None:
        durable = any(changes.durable for changes in batch)
        self._connection.execute("PRAGMA synchronous=FULL" if durable else "PRAGMA synchronous=NORMAL")
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            for changes in batch:
                self._apply(self._connection, changes)
            self._connection.execute("COMMIT")
        except sqlite3.Error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        if any(changes.forgets for changes in batch):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _wake(waiting: list[asyncio.Future[None]], error: Exception | None) -> None:
    """Settle all futures of a batch with one call into their loop: a call each would cost more than the commit."""
    loop = waiting[0].get_loop()
    if not loop.is_closed():
        loop.call_soon_threadsafe(_settle, waiting, error)


def _settle(waiting: list[asyncio.Future[None]], error: Exception | None) -> None:
    for done in waiting:
        if done.done():
            continue
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)
