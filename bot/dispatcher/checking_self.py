"""Looking for what would name the writer, while they wait: never long, and never in the way of a report.

Whatever goes wrong with the search, the answer is that it could not be made.
"""

import asyncio

import structlog

from bot.conversation.effects import CheckSelf
from bot.conversation.events import SelfChecked
from bot.conversation.self_checking_deeds import searched
from bot.dispatcher.context import Context, Outcome, Place
from bot.dispatcher.record import Talk

#: Seconds. Nobody waits longer for a hint.
LONGEST = 3.0
_log = structlog.get_logger()


async def look(context: Context, talk: Talk, _act: CheckSelf, _place: Place) -> Outcome:
    """Search the words of the draft; only places come back."""
    texts = searched(context.engine().house, talk.record.session)
    try:
        async with asyncio.timeout(LONGEST):
            found = await context.self_check.look(texts)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with the search, the report is handed over
        _log.warning("self_check_failed", error=type(error).__name__)
        return Outcome(event=SelfChecked((), made=False))
    return Outcome(event=SelfChecked(found))
