"""One writer for `bot.db`: gathers the changes that wait, commits them together, and wakes everyone who waited.

A commit that holds a hand-over, a token, a forgetting or a relay step is flushed to the disk before anyone is told
(`synchronous=FULL`), in a thread, so that the disk holds nobody else up. Plain answers survive a crash of the process
at once and a power cut from the next flush on; they are written in the loop's own thread, because a hop to another
costs more than the write. The pragma is chosen before BEGIN, because inside a transaction it has no effect. After a
commit that forgets something the write-ahead log is emptied before anyone is told: what was replaced stays readable in
it.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from bot.ports.storing import Changes

#: Changes after which the write-ahead log goes into the database; SQLite's own default is a thousand pages.
BETWEEN_CHECKPOINTS = 1000

Apply = Callable[[sqlite3.Connection, Sequence[Changes]], None]
_Waiting = tuple[Changes, asyncio.Future[None]]
_Settled = tuple[asyncio.Future[None], Exception | None]


class Writer:
    """Owns the only writing connection. One batch at a time is under way; what comes meanwhile is the next one."""

    def __init__(self, connection: sqlite3.Connection, apply: Apply) -> None:
        self._connection = connection
        self._apply = apply
        self._gathered: list[_Waiting] = []
        self._busy = False
        self._since_checkpoint = 0
        self._flushes: bool | None = None
        self._flushing = ThreadPoolExecutor(1, "bot.db writer")
        # A checkpoint waits for the disk: it happens in the thread, never by itself within a commit.
        connection.execute("PRAGMA wal_autocheckpoint=0").fetchall()

    async def commit(self, changes: Changes) -> None:
        """Return when `changes` are committed; raises what SQLite raised, and then nothing of them is stored."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        self._gathered.append((changes, done))
        if not self._busy:
            self._busy = True
            loop.call_soon(self._begin, loop)
        await done

    def close(self) -> None:
        """Commit what waits, then stop."""
        self._flushing.shutdown()
        if self._gathered:
            self._commit(self._gathered)
        self._connection.close()

    def _begin(self, loop: asyncio.AbstractEventLoop) -> None:
        batch, self._gathered = self._gathered, []
        if not batch:
            self._busy = False
        elif self._since_checkpoint >= BETWEEN_CHECKPOINTS or any(changes.durable for changes, _ in batch):
            self._flushing.submit(self._flush, batch, loop)
        else:
            self._end(self._commit(batch), loop)

    def _flush(self, batch: list[_Waiting], loop: asyncio.AbstractEventLoop) -> None:
        settled = self._commit(batch)
        if self._since_checkpoint >= BETWEEN_CHECKPOINTS:
            # A full disk, perhaps: it is committed all the same, and those who wait must be told.
            with suppress(sqlite3.Error):
                self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            self._since_checkpoint = 0
        if not loop.is_closed():
            loop.call_soon_threadsafe(self._end, settled, loop)

    def _end(self, settled: list[_Settled], loop: asyncio.AbstractEventLoop) -> None:
        for done, error in settled:
            if done.done():
                continue
            if error is None:
                done.set_result(None)
            else:
                done.set_exception(error)
        loop.call_soon(self._begin, loop)

    def _commit(self, batch: list[_Waiting]) -> list[_Settled]:
        self._since_checkpoint += len(batch)
        try:
            self._write([changes for changes, _ in batch])
        except Exception as error:  # noqa: BLE001 - whatever it was, those who wait must be told, and the next written
            if len(batch) == 1:
                return [(batch[0][1], error)]
            # One bad change must not sink the others: each gets a transaction of its own.
            return [settled for waiting in batch for settled in self._commit([waiting])]
        return [(done, None) for _, done in batch]

    def _write(self, batch: list[Changes]) -> None:
        durable = any(changes.durable for changes in batch)
        if durable != self._flushes:
            self._connection.execute("PRAGMA synchronous=FULL" if durable else "PRAGMA synchronous=NORMAL")
            self._flushes = durable
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._apply(self._connection, batch)
            self._connection.execute("COMMIT")
        except Exception:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        if any(changes.forgets for changes in batch):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            self._since_checkpoint = 0
