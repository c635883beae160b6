"""What the bot does unasked: takes waiting parcels to the desk, follows the roster, announces, warns, forgets.

Each round is safe to repeat, to interrupt, and to run in several bots at once. A round that fails is logged by kind and
comes again; it never ends the others. When an answer is announced the desk has drawn, so that the moment tells nothing
and a bot that starts anew neither forgets nor repeats one; what is on lease to one bot no other gets.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine

import structlog
from msgspec import Struct

from bot.anonymity.errors import AnonymityError
from bot.anonymity.relay import open_address
from bot.conversation.events import AnswerWaiting
from bot.dispatcher.context import Context, Place
from bot.dispatcher.dispatcher import Dispatcher
from bot.dispatcher.hand_over import mark_arrived, take
from bot.ports.channel import ChannelError, ClosedError
from bot.ports.desk import DeskError, DeskPush
from bot.ports.storing import Changes

_log = structlog.get_logger()


class Pace(Struct, frozen=True):
    """Seconds between rounds, and how long an announcement may wait so that its moment tells nothing."""

    parcels: float = 2.0
    shows: float = 1.0
    roster: float = 30.0
    pushes: float = 5.0
    sweep: float = 600.0
    destroyed: float = 60.0
    endings: float = 300.0
    checkpoints: float = 900.0
    announce_within: float = 1800.0


class _NotServedError(Exception):
    """The operator has switched this channel off: perhaps for good, perhaps by mistake."""


class Rounds:
    """The background work of one bot process."""

    def __init__(self, context: Context, dispatcher: Dispatcher, pace: Pace) -> None:
        self._context = context
        self._dispatcher = dispatcher
        self._pace = pace
        self._tasks: set[asyncio.Task[None]] = set()
        self._announcing: set[str] = set()
        #: How often each parcel that waits was tried.
        self._tries: dict[str, int] = {}

    def start(self) -> None:
        """Begin all rounds."""
        for kind, seconds, work in (
            ("parcels", self._pace.parcels, self.take_parcels),
            ("shows", self._pace.shows, self._dispatcher.show_owed),
            ("roster", self._pace.roster, self._follow_roster),
            ("pushes", self._pace.pushes, self.take_pushes),
            ("sweep", self._pace.sweep, self.sweep),
            ("endings", self._pace.endings, self._dispatcher.endings.tell_all),
            ("destroyed", self._pace.destroyed, self.forget_destroyed),
            ("checkpoints", self._pace.checkpoints, self._context.checkpoints.round),
        ):
            self._spawn(self._every(kind, seconds, work))

    async def stop(self) -> None:
        """End all rounds; what was begun is taken up at the next start."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def take_parcels(self) -> None:
        """Take what waits to the desk; the first that cannot be taken ends the round: the desk may be down.

        What was tried less often comes first, so that one that is never taken holds up no other.
        """
        waiting = {parcel.parcel_id: parcel for parcel in await self._context.store.parcels()}
        self._tries = {parcel_id: self._tries.get(parcel_id, 0) for parcel_id in waiting}
        for parcel_id in sorted(waiting, key=self._tries.__getitem__):
            self._tries[parcel_id] += 1
            parcel = waiting[parcel_id]
            arrived = await take(self._context, parcel)
            if arrived is None:
                return
            await mark_arrived(self._context, parcel, arrived)
            self._context.watching.ring_all()

    async def take_pushes(self) -> None:
        """Announce what is due, side by side: a service that is slow for one must not hold up the others."""
        for push in await self._context.desk.lease_pushes(int(self._pace.announce_within)):
            if push.push_id not in self._announcing:
                self._announcing.add(push.push_id)
                self._spawn(self._announce(push))

    async def sweep(self) -> None:
        """Forget what is past its time, and the day keys that name nothing any more."""
        gone = await self._context.store.sweep(self._context.seconds())
        keys = await self._context.names.forget_old()
        if gone or keys:
            _log.info("swept", talks=gone, day_keys=keys)

    async def forget_destroyed(self) -> None:
        """Forget where those could be reached whose case was destroyed, and only then say so to the desk."""
        mailboxes = await self._context.desk.destroyed_mailboxes()
        if mailboxes:
            await self._context.store.commit(Changes(drop_relay=mailboxes, durable=True, forgets=True))
            await self._context.desk.mailboxes_forgotten(mailboxes)

    async def _follow_roster(self) -> None:
        await self._context.rosters.refresh()

    async def _announce(self, push: DeskPush) -> None:
        try:
            arrived = await self._tell(push)
            await self._context.desk.delivered((push.push_id,) if arrived else (), () if arrived else (push.push_id,))
        except DeskError:
            _log.warning("push_not_acknowledged")
        except (ChannelError, _NotServedError) as error:
            # Not acknowledged, so it comes again when its lease ends.
            _log.warning("push_put_off", error=type(error).__name__)
        except Exception as error:  # noqa: BLE001 - likewise, and nobody waits for this task
            _log.error("push_failed", error=type(error).__name__)
        finally:
            self._announcing.discard(push.push_id)

    async def _tell(self, push: DeskPush) -> bool:
        """Say in the chat behind a mailbox that an answer waits; False when nobody will ever be reached there."""
        box = await self._context.store.find(push.mailbox, self._context.seconds())
        try:
            address = open_address(self._context.key, push.mailbox, box or b"")
        except AnonymityError:
            return False
        if address.channel not in self._context.telling:
            raise _NotServedError
        try:
            # The talk may be forgotten by now, and would not know in which language to speak.
            await self._dispatcher.set_language(address.channel, address.address, address.language)
            await self._dispatcher.announce(Place(address.channel, address.address), push.push_id, AnswerWaiting())
        except ClosedError:
            await self._context.store.commit(Changes(drop_relay=(push.mailbox,), durable=True, forgets=True))
            return False
        return True

    async def _every(self, kind: str, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await work()
            except DeskError:
                _log.info("desk_unreachable", round=kind)
            except Exception as error:  # noqa: BLE001 - one broken round must not end the bot's other duties
                _log.error("round_failed", round=kind, error=type(error).__name__)
            await asyncio.sleep(seconds)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
