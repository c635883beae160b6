"""Locks of one process: one talk, one step at a time. A lock nobody waits for leaves nothing behind."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager


class LocalLocks:
    """`Locks` for a single bot process."""

    def __init__(self) -> None:
        self._held: dict[bytes, tuple[asyncio.Lock, int]] = {}

    def hold(self, name: bytes) -> AbstractAsyncContextManager[None]:
        return self._hold(name)

    @asynccontextmanager
    async def _hold(self, name: bytes) -> AsyncIterator[None]:
        lock, users = self._held.get(name, (None, 0))
        lock = lock or asyncio.Lock()
        self._held[name] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._held.pop(name)
            if users > 1:
                self._held[name] = (lock, users - 1)
