"""Taking back what stands in a chat, of both sides: the visible step after which the screen is empty."""

from msgspec.structs import replace

from bot.conversation.effects import Retract
from bot.conversation.events import Retracted
from bot.dispatcher.context import Context, Outcome, Place
from bot.dispatcher.record import Talk
from bot.ports.channel import NotSentError, Standing


async def take_back(context: Context, talk: Talk, _act: Retract, place: Place) -> Outcome:
    """Delete what the service lets go; while it cannot be reached the traces are kept for another try."""
    channel = context.channels.get(place.channel)
    traces = talk.record.standing.traces
    if channel is None or not traces:
        return Outcome(event=Retracted(gone=0, left=0))
    try:
        taken = await channel.take_back(place.address, talk.record.standing)
    except NotSentError:
        return Outcome(event=Retracted(gone=0, left=len(traces)))
    talk.record = replace(talk.record, standing=Standing())
    return Outcome(event=Retracted(gone=taken.gone, left=taken.left))
