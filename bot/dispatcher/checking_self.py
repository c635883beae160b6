"""Looking for what would name the writer, while they wait: never long, and never in the way of a report.

Whatever goes wrong with the search, the answer is that it could not be made.
"""

import asyncio
from collections.abc import Mapping

import structlog

from bot.conversation.effects import CheckSelf
from bot.conversation.events import SelfChecked
from bot.conversation.searching import searched
from bot.dispatcher.context import Context, Outcome, Place
from bot.dispatcher.record import Talk
from bot.ports.self_check import SelfCheck

#: Seconds. Nobody waits longer for a hint.
LONGEST = 3.0
_log = structlog.get_logger()


async def look(context: Context, talk: Talk, _act: CheckSelf, _place: Place) -> Outcome:
    """Search the words of the draft; only places come back."""
    texts = searched(context.engine().house, talk.record.session)
    return Outcome(event=await checked(context.self_check, texts, LONGEST))


async def checked(self_check: SelfCheck, texts: Mapping[str, str], longest: float) -> SelfChecked:
    """Search texts for so many seconds at the most. Raises nothing but being cancelled."""
    try:
        async with asyncio.timeout(longest):
            return SelfChecked(await self_check.look(texts))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with the search, the report is handed over
        _log.warning("self_check_failed", error=type(error).__name__)
        return SelfChecked(made=False)
