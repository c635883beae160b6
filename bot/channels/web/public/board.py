"""Keeps what was published for a minute, and shows the last of it while the case store is away.

However many people look, the case store is asked once a minute at most, and nobody waits for it for long.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Final, Generic, TypeVar

from bot.ports.desk import DeskError
from bot.ports.publishing import Bulletin, Bulletins
from bot.ports.world import Clock

T = TypeVar("T")

_KEPT: Final = timedelta(minutes=1)
#: Seconds that a visitor waits for news at most; everything else on the page is known without.
_PATIENCE: Final = 3.0


class Board:
    """What the public pages show now: none of it, until it was fetched for the first time."""

    def __init__(self, source: Bulletins, clock: Clock) -> None:
        self._source = source
        self._bulletin: _Kept[Bulletin] = _Kept(source.bulletin, clock)
        self._checkpoints: _Kept[bytes] = _Kept(source.checkpoints, clock)

    async def bulletin(self) -> Bulletin | None:
        """Return what is published as of a minute ago or less, else the last that is known."""
        return await self._bulletin.newest()

    async def checkpoints(self) -> bytes | None:
        """Return all signed checkpoints, likewise."""
        return await self._checkpoints.newest()

    async def answer_survey(self, code: str, scores: Mapping[str, int]) -> bool:
        """Answer the survey; no, where the code is unknown or used. Raises `DeskError` while it cannot be taken."""
        return await self._source.answer_survey(code, scores)

    @property
    def is_away(self) -> bool:
        """Tell whether there was no answer the last time of asking, so that what is shown may be overtaken."""
        return self._bulletin.is_away


class _Kept(Generic[T]):
    """One thing that is fetched, and kept for a while."""

    def __init__(self, fetch: Callable[[], Awaitable[T]], clock: Clock) -> None:
        self._fetch = fetch
        self._clock = clock
        self._known: T | None = None
        self._asked: datetime | None = None
        self._turn = asyncio.Lock()
        self.is_away = False

    async def newest(self) -> T | None:
        async with self._turn:
            now = self._clock.now()
            # A clock that was set back must not keep old news up.
            if self._asked is None or not timedelta() <= now - self._asked < _KEPT:
                self._asked = now
                self.is_away = not await self._fetched()
        return self._known

    async def _fetched(self) -> bool:
        try:
            async with asyncio.timeout(_PATIENCE):
                self._known = await self._fetch()
        except (DeskError, TimeoutError):
            return False
        return True
