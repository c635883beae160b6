"""The way of every message: lock, load, step, save, answer; carry out what the talk asked for, feed the outcome back.

What a person said and what must happen because of it are stored in one write before anything else happens; a crash in
between finds the acts pending and takes them up again. Refuses to show anything that is not stored, and never stores an
opened inbox.
"""

import asyncio
from collections.abc import Sequence

from msgspec.structs import replace

from bot.anonymity.files import seal_file
from bot.anonymity.references import ReferenceToken
from bot.anonymity.token_keys import keys_of
from bot.conversation.effects import ShowInbox, ShowToken
from bot.conversation.events import Event, FileRef, InboxClosed
from bot.conversation.session import State
from bot.conversation.words import clean
from bot.dispatcher.aimed import aimed
from bot.dispatcher.context import Context, Outcome, Place
from bot.dispatcher.errands import ERRANDS, NEVER_STORED
from bot.dispatcher.guard import without_tokens
from bot.dispatcher.hand_over import collect
from bot.dispatcher.lodging import Lodging
from bot.dispatcher.record import AnyAct, Talk, mark_of
from bot.ports import Blob, Changes, View

NOTHING = Changes()


class Dispatcher:
    """The `Inlet` of all channels."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._lodging = Lodging(context)

    async def receive(self, channel: str, address: str, event_id: str, events: Sequence[Event]) -> View:
        """See `Inlet.receive`. Stopped half-way, the acts are stored and taken up again."""
        place, mark = Place(channel, address), mark_of(event_id)
        async with self._lodging.turn(place):
            talk = await self._lodging.load(place)
            seen = talk.record.session
            is_new = await self._catch_up(talk, place)
            if mark in talk.record.recent:
                return self._view(talk)
            if is_new:
                # What came meanwhile stays before their eyes: it may hold a token that they have not seen.
                house = self._context.engine().house
                events = [event for event in events if not aimed(house, seen, event)]
                talk.remember(mark)
            else:
                talk.turn_page(mark)
            for event in events:
                for plain in without_tokens(event, self._keep):
                    self._step(talk, plain)
            passing = self._set_aside(talk)
            await self._lodging.save(talk, NOTHING)
            talk.record = replace(talk.record, acts=talk.record.acts + passing)
            over = await self._carry_out(talk, place)
            return self._view(talk, over=over)

    async def look(self, channel: str, address: str) -> View:
        """See `Inlet.look`.

        A talk whose parcel arrived meanwhile, or whose inbox closed, is brought up to date first.
        """
        place = Place(channel, address)
        talk = await self._lodging.load(place)
        if not talk.record.acts and not await self._behind(talk):
            return self._view(talk)
        async with self._lodging.turn(place):
            talk = await self._lodging.load(place)
            await self._catch_up(talk, place)
            over = await self._carry_out(talk, place)
            return self._view(talk, over=over)

    async def keep_file(self, channel: str, address: str, name: str, media_type: str, data: bytes) -> FileRef:
        """See `Inlet.keep_file`."""
        place = Place(channel, address)
        async with self._lodging.turn(place):
            talk = await self._lodging.load(place)
            file_id = self._context.chance.bytes(16).hex()
            sealed = await asyncio.to_thread(seal_file, data, file_id)
            blob = Blob(blob_id=file_id, owner=talk.name, box=sealed.ciphertext)
            await self._lodging.save(talk, Changes(put_files=(blob,), durable=True))
        return FileRef(file_id, clean(name), clean(media_type), len(data), sealed.key, sealed.digest)

    async def set_language(self, channel: str, address: str, language: str) -> None:
        """See `Inlet.set_language`."""
        place = Place(channel, address)
        async with self._lodging.turn(place):
            talk = await self._lodging.load(place)
            if not talk.record.session.language:
                talk.record = replace(talk.record, session=replace(talk.record.session, language=language))
                await self._lodging.save(talk, NOTHING)

    async def announce(self, place: Place, event: Event) -> None:
        """Feed in an event that nobody in this chat caused: it joins the screen they come back to."""
        async with self._lodging.turn(place):
            talk = await self._lodging.load(place)
            self._step(talk, event)
            await self._lodging.save(talk, Changes(durable=True))

    async def resume(self) -> int:
        """Take up the acts that a crash left unfinished, before any channel opens; return in how many talks."""
        taken = 0
        for row in await self._context.store.with_acts():
            talk = self._lodging.open(row)
            if talk is not None:
                taken += 1
                # Where a talk takes place is not stored, and no act that needs to know it outlives a crash.
                await self._carry_out(talk, Place(talk.record.session.channel, ""))
        return taken

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
        return self._closed(talk)

    async def _catch_up(self, talk: Talk, place: Place) -> bool:
        """Bring a talk up to date with its parcel and its inbox before it goes on; return whether the screen is new."""
        had_acts = bool(talk.record.acts)
        await self._carry_out(talk, place)
        outcome = await collect(self._context, talk) if talk.awaits_parcel else None
        if outcome is None and self._closed(talk):
            outcome = Outcome(event=InboxClosed())
        if outcome is not None:
            talk.turn_page(b"")
            self._take_over(talk, outcome)
            await self._lodging.save(talk, outcome.changes)
        return had_acts or outcome is not None

    def _closed(self, talk: Talk) -> bool:
        """Whether the inbox the talk believes open is not: closed, idle, or lost in a crash while being opened."""
        session = talk.record.session
        if session.state is State.OPENING:
            return True
        return bool(session.handle) and self._context.inboxes.get(session.handle) is None

    def _view(self, talk: Talk, *, over: bool = False) -> View:
        session = talk.record.session
        shown = next((item for item in talk.record.screen if isinstance(item, ShowInbox)), None)
        inbox = self._context.inboxes.get(shown.handle) if shown else None
        return View(
            language=session.language,
            turn=session.turn,
            items=talk.record.screen,
            # There is a token from the moment of sealing; it is shown only when the talk says so: after the commit.
            token=session.token if any(isinstance(item, ShowToken) for item in talk.record.screen) else "",
            inbox=inbox.page if inbox else None,
            over=over,
            waiting=talk.awaits_parcel,
        )
