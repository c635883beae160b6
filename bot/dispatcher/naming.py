"""Names for talks that nobody can trace: an HMAC of channel and address under the key of the day the talk began.

A day's key is made when first needed and destroyed with the last talk named under it (drafts live a day, unconfirmed
tokens three), so that an old copy of the store cannot be searched for an address, not even by us. Refuses to name
under a past day.
"""

import asyncio

from bot.anonymity.boxes import keyed_name, lock, unlock
from bot.ports.storing import SessionStore
from bot.ports.world import Chance, Clock

_PREFIX = "day/"
_SECONDS_A_DAY = 86_400


class DayNames:
    """The live day keys."""

    def __init__(self, store: SessionStore, key: bytes, clock: Clock, chance: Chance) -> None:
        self._store = store
        self._key = key
        self._clock = clock
        self._chance = chance
        self._keys: dict[int, bytes] = {}
        self._making = asyncio.Lock()

    async def load(self) -> None:
        """Read the keys that are stored; call once at start."""
        for name in await self._store.secrets(_PREFIX):
            box = await self._store.secret(name)
            if box is not None:
                self._keys[int(name.removeprefix(_PREFIX))] = unlock(self._key, box, name.encode())

    async def names(self, channel: str, address: str) -> list[tuple[int, bytes]]:
        """Return (day, name) for every live day, today first."""
        today = self.today()
        if today not in self._keys:
            await self._make(today)
        where = address.encode("utf-8", "replace")
        return [(day, keyed_name(self._keys[day], channel, where)) for day in sorted(self._keys, reverse=True)]

    def today(self) -> int:
        """Return the number of the present day since 1970, UTC."""
        return int(self._clock.now().timestamp()) // _SECONDS_A_DAY

    async def forget_old(self) -> int:
        """Destroy the keys of past days under which nothing is named any more; return how many."""
        needed = await self._store.days() | {self.today()}
        old = [day for day in self._keys if day not in needed]
        for day in old:
            await self._store.drop_secret(f"{_PREFIX}{day}")
            self._keys.pop(day, None)
        return len(old)

    async def _make(self, day: int) -> None:
        # Two first visitors of a day may both come here; only one of them may make the key.
        async with self._making:
            if day not in self._keys:
                key, name = self._chance.bytes(32), f"{_PREFIX}{day}"
                await self._store.put_secret(name, lock(self._key, key, name.encode()))
                self._keys[day] = key
