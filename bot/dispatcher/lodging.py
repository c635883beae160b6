"""Finding a talk by where it takes place, waiting for its turn, storing it: the one room that names and seals talks.

A talk moves to the present day's name when nothing else in the store refers to the old one. How long it is kept follows
from what is in it: a draft for as many hours as the settings say from what its writer last did, an unconfirmed token
for three days, a report that waits for the desk as long as it waits.
"""

from contextlib import AbstractAsyncContextManager

import msgspec
import structlog
from msgspec.structs import replace

from bot.anonymity.boxes import Safe
from bot.anonymity.errors import NotOpenedError
from bot.conversation.drafts_ending import is_begun
from bot.conversation.session import Session
from bot.dispatcher.context import HOUR, Context, Place
from bot.dispatcher.record import Record, Talk, opened
from bot.ports.storing import Changes, Row

#: A report or a new token that waits for the desk does not expire (the largest date SQLite knows would do as well).
NEVER = 1 << 52
_log = structlog.get_logger()


class Lodging:
    """Where talks live."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._safe = Safe(context.key)

    def turn(self, place: Place) -> AbstractAsyncContextManager[None]:
        """Wait for this talk's turn."""
        return self._context.locks.hold(place.channel, place.address)

    async def load(self, place: Place) -> Talk:
        """Return the talk that takes place there, or a fresh one.

        Raises `msgspec.DecodeError` for one that only a newer version of the bot can read: a fresh one in its place
        would be the end of it.
        """
        names = await self._context.names.names(place.channel, place.address)
        row = await self._context.store.load([name for _, name in names])
        talk = self._opened(row) if row is not None and row.expires > self._context.seconds() else None
        if talk is None:
            day, name = names[0]
            return Talk(name=name, day=day, record=Record(session=Session(channel=place.channel)))
        self._move(talk, *names[0])
        return talk

    def open(self, row: Row) -> Talk | None:
        """Open a stored talk for a round over all of them; none where it does not open.

        One of another bot key or of a newer version is left alone, and said so without naming it.
        """
        try:
            return self._opened(row)
        except msgspec.DecodeError:
            _log.error("talk_not_read")
            return None

    def _opened(self, row: Row) -> Talk | None:
        try:
            return opened(row, self._safe)
        except NotOpenedError:
            _log.error("talk_not_opened")
            return None

    async def save(self, talk: Talk, changes: Changes) -> None:
        """Store the talk together with `changes`, in one write."""
        under_way = self._is_under_way(talk)
        if holds_draft(self._context, talk) and talk.record.until <= self._context.seconds():
            # It was held by something else meanwhile, and its own time is over: whoever began it gets another.
            talk.record = replace(talk.record, until=self.end_from_now())
        if not under_way and not self._is_to_be_told(talk):
            talk.record = replace(talk.record, address="")
        talk.expires = self._expiry(talk)
        row = talk.sealed(self._safe, pending=under_way and bool(talk.record.acts or talk.record.address))
        dropped = (*changes.drop, *talk.former)
        durable = changes.durable or bool(talk.record.acts)
        await self._context.store.commit(replace(changes, put=(*changes.put, row), drop=dropped, durable=durable))
        talk.former = ()

    def _is_under_way(self, talk: Talk) -> bool:
        """Whether something is still to be done that needs to know where this talk takes place."""
        record = talk.record
        # A report or a new token on its way ends with a token, which must be brought unasked where that can be done.
        awaited = talk.awaits_desk and record.session.channel in self._context.channels
        return bool(record.acts) or record.unshown or awaited

    def _is_to_be_told(self, talk: Talk) -> bool:
        """Whether a draft's writer is still to be told, in this chat, that it ends."""
        record = talk.record
        speaks = record.session.channel in self._context.channels
        return speaks and record.told_of != record.until and holds_draft(self._context, talk)

    def _expiry(self, talk: Talk) -> int:
        record = talk.record
        if talk.awaits_desk:
            return NEVER
        # What others do with a talk puts off the end of no draft.
        drafted = record.until if holds_draft(self._context, talk) else 0
        return record.token_until or drafted or self.end_from_now()

    def end_from_now(self) -> int:
        """When a talk ends in which nothing happens from now on, in seconds since 1970; not before the time is full."""
        return self._context.hour_after(self._context.draft_hours * HOUR + HOUR)

    def _move(self, talk: Talk, day: int, name: bytes) -> None:
        session = talk.record.session
        referred = session.submission or session.files or session.reply_files
        if day != talk.day and not referred:
            talk.former = (talk.name,)
            talk.name, talk.day = name, day


def holds_draft(context: Context, talk: Talk) -> bool:
    """Whether the end of this talk is the end of something that its writer began."""
    held = talk.awaits_desk or talk.record.token_until
    return not held and is_begun(context.engine().house, talk.record.session)
