"""Names for talks that nobody can trace: an HMAC of channel and address under the key of the day the talk began.

A day's key is made when first needed and destroyed with the last talk named under it (drafts live a day, unconfirmed
tokens three), so that an old copy of the store cannot be searched for an address, not even by us. Refuses to name
under a past day.
"""

import asyncio

from bot.anonymity.boxes import Namer, lock, unlock
from bot.ports.storing import SessionStore
from bot.ports.world import Chance, Clock

_PREFIX = "day/"
_SECONDS_A_DAY = 86_400
#: Seconds after midnight in which the past day's key may still be needed for the first time.
_GRACE = 3600


class DayNames:
    """The live day keys."""

    def __init__(self, store: SessionStore, key: bytes, clock: Clock, chance: Chance) -> None:
        self._store = store
        self._key = key
        self._clock = clock
        self._chance = chance
        self._keys: dict[int, Namer] = {}
        self._making = asyncio.Lock()

    async def load(self) -> None:
        """Read the keys that are stored; call once at start. Later ones are found when they are needed."""
        for name in await self._store.secrets(_PREFIX):
            day = int(name.removeprefix(_PREFIX))
            box = None if day in self._keys else await self._store.secret(name)
            if box is not None:
                self._keys[day] = Namer(unlock(self._key, box, name.encode()))

    async def names(self, channel: str, address: str) -> list[tuple[int, bytes]]:
        """Return (day, name) for every live day, today first."""
        today = self.today()
        if today not in self._keys:
            await self._make(today)
        where = address.encode("utf-8", "replace")
        return [(day, self._keys[day].name(channel, where)) for day in sorted(self._keys, reverse=True)]

    def today(self) -> int:
        """Return the number of the present day since 1970, UTC."""
        return int(self._clock.now().timestamp()) // _SECONDS_A_DAY

    async def forget_old(self) -> int:
        """Destroy the keys of past days under which nothing is named any more; return how many."""
        # One that another process made stands in the store alone.
        await self.load()
        # A talk that began just before midnight may be stored just after, by another process and its clock.
        just_now = (int(self._clock.now().timestamp()) - _GRACE) // _SECONDS_A_DAY
        needed = await self._store.days() | {self.today(), just_now}
        old = [day for day in self._keys if day not in needed]
        for day in old:
            await self._store.drop_secret(f"{_PREFIX}{day}")
            self._keys.pop(day, None)
        return len(old)

    async def _make(self, day: int) -> None:
        # Two first visitors of a day may both come here; only one of them may make the key.
        async with self._making:
            if day in self._keys:
                return
            # Talks of past days may have been begun by another process, under keys that this one never needed.
            await self.load()
            name = f"{_PREFIX}{day}"
            box = lock(self._key, self._chance.bytes(32), name.encode())
            # Another process may make it at the same moment: the key that is stored counts for both.
            self._keys[day] = Namer(unlock(self._key, await self._store.secret_once(name, box), name.encode()))
