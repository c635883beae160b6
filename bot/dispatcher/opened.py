"""Inboxes that are open now, and the tokens behind them: in memory only, dropped when idle, never stored or logged.

A handle is all that the talk knows of them. After a restart every handle is unknown and the token is asked for again.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from msgspec import Struct

from bot.anonymity.card import CaseCard
from bot.anonymity.token_keys import TokenKeys
from bot.ports.talking import InboxPage
from bot.ports.world import Chance, Clock

#: An inbox left open on a screen closes by itself: long enough to write an answer, short enough for a shared computer.
IDLE = timedelta(minutes=30)


class OpenInbox(Struct):
    """What a token opens, as long as it is open. Before it was looked up only `keys` are there."""

    keys: TokenKeys
    used: datetime
    card: CaseCard | None = None
    card_version: int = 0
    #: The organ's day, as the case store gave it.
    today: date | None = None
    page: InboxPage | None = None


class OpenInboxes:
    """Handles and what they stand for."""

    def __init__(self, clock: Clock, chance: Chance) -> None:
        self._clock = clock
        self._chance = chance
        self._open: dict[str, OpenInbox] = {}

    def put(self, keys: TokenKeys) -> str:
        """Keep a token's keys under a new handle."""
        self._drop(lambda inbox: self._clock.now() - inbox.used > IDLE)
        handle = self._chance.bytes(16).hex()
        self._open[handle] = OpenInbox(keys=keys, used=self._clock.now())
        return handle

    def get(self, handle: str) -> OpenInbox | None:
        """Return what is open under `handle` and count it as used; None once closed, idle, or after a restart."""
        inbox = self.peek(handle)
        if inbox is not None:
            inbox.used = self._clock.now()
        return inbox

    def peek(self, handle: str) -> OpenInbox | None:
        """Return the same without counting it as used: a page that looks again by itself keeps nothing open."""
        inbox = self._open.get(handle)
        if inbox is None or self._clock.now() - inbox.used > IDLE:
            self._open.pop(handle, None)
            return None
        return inbox

    def close(self, handle: str) -> None:
        """Drop it; closing twice is fine."""
        self._open.pop(handle, None)

    def _drop(self, idle: Callable[[OpenInbox], bool]) -> None:
        for handle in [handle for handle, inbox in self._open.items() if idle(inbox)]:
            del self._open[handle]
