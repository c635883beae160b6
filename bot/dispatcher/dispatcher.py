"""The way of every message: lock, load, step, save, answer; carry out what the talk asked for, feed the outcome back.

What a person said and what must happen because of it are stored in one write before anything else happens; a crash in
between finds the acts pending and takes them up again. Refuses to show anything that is not stored, and never stores an
opened inbox.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence

import structlog
from msgspec.structs import replace

from bot.anonymity.references import ReferenceToken
from bot.anonymity.token_keys import keys_of
from bot.conversation.events import Event, FileRef, InboxClosed
from bot.conversation.session import State
from bot.dispatcher.aimed import aimed, meant
from bot.dispatcher.context import Context, Outcome, Place
from bot.dispatcher.ending import Endings
from bot.dispatcher.errands import ERRANDS, NEVER_STORED
from bot.dispatcher.files import screened
from bot.dispatcher.guard import without_tokens
from bot.dispatcher.hand_over import collect
from bot.dispatcher.inboxes import keep_time
from bot.dispatcher.lodging import Lodging
from bot.dispatcher.record import AnyAct, Talk, mark_of
from bot.dispatcher.renewing import ask_again
from bot.dispatcher.showing import Showing, may_have_shown_secrets
from bot.dispatcher.views import view_of
from bot.ports.channel import ClosedError
from bot.ports.storing import Blob, Changes
from bot.ports.talking import Happened, View

NOTHING = Changes()
_log = structlog.get_logger()


class Dispatcher:
    """The `Inlet` of all channels."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._lodging = Lodging(context)
        self._showing = Showing(context, self._lodging, self._step)
        self.endings = Endings(context, self._lodging, self._showing, self._step, self._catch_up)

    async def receive(self, channel: str, address: str, happened: Happened) -> View:
        """See `Inlet.receive`. Stopped half-way, the acts are stored and taken up again."""
        place, mark = Place(channel, address), mark_of(happened.event_id)
        async with self._lodging.turn(place):
            talk = await self._lodging.load(place)
            before = talk.record
            # Whoever acts is there: what they have open stays open.
            self._context.inboxes.get(before.session.handle)
            is_new = await self._catch_up(talk, place)
            if mark not in talk.record.recent:
                house = self._context.engine().house
                events = list(meant(house, before, self.endings.given(talk, happened)))
                if is_new:
                    # What came meanwhile stays before their eyes: it may hold a token that they have not seen.
                    events = [event for event in events if not aimed(house, before.session, event)]
                    talk.remember(mark)
                elif events:
                    talk.turn_page(mark)
                if is_new or events:
                    talk.leave_traces(happened.traces)
                    return await self._take(talk, place, events, happened)
            happened.stored()
            return await self._shown(talk, place)

    async def look(self, channel: str, address: str) -> View:
        """See `Inlet.look`.

        A talk whose parcel arrived meanwhile, or whose inbox closed, is brought up to date first.
        """
        place = Place(channel, address)
        talk = await self._lodging.load(place)
        if not talk.record.acts and not await self._behind(talk) and not self.endings.is_near(talk):
            return view_of(talk, self._context)
        async with self._lodging.turn(place):
            talk = await self._lodging.load(place)
            await self._catch_up(talk, place)
            over = await self._carry_out(talk, place)
            if not over:
                await self.endings.tell(talk, place)
            return view_of(talk, self._context, over=over)

    async def keep_file(self, channel: str, address: str, name: str, media_type: str, data: bytes) -> FileRef:
        """See `Inlet.keep_file`."""
        place = Place(channel, address)
        file, boxes = await screened(self._context, name, media_type, data)
        async with self._lodging.turn(place):
            talk = await self._lodging.load(place)
            blobs = tuple(Blob(file_id, talk.name, box) for file_id, box in boxes)
            await self._lodging.save(talk, Changes(put_files=blobs, durable=True))
        return file

    def changes(self, channel: str, address: str) -> AsyncIterator[None]:
        """See `Inlet.changes`."""
        return self._context.watching.changes(channel, address)

    async def set_language(self, channel: str, address: str, language: str) -> None:
        """See `Inlet.set_language`."""
        place = Place(channel, address)
        async with self._lodging.turn(place):
            talk = await self._lodging.load(place)
            if not talk.record.session.language:
                talk.record = replace(talk.record, session=replace(talk.record.session, language=language))
                await self._lodging.save(talk, NOTHING)

    async def announce(self, place: Place, event_id: str, event: Event) -> None:
        """Feed in an event that nobody in this chat caused, once an id: it joins the screen they come back to.

        Where the bot can speak unasked it is said there and then. Raises `ClosedError` when nothing will ever arrive
        there again.
        """
        async with self._lodging.turn(place):
            talk = await self._lodging.load(place)
            mark = mark_of(event_id)
            if mark not in talk.record.recent:
                speaks = place.channel in self._context.channels
                if speaks:
                    talk.turn_unasked()
                else:
                    talk.remember(mark)
                self._step(talk, event)
                self._showing.owe(talk, place)
                await self._lodging.save(talk, Changes(durable=True))
                if speaks:
                    # Stored with the note that it was shown: after a crash another screen may come in its place.
                    talk.remember(mark)
            if not await self._showing.show(talk):
                raise ClosedError(talk.record.standing)
        self._context.watching.ring(place.channel, place.address)

    async def resume(self) -> int:
        """Take up the acts that a crash left unfinished, before any channel opens; return in how many talks.

        A talk in which that fails is left as it is, for the person's next act: the others must not wait for it.
        """
        taken = 0
        for row in await self._context.store.with_acts():
            talk = self._lodging.open(row)
            if talk is not None:
                try:
                    await self._resume(Place(talk.record.session.channel, talk.record.address))
                    taken += 1
                except Exception as fault:  # noqa: BLE001 - one talk that is broken must not keep the bot from starting
                    _log.error("talk_not_resumed", error=type(fault).__name__)
        return taken

    async def _resume(self, place: Place) -> None:
        async with self._lodging.turn(place):
            # Another bot on the same store may be alive, and done with it by now.
            talk = await self._lodging.load(place)
            if await self._carry_out(talk, place):
                await self._shown(talk, place, over=True)
            elif may_have_shown_secrets(talk, self._context):
                await self._showing.ask_instead(talk)

    async def show_owed(self) -> None:
        """Bring the screens before people that did not arrive, and the tokens of reports that arrived meanwhile."""
        rows = await self._context.store.with_acts()
        talks = [talk for row in rows if (talk := self._lodging.open(row)) is not None and talk.record.address]
        # Side by side: a service that is slow for one must not hold up the others.
        await asyncio.gather(*map(self._show_owed, talks))

    def close(self) -> None:
        """End what watches."""
        self._context.watching.close()

    async def _show_owed(self, talk: Talk) -> None:
        if talk.record.session.channel not in self._context.channels:
            return  # switched off, perhaps by mistake: what is owed there stays owed
        if self._showing.is_due(talk) or (talk.awaits_desk and await self._behind(talk)):
            await self._show_now(Place(talk.record.session.channel, talk.record.address))

    async def _show_now(self, place: Place) -> None:
        async with self._lodging.turn(place):
            talk = await self._lodging.load(place)
            talk.is_fresh = had_acts = bool(talk.record.acts)
            if await self._carry_out(talk, place):
                await self._shown(talk, place, over=True)
                return
            if await self._catch_up(talk, place) or had_acts:
                talk.record = replace(talk.record, unasked=True)
            await self._showing.show(talk)

    async def _take(self, talk: Talk, place: Place, events: Sequence[Event], happened: Happened) -> View:
        """Step, save, say that it is stored, carry out, show."""
        self.endings.put_off(talk, events)
        for event in events:
            for plain in without_tokens(event, self._keep):
                self._step(talk, plain)
        passing = self._set_aside(talk)
        talk.record = replace(talk.record, address=place.address, unasked=False)
        self._showing.owe(talk, place)
        await self._lodging.save(talk, NOTHING)
        happened.stored()
        talk.record = replace(talk.record, acts=talk.record.acts + passing)
        over = bool(talk.record.acts) and await self._carry_out(talk, place)
        if talk.asked_at:
            await keep_time(talk)
        return await self._shown(talk, place, over=over)

    async def _shown(self, talk: Talk, place: Place, *, over: bool = False) -> View:
        view = view_of(talk, self._context, over=over)
        if over:
            await self._showing.say_farewell(place, view)
        elif talk.record.unshown:
            await self._showing.show(talk)
        return view

    async def _carry_out(self, talk: Talk, place: Place) -> bool:
        """Carry out the acts one by one, each outcome stored before the next; returns whether the talk is over."""
        while talk.record.acts:
            act, *rest = talk.record.acts
            outcome = await ERRANDS[type(act)](self._context, talk, act, place)
            talk.record = replace(talk.record, acts=(*outcome.then, *rest))
            self._take_over(talk, outcome)
            passing = self._set_aside(talk)
            if outcome.over:
                await self._context.store.commit(outcome.changes)
                return True
            await self._lodging.save(talk, outcome.changes)
            talk.record = replace(talk.record, acts=talk.record.acts + passing)
        return False

    def _take_over(self, talk: Talk, outcome: Outcome) -> None:
        if outcome.session is not None:
            talk.record = replace(talk.record, session=outcome.session)
        if outcome.event is not None:
            self._step(talk, outcome.event)

    def _step(self, talk: Talk, event: Event) -> None:
        talk.step(*self._context.engine().step(talk.record.session, event))

    def _keep(self, token: ReferenceToken) -> str:
        return self._context.inboxes.put(keys_of(token))

    def _set_aside(self, talk: Talk) -> tuple[AnyAct, ...]:
        """Take the acts out that must not be stored; the caller carries them out after the write all the same."""
        passing = tuple(act for act in talk.record.acts if isinstance(act, NEVER_STORED))
        if passing:
            kept = tuple(act for act in talk.record.acts if not isinstance(act, NEVER_STORED))
            talk.record = replace(talk.record, acts=kept)
        return passing

    async def _behind(self, talk: Talk) -> bool:
        """Whether something happened since the talk was stored."""
        if talk.awaits_parcel:
            parcel = await self._context.store.parcel(talk.record.session.submission)
            return parcel is None or parcel.arrived
        return talk.awaits_desk or self._closed(talk)

    async def _catch_up(self, talk: Talk, place: Place) -> bool:
        """Bring a talk up to date with its parcel and its inbox before it goes on; return whether the screen is new."""
        # What acts lead to is shown only when they are done.
        had_acts = bool(talk.record.acts)
        talk.is_fresh = talk.is_fresh or had_acts
        if had_acts:
            await self._carry_out(talk, place)
        outcome = await self._news(talk)
        if outcome is None and self._closed(talk):
            outcome = Outcome(event=InboxClosed())
        if outcome is not None:
            talk.turn_page(b"")
            self._take_over(talk, outcome)
            self._showing.owe(talk, place)
            await self._lodging.save(talk, outcome.changes)
        return had_acts or outcome is not None

    async def _news(self, talk: Talk) -> Outcome | None:
        """What became of a report or a new token on its way; none while that is not known."""
        if talk.awaits_parcel:
            return await collect(self._context, talk)
        return await ask_again(self._context, talk) if talk.awaits_desk else None

    def _closed(self, talk: Talk) -> bool:
        """Whether the inbox the talk believes open is not: closed, idle, or lost in a crash while being opened."""
        session = talk.record.session
        if session.state is State.OPENING:
            return True
        return bool(session.handle) and self._context.inboxes.peek(session.handle) is None
