"""When a draft ends: what puts the end off, how much is left, and telling its writer once before.

Only what the person does puts the end off; asking how long is left does not. Where the bot can speak unasked they are
told there, in a message that holds nothing of the draft; anywhere else at their next look. That it was told is stored
before it is shown. Refuses to keep a chat's address for any longer than until then.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from msgspec.structs import replace

from bot.conversation.drafts_ending import WARNED_BEFORE
from bot.conversation.events import CameLate, Command, Commanded, DraftEnding, Event, Pressed, Said
from bot.conversation.heard import hear_words
from bot.conversation.house import House
from bot.conversation.rows import On
from bot.dispatcher.context import HOUR, Context, Place
from bot.dispatcher.lodging import Lodging, holds_draft
from bot.dispatcher.record import Talk
from bot.dispatcher.showing import Showing, Step
from bot.ports.storing import Changes
from bot.ports.talking import Happened

WARNED_SECONDS = WARNED_BEFORE * HOUR


class Endings:
    """The ends of all drafts."""

    def __init__(
        self,
        context: Context,
        lodging: Lodging,
        showing: Showing,
        step: Step,
        catch_up: Callable[[Talk, Place], Awaitable[bool]],
    ) -> None:
        self._context = context
        self._lodging = lodging
        self._showing = showing
        self._step = step
        self._catch_up = catch_up
        #: All drafts that end by then have been looked at; ends only ever move further away.
        self._told_by = 0

    def given(self, talk: Talk, happened: Happened) -> Sequence[Event]:
        """Return what happened; to whoever comes back to a talk that is gone, that is said first."""
        if not (talk.is_new and happened.returning):
            return happened.events
        return (CameLate(), *(event for event in happened.events if not isinstance(event, Pressed)))

    def put_off(self, talk: Talk, events: Sequence[Event]) -> None:
        """Let the time of a draft begin anew, unless its writer only asked how much of it is left; note how much."""
        house, record = self._context.engine().house, talk.record
        only_asks = bool(record.until and events) and all(_asks_how_long(house, event) for event in events)
        if not only_asks:
            record = replace(record, until=self._lodging.end_from_now(), told_of=0)
        talk.record = replace(record, session=replace(record.session, hours_left=self._hours(record.until)))

    def is_near(self, talk: Talk) -> bool:
        """Whether a draft ends soon and its writer is still to be told."""
        until, told_of = talk.record.until, talk.record.told_of
        is_soon = 0 < until - self._context.seconds() <= WARNED_SECONDS
        return is_soon and told_of != until and holds_draft(self._context, talk)

    async def tell(self, talk: Talk, place: Place) -> None:
        """Tell the writer if it is time to; call only in the talk's turn."""
        if not self.is_near(talk):
            return
        speaks = place.channel in self._context.channels
        if speaks:
            talk.turn_unasked()
        else:
            talk.turn_page(b"")
        self._step(talk, DraftEnding(self._hours(talk.record.until)))
        talk.record = replace(talk.record, told_of=talk.record.until)
        self._showing.owe(talk, place)
        await self._lodging.save(talk, Changes(durable=True))
        if speaks:
            await self._showing.show(talk)

    async def tell_all(self) -> None:
        """Tell all writers who can be told unasked, side by side: a service that is slow for one holds up no other."""
        now = self._context.seconds()
        rows = await self._context.store.ending(max(now, self._told_by), now + WARNED_SECONDS)
        records = [talk.record for row in rows if (talk := self._lodging.open(row)) is not None]
        places = [Place(each.session.channel, each.address) for each in records if each.address]
        await asyncio.gather(*(self._tell_at(each) for each in places if each.channel in self._context.channels))
        self._told_by = now + WARNED_SECONDS

    async def _tell_at(self, place: Place) -> None:
        async with self._lodging.turn(place):
            # Whoever went on meanwhile is told nothing.
            talk = await self._lodging.load(place)
            if self.is_near(talk):
                await self._catch_up(talk, place)
                await self.tell(talk, place)

    def _hours(self, until: int) -> int:
        return max(1, round((until - self._context.seconds()) / HOUR))


def _asks_how_long(house: House, event: Event) -> bool:
    match event:
        case Commanded(command):
            return command is Command.STATUS
        case Said(text):
            return hear_words(house, text, None, event).on is On.STATUS
    return False
