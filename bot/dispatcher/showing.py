"""Brings stored screens before people, on channels that can speak unasked.

What was stored and did not arrive stays owed and is sent later; a crash changes nothing in that. A screen with a token
or letters that may have arrived is never sent again: "Show it again?" is asked in its place. It may have, unless it was
made in this very turn, or this process has noted that it did not.
"""

import asyncio
from collections.abc import Callable

import structlog
from msgspec.structs import replace

from bot.conversation.events import Event, TokenReady
from bot.dispatcher.context import Context, Place
from bot.dispatcher.lodging import Lodging
from bot.dispatcher.record import Talk
from bot.dispatcher.views import view_of
from bot.ports.channel import Channel, ClosedError, NotSentError, Standing, UnclearError
from bot.ports.storing import Changes
from bot.ports.talking import View

Step = Callable[[Talk, Event], None]

#: Seconds before a screen that did not arrive is sent again, unless the service says when.
AGAIN = 5.0
_NOTHING = Changes()
_log = structlog.get_logger()


class Showing:
    """The way out to the chats."""

    def __init__(self, context: Context, lodging: Lodging, step: Step) -> None:
        self._context = context
        self._lodging = lodging
        self._step = step
        #: Names of talks that are shown later, and from which moment of the loop's clock on.
        self._later: dict[bytes, float] = {}

    def owe(self, talk: Talk, place: Place) -> None:
        """Note, before the write, that what stands in the record must be shown in this chat."""
        if place.channel in self._context.channels:
            talk.record = replace(talk.record, address=place.address, unshown=True)
            talk.is_fresh = True

    def is_due(self, talk: Talk) -> bool:
        """Whether a screen is owed that need not wait any longer."""
        return talk.record.unshown and self._later.get(talk.name, 0.0) <= _now()

    async def show(self, talk: Talk) -> bool:
        """Show what is owed; False when nothing will ever arrive in that chat. What does not arrive now stays owed."""
        while talk.record.unshown:
            channel = self._context.channels[talk.record.session.channel]
            view = view_of(talk, self._context)
            if self._may_have_sent(talk) and _holds_secrets(view):
                await self.ask_instead(talk)
                continue
            try:
                standing = await _sent(channel, talk, view)
            except UnclearError as unclear:
                if not _holds_secrets(view):
                    return await self._put_off(talk, unclear.standing, AGAIN)
                talk.record = replace(talk.record, standing=unclear.standing)
                await self.ask_instead(talk)
            except NotSentError as refused:
                return await self._put_off(talk, refused.standing, refused.seconds)
            except ClosedError as closed:
                await self._settle(talk, closed.standing)
                return False
            else:
                await self._settle(talk, standing)
        return True

    async def say_farewell(self, place: Place, view: View) -> None:
        """Show the last screen of a talk that is gone: once, for nothing is left that could remember to try again."""
        channel = self._context.channels.get(place.channel)
        if channel is None:
            return
        try:
            await channel.show(place.address, view, Standing())
        except Exception as fault:  # noqa: BLE001 - the talk is gone already, and nobody waits for an answer
            _log.warning("farewell_not_shown", error=type(fault).__name__)

    async def ask_instead(self, talk: Talk) -> None:
        """Put "Show it again?" in the place of a screen with secrets that may have been shown."""
        talk.turn_unasked()
        self._step(talk, TokenReady())
        await self._lodging.save(talk, _NOTHING)

    def _may_have_sent(self, talk: Talk) -> bool:
        """Whether somebody may have begun to send this screen and not lived to note it; asked once before each try."""
        noted = self._later.pop(talk.name, None)
        return noted is None and not talk.is_fresh

    async def _put_off(self, talk: Talk, standing: Standing, seconds: float) -> bool:
        talk.record = replace(talk.record, standing=standing)
        await self._lodging.save(talk, _NOTHING)
        # Only what is noted counts as not sent: how far a screen came stands in the record.
        self._later[talk.name] = _now() + seconds
        return True

    async def _settle(self, talk: Talk, standing: Standing) -> None:
        talk.record = replace(talk.record, standing=standing, unshown=False)
        await self._lodging.save(talk, _NOTHING)


def may_have_shown_secrets(talk: Talk, context: Context) -> bool:
    """Whether a crash may have come between sending a token or letters and noting that they were sent."""
    return talk.record.unshown and _holds_secrets(view_of(talk, context))


async def _sent(channel: Channel, talk: Talk, view: View) -> Standing:
    try:
        return await channel.show(talk.record.address, view, talk.record.standing)
    except (UnclearError, NotSentError, ClosedError):
        raise
    except Exception as fault:
        _log.error("screen_not_shown", error=type(fault).__name__)
        raise UnclearError(talk.record.standing) from fault


def _holds_secrets(view: View) -> bool:
    return bool(view.token) or view.inbox is not None


def _now() -> float:
    return asyncio.get_running_loop().time()
