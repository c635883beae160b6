"""The buttons of a page, in one order that never depends on the channel: the options of the question, then commands.

A channel shows them and names a pressed one by its place; the dispatcher asks here what it meant. Pure.
"""

from collections.abc import Iterable

from msgspec import Struct

from bot.conversation.effects import Ask, Option, Visible
from bot.conversation.events import Chose, Command, Commanded, Event


class Button(Struct, frozen=True):
    """One button: what it means, and what stands on it (an option's label, or a command's own)."""

    means: Event
    option: Option | None = None
    command: Command | None = None
    #: It stands ticked already.
    chosen: bool = False


def buttons_of(items: Iterable[Visible]) -> tuple[Button, ...]:
    """List the buttons of a page; none where nothing is asked."""
    ask = next((item for item in items if isinstance(item, Ask)), None)
    if ask is None:
        return ()
    question = ask.questions[ask.at]
    ticked = question.answer if isinstance(question.answer, list) else [question.answer]
    options = (
        Button(Chose(question.id, option.value), option=option, chosen=option.value in ticked)
        for option in question.options
    )
    commands = (Button(Commanded(Command(name)), command=Command(name)) for name in ask.commands)
    return (*options, *commands)
