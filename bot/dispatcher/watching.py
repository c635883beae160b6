"""Tells whoever watches a talk that its screen may have changed without the person's doing.

Bells hang in this process only; a slow beat stands in for what another process did.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

#: Seconds after which a watcher looks again even though nobody rang.
BEAT = 15.0


class Watching:
    """Who watches which talk now; nothing of it is stored."""

    def __init__(self) -> None:
        self._bells: dict[asyncio.Event, tuple[str, str]] = {}
        self._closed = False

    def ring(self, channel: str, address: str) -> None:
        """Something happened in one talk."""
        for bell, place in self._bells.items():
            if place == (channel, address):
                bell.set()

    def ring_all(self) -> None:
        """Something happened, and it is not known in which talk."""
        for bell in self._bells:
            bell.set()

    def close(self) -> None:
        """End all watching."""
        self._closed = True
        self.ring_all()

    async def changes(self, channel: str, address: str) -> AsyncIterator[None]:
        """See `Inlet.changes`."""
        bell = asyncio.Event()
        self._bells[bell] = (channel, address)
        try:
            while True:
                with suppress(TimeoutError):
                    await asyncio.wait_for(bell.wait(), BEAT)
                bell.clear()
                if self._closed:
                    return
                yield
        finally:
            del self._bells[bell]
