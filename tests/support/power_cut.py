"""What a disk may hold of a SQLite database after a power cut: the file, and its log up to any frame.

What is in the log but was never flushed may be missing, from any frame on.
"""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

#: Bytes before the first frame of a log, and before each page in it (SQLite file format, 4.1).
LOG_HEADER, FRAME_HEADER, PAGE = 32, 24, 4096


def read(path: Path, queries: Sequence[str]) -> list[Any]:
    """All rows of some queries, read the way a new process reads them; every row must belong to what it names."""
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        return [row for query in queries for row in database.execute(query)]


class Disk:
    """A database whose log is not folded in meanwhile, with what was there at each promise."""

    def __init__(self, path: Path, queries: Sequence[str]) -> None:
        self._path = path
        self._log = path.with_name(f"{path.name}-wal")
        self._queries = queries
        #: Length of the log and content, at each promise.
        self.promised: list[tuple[int, list[Any]]] = []
        self.promise()

    def promise(self) -> None:
        """Note what is there now."""
        self.promised.append((self._log.stat().st_size, read(self._path, self._queries)))

    def found_from(self, promise: int, folder: Path) -> Iterator[int]:
        """Which promise is found when the log ends at each frame, and within each, at or behind a promise."""
        log, start = self._log.read_bytes(), self.promised[promise][0]
        states = [content for _, content in self.promised]
        for frame in range(LOG_HEADER, len(log) + 1, FRAME_HEADER + PAGE):
            for end in (frame, frame + FRAME_HEADER + 100):
                if start <= end:
                    yield states.index(self._cut(log[:end], folder / f"cut-{promise}-{end}.db"))

    def _cut(self, log: bytes, found: Path) -> list[Any]:
        shutil.copy(self._path, found)
        found.with_name(f"{found.name}-wal").write_bytes(log)
        return read(found, self._queries)
