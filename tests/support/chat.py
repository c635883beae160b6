"""A chat service in memory: what the bot sent stands in it, and it refuses in the ways that services refuse."""

from collections.abc import Iterator

from msgspec.structs import replace

from bot.conversation.buttons import buttons_of
from bot.conversation.effects import Say
from bot.conversation.events import Event, Pressed
from bot.ports.channel import ChannelError, Standing, TakenBack
from bot.ports.talking import View


class Chat:
    """`Channel` over a list. `troubles` are raised one by one, each instead of sending, or after it."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, View]] = []
        self.troubles: list[ChannelError] = []
        #: What is raised next comes after the screen has arrived: the service's answer was lost.
        self.arrives_all_the_same = False
        self.deleted: list[str] = []

    async def show(self, address: str, view: View, standing: Standing) -> Standing:
        """Take a screen, or refuse."""
        if self.troubles:
            if self.arrives_all_the_same:
                self.shown.append((address, view))
            raise self.troubles.pop(0)
        self.shown.append((address, view))
        return replace(standing, traces=(*standing.traces, f"ours-{len(self.shown)}"))

    async def take_back(self, _address: str, standing: Standing) -> TakenBack:
        """Delete everything but what is called old."""
        gone = [trace for trace in standing.traces if not trace.startswith("old")]
        self.deleted += gone
        return TakenBack(gone=len(gone), left=len(standing.traces) - len(gone))

    @property
    def last(self) -> View:
        """The screen that came last."""
        return self.shown[-1][1]

    def tokens(self) -> list[str]:
        """Every token that stands in the chat."""
        return [view.token for _, view in self.shown if view.token]

    def said(self) -> Iterator[str]:
        """The keys of what was said on the last screen."""
        return (item.text.key for item in self.last.items if isinstance(item, Say))


def press(view: View, value: str) -> Event:
    """Press the button of a screen that answers with `value`, or is the command of that name."""
    for at, button in enumerate(buttons_of(view.items)):
        if value in {button.option.value if button.option else "", button.command or ""}:
            return Pressed(view.page, at)
    raise AssertionError("there is no such button")
