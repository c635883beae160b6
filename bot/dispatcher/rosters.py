"""The roster the bot goes by: fetched, verified against the pins, and kept, to seal to when the desk is down.

Refuses a lower serial than it has seen and whatever the pins did not sign. An expired roster still names people;
sealing goes to the recovery key then, because whom it names may no longer be entitled to read.
"""

from datetime import date

import msgspec
import structlog

from bot.anonymity.boxes import lock, unlock
from bot.anonymity.errors import RosterRefusedError
from bot.anonymity.roster import Roster, verify_roster
from bot.ports.desk import CaseDesk, DeskError
from bot.ports.storing import SessionStore
from bot.ports.world import Clock

_NAME = "roster"
_log = structlog.get_logger()


class Pins(msgspec.Struct, frozen=True):
    """Whose signatures make a roster, from the settings."""

    organ: str
    keys: tuple[bytes, ...]
    threshold: int


class Rosters:
    """The last verified roster; `current` raises nothing and is None only before the first one was seen."""

    def __init__(self, desk: CaseDesk, store: SessionStore, key: bytes, pins: Pins, clock: Clock) -> None:
        self._desk = desk
        self._store = store
        self._key = key
        self._pins = pins
        self._clock = clock
        self.current: Roster | None = None

    async def load(self) -> None:
        """Take up the roster kept from earlier; call once at start."""
        box = await self._store.secret(_NAME)
        if box is not None:
            self.current = self._verified(unlock(self._key, box, _NAME.encode()))

    async def refresh(self) -> bool:
        """Fetch the newest roster; return whether another one is in force now.

        An unreachable desk or a refused roster changes nothing.
        """
        try:
            document = await self._desk.roster()
            fetched = self._verified(document)
        except DeskError:
            # Down, or nothing published yet: either way the one we have stays in force.
            return False
        except RosterRefusedError as refused:
            _log.error("roster_refused", reason=refused.reason.value)
            return False
        if fetched == self.current:
            return False
        await self._store.put_secret(_NAME, lock(self._key, document, _NAME.encode()))
        self.current = fetched
        return True

    def today(self) -> date:
        """Return the present day, UTC; training and expiry are counted in it."""
        return self._clock.now().date()

    def expired(self) -> bool:
        """Whether the roster in force may no longer be sealed to."""
        return self.current is not None and self.today() > self.current.expires

    def _verified(self, document: bytes) -> Roster:
        least = self.current.serial if self.current else 0
        return verify_roster(document, self._pins.keys, self._pins.threshold, least, None, self._pins.organ)
