"""What every errand needs at hand; made once, by bootstrap."""

from collections.abc import Callable, Mapping
from typing import Protocol

from msgspec import Struct, field

from bot.conversation.effects import Effect
from bot.conversation.events import Event
from bot.conversation.house import House
from bot.conversation.session import Session
from bot.dispatcher.checkpoints import Checkpoints
from bot.dispatcher.naming import DayNames
from bot.dispatcher.opened import OpenInboxes
from bot.dispatcher.record import AnyAct
from bot.dispatcher.rosters import Rosters
from bot.dispatcher.watching import Watching
from bot.ports.channel import Channel
from bot.ports.desk import CaseDesk
from bot.ports.scrubbing import Scrubber
from bot.ports.self_check import SelfCheck
from bot.ports.storing import Changes, Locks, RelayBook, SessionStore
from bot.ports.world import Chance, Clock

#: Seconds.
HOUR = 3600


class Engine(Protocol):
    """The talk: `step(session, event) -> (session, effects)`."""

    house: House

    def step(self, session: Session, event: Event) -> tuple[Session, tuple[Effect, ...]]:
        """Take one event."""


class Store(SessionStore, RelayBook, Protocol):
    """Talks and return addresses behind one door, so that one write can hold both."""


class Place(Struct, frozen=True):
    """Where a talk takes place: needed to be told of answers here."""

    channel: str
    address: str


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of an act: an event for the talk, what to store with it, what follows before anything else."""

    event: Event | None = None
    session: Session | None = None
    changes: Changes = Changes()
    then: tuple[AnyAct, ...] = ()
    #: The talk ends with this: its row is dropped, not stored.
    over: bool = False


class Context(Struct, frozen=True, kw_only=True):
    """The bot's parts behind their ports."""

    #: The talk changes with the roster in force, so it is asked for each time.
    engine: Callable[[], Engine]
    store: Store
    desk: CaseDesk
    locks: Locks
    names: DayNames
    rosters: Rosters
    checkpoints: Checkpoints
    inboxes: OpenInboxes
    clock: Clock
    chance: Chance
    #: The bot's own key, 32 bytes.
    key: bytes
    organ: str
    #: For so long a draft is kept after its writer last did something.
    draft_hours: int = 24
    scrubber: Scrubber
    self_check: SelfCheck
    #: Channels through which an answer can be announced.
    telling: frozenset[str] = frozenset()
    #: Channels in which the bot can speak without being asked, by name.
    channels: Mapping[str, Channel] = {}
    watching: Watching = field(default_factory=Watching)

    def seconds(self) -> int:
        """Return the present moment in seconds since 1970."""
        return int(self.clock.now().timestamp())

    def hour_after(self, seconds: int) -> int:
        """Return the full hour before the moment so many seconds ahead, in seconds since 1970.

        Whatever ends is stored with its end in clear: by the hour it does not tell the moment at which somebody acted.
        """
        return (self.seconds() + seconds) // HOUR * HOUR
