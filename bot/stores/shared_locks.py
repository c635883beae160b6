"""Locks that many bot processes share: one talk, one step at a time, whichever process takes it.

Within a process those who wait queue up; only the first of them asks Redis. A lock whose holder died ends by itself;
one whose holder works is prolonged. Who lost a lock all the same finds out at the next write, which is refused
(`LockLostError`). Refuses to name an address to Redis: a lock is named by whatever keyed name the caller gives.
"""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from bot.ports.world import Chance
from bot.stores.grip import HELD, Grip
from bot.stores.locks import LocalLocks
from bot.stores.scripts import KEEP, TAKE
from bot.stores.server import RedisServer

#: Seconds after which a dead process's lock ends.
LEASE = 15.0
#: Seconds between two tries for a lock that another process holds: the first and the longest.
FIRST_TRY, LONGEST_TRY = 0.01, 0.1

Name = Callable[[str, str], bytes]


class RedisLocks:
    """`Locks` for any number of bot processes."""

    def __init__(self, server: RedisServer, name: Name, chance: Chance, lease: float = LEASE) -> None:
        """Lock under `name(channel, address)`, which nobody may be able to compute without a key."""
        self._server = server
        self._name = name
        self._chance = chance
        self._lease = lease
        self._milliseconds = int(lease * 1000)
        self._local = LocalLocks()
        self._process = chance.bytes(16).hex()
        self._taken = 0
        self._held: set[Grip] = set()
        self._renewal: asyncio.TimerHandle | None = None

    def hold(self, channel: str, address: str) -> AbstractAsyncContextManager[None]:
        return _Turn(self, self._local.hold(channel, address), self._name(channel, address).hex())

    async def take(self, lock: str) -> Grip:
        """Wait until `lock` is free everywhere, and take it. Raises `StoreError`."""
        self._taken += 1
        grip = Grip(lock, f"{self._process}{self._taken}")
        wait = FIRST_TRY
        try:
            while not await self._server.run(TAKE, lock, grip.token, self._milliseconds):
                # Two processes that wait shall not keep step.
                share = int.from_bytes(self._chance.bytes(4), "big") / 2**32
                await asyncio.sleep(wait * (0.5 + share))
                wait = min(2 * wait, LONGEST_TRY)
        except BaseException:
            # It may have been taken already, and nobody heard.
            self._server.tell(KEEP, lock, grip.token)
            raise
        self._held.add(grip)
        if self._renewal is None:
            self._renew_later()
        return grip

    def let_go(self, grip: Grip) -> None:
        """Free a lock. Nobody waits for that: what was written before it is done before it."""
        grip.is_over = True
        self._held.discard(grip)
        self._server.tell(KEEP, grip.lock, grip.token)

    def _renew_later(self) -> None:
        self._renewal = asyncio.get_running_loop().call_later(self._lease / 3, self._renew)

    def _renew(self) -> None:
        self._renewal = None
        if self._held:
            self._renew_later()
        for grip in self._held:
            self._server.tell(KEEP, grip.lock, grip.token, self._milliseconds)


class _Turn(AbstractAsyncContextManager[None]):
    """A class of its own and no generator: it is entered for every message."""

    __slots__ = ("_before", "_grip", "_local", "_lock", "_locks")

    def __init__(self, locks: RedisLocks, local: AbstractAsyncContextManager[None], lock: str) -> None:
        self._locks = locks
        self._local = local
        self._lock = lock

    async def __aenter__(self) -> None:
        await self._local.__aenter__()
        try:
            self._grip = await self._locks.take(self._lock)
        except BaseException:
            await self._local.__aexit__(None, None, None)
            raise
        self._before = HELD.get()
        HELD.set(self._grip)

    async def __aexit__(self, *_: object) -> None:
        HELD.set(self._before)
        self._locks.let_go(self._grip)
        await self._local.__aexit__(None, None, None)
