"""Locks of one process: one talk, one step at a time. A lock nobody waits for leaves nothing behind."""

import asyncio
from contextlib import AbstractAsyncContextManager

_Key = tuple[str, str]


class LocalLocks:
    """`Locks` for a single bot process; addresses stay in its memory, and only while somebody waits or works."""

    def __init__(self) -> None:
        self._held: dict[_Key, _Held] = {}

    def hold(self, channel: str, address: str) -> AbstractAsyncContextManager[None]:
        return _Turn(self._held, (channel, address))


class _Held:
    """A lock and how many hold it or wait for it."""

    __slots__ = ("lock", "users")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.users = 0


class _Turn(AbstractAsyncContextManager[None]):
    """A class of its own and no generator: it is entered for every message."""

    __slots__ = ("_held", "_key")

    def __init__(self, held: dict[_Key, _Held], key: _Key) -> None:
        self._held = held
        self._key = key

    async def __aenter__(self) -> None:
        held = self._held.get(self._key)
        if held is None:
            held = self._held[self._key] = _Held()
        held.users += 1
        try:
            await held.lock.acquire()
        except BaseException:
            self._leave(held)
            raise

    async def __aexit__(self, *_: object) -> None:
        held = self._held[self._key]
        held.lock.release()
        self._leave(held)

    def _leave(self, held: _Held) -> None:
        held.users -= 1
        if not held.users:
            del self._held[self._key]
