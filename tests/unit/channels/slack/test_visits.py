"""What becomes of a window whose screen comes late, or never."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.channels.slack import visits
from bot.channels.slack.calls import SlackFailedError, TooLargeError
from bot.channels.slack.happened import Sent
from bot.channels.slack.marks import Note
from bot.channels.slack.payloads import Message, SlackFile
from bot.channels.slack.visits import Visits
from bot.channels.wording import Wording
from bot.conversation.events import Attached, AttachFailed, Command, Commanded, Filled
from bot.ports.talking import Happened, View
from tests.support.listening_inlet import ListeningInlet
from tests.support.screens import ASK_FACTS, view
from tests.support.slack_windows import words_of

FORM = Sent("V1/1", Note("facts", 4, 2, "next", "ja"), "next", {"what": "架空の出張"})


class ShownWindows:
    """Slack as one person sees it: windows by id, whispers, and files by address. `closed` windows cannot change."""

    def __init__(self) -> None:
        self.shown: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.whispers: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
        self.files: dict[str, bytes] = {}
        self.closed = False

    async def open(self, _trigger: str, window: dict[str, Any]) -> str:
        """Show a window."""
        await self.shown.put(window)
        return "V1"

    async def change(self, _window_id: str, window: dict[str, Any]) -> None:
        """Show something else, unless it is closed."""
        await self.shown.put(window)
        if self.closed:
            raise SlackFailedError("SlackApiError")

    async def whisper(self, channel: str, person: str, _words: str) -> None:
        """Note who was told something, and where."""
        await self.whispers.put((channel, person))
        if self.closed:
            raise SlackFailedError("SlackApiError")

    async def fetch(self, address: str, limit: int) -> bytes:
        """Give a file that is known."""
        if address not in self.files:
            raise SlackFailedError("status")
        if len(self.files[address]) > limit:
            raise TooLargeError
        return self.files[address]


class SlowInlet(ListeningInlet):
    """Stores at once; what follows from it waits for `finished`."""

    def __init__(self) -> None:
        super().__init__()
        self.finished = asyncio.Event()

    async def receive(self, channel: str, address: str, happened: Happened) -> View:
        """Store, then wait."""
        shown = await super().receive(channel, address, happened)
        await self.finished.wait()
        return shown


@pytest.fixture
def slack() -> ShownWindows:
    """The person's screen."""
    return ShownWindows()


@pytest.fixture
def inlet() -> SlowInlet:
    """An inlet that shows a form; nothing follows from what it stores until told so."""
    made = SlowInlet()
    made.screen = view(ASK_FACTS)
    made.finished.set()
    return made


@pytest.fixture
async def visit(slack: ShownWindows, inlet: SlowInlet, wording: Wording) -> AsyncIterator[Visits]:
    """Visits with a limit of one MiB a file."""
    made = Visits(inlet, slack, wording, 1)
    yield made
    await made.stop()


async def test_a_window_opens_at_once_and_then_shows_the_screen(visit: Visits, slack: ShownWindows) -> None:
    """A trigger lives three seconds: the store is asked afterwards."""
    await visit.open("T:U", "trigger")
    assert "準備しています" in words_of(await slack.shown.get())
    assert "出来事" in words_of(await slack.shown.get())


async def test_a_talk_that_has_no_screen_begins(visit: Visits, slack: ShownWindows, inlet: SlowInlet) -> None:
    """With a greeting; the trigger is its name, so that a repeat greets once."""
    inlet.screen = view()
    await visit.open("T:U", "trigger")
    for _ in range(2):
        await slack.shown.get()
    assert inlet.heard == [("slack", "T:U", Commanded(Command.START))]


async def test_when_there_is_no_screen_the_window_says_so(visit: Visits, slack: ShownWindows, inlet: SlowInlet) -> None:
    """It does not stay empty, whatever broke."""
    inlet.fault = ValueError()
    await visit.open("T:U", "trigger")
    await slack.shown.get()
    assert "いま続きを表示できません" in words_of(await slack.shown.get())


async def test_a_screen_that_comes_late_is_shown_when_it_comes(
    visit: Visits, slack: ShownWindows, inlet: SlowInlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack is answered in time, since the form is stored."""
    monkeypatch.setattr(visits, "ANSWER_WITHIN", 0.01)
    inlet.finished.clear()
    assert "準備しています" in words_of(await visit.send("T:U", "V1", FORM))
    inlet.finished.set()
    assert "出来事" in words_of(await slack.shown.get())


async def test_a_window_of_a_screen_that_was_shown_tells_of_an_earlier_talk(visit: Visits, inlet: SlowInlet) -> None:
    """So that whoever sends it after the talk has ended is told so; the first window of all tells of none."""
    await visit.send("T:U", "V1", FORM)
    await visit.send("T:U", "V2", Sent("V2/1", Note("menu", 0, 0, "next", "ja"), "next", {}))
    assert inlet.returning == [True, False]


async def test_what_is_under_way_ends_with_the_service(
    visit: Visits, slack: ShownWindows, inlet: SlowInlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form is stored; its screen is looked up with the next window."""
    monkeypatch.setattr(visits, "ANSWER_WITHIN", 0.01)
    inlet.finished.clear()
    await visit.press("T:U", "V1", FORM)
    await visit.stop()
    assert slack.shown.empty()
    assert inlet.events == [Filled("facts", FORM.answers, "next", 4)]


async def test_files_join_before_a_letter_is_sent(visit: Visits, slack: ShownWindows, inlet: SlowInlet) -> None:
    """Words first, so that they are stored; then each file, or why it is missing; then it is sent."""
    slack.files = {"whole": b"x", "large": bytes(2**20 + 1)}
    files = tuple(SlackFile(url_private=address, name=f"{address}.bin") for address in ("whole", "large", "lost"))
    letter = Sent("V1/1", Note("reply", 4, 2, "done", "ja"), "done", {"reply": "写しです"}, files=(*files, SlackFile()))
    assert "ファイルを受け取っています" in words_of(await visit.send("T:U", "V1", letter))
    await slack.shown.get()
    filled, kept, *failed, sent = inlet.events
    assert filled == Filled("reply", {"reply": "写しです"}, "next", 4)
    assert isinstance(kept, Attached)
    assert (kept.file.name, kept.file.media_type) == ("whole.bin", "application/octet-stream")
    assert failed == [AttachFailed("too_large", 1), AttachFailed("broken"), AttachFailed("broken")]
    assert sent == Commanded(Command.DONE)


async def test_when_a_file_cannot_be_stored_the_window_says_so(
    visit: Visits, slack: ShownWindows, inlet: SlowInlet
) -> None:
    """The words were stored before."""
    slack.files = {"whole": b"x"}
    step = Sent("V1/1", FORM.note, "next", FORM.answers, files=(SlackFile(url_private="whole"),))
    inlet.finished.clear()
    sending = asyncio.create_task(visit.press("T:U", "V1", step))
    while not inlet.events:  # noqa: ASYNC110 - the inlet is at it within a turn or two of the loop
        await asyncio.sleep(0)
    inlet.fault = ConnectionError()
    inlet.finished.set()
    await sending
    assert "ファイルを受け取れませんでした" in words_of(await slack.shown.get())
    assert len(inlet.events) == 1


async def test_a_window_that_was_closed_breaks_nothing(visit: Visits, slack: ShownWindows) -> None:
    """The next one shows the same screen, and a hint that Slack refused is given for the next message."""
    slack.closed = True
    await visit.open("T:U", "trigger")
    unseen = [words_of(await slack.shown.get()) for _ in range(2)]
    visit.point_to_form(Message(user="U", channel="C", ts="1"))
    assert await slack.whispers.get() == ("C", "U")
    slack.closed = False
    await visit.open("T:U", "trigger")
    assert [words_of(await slack.shown.get()) for _ in range(2)] == unseen
    visit.point_to_form(Message(user="U", channel="C", ts="2"))
    assert await slack.whispers.get() == ("C", "U")


def typed(place: int) -> Message:
    """Something typed into a channel."""
    return Message(type="message", user="U", channel="C", ts=str(place))


async def test_a_hint_is_given_once_a_message(visit: Visits, slack: ShownWindows) -> None:
    """Slack may deliver twice, as a message and as a mention; only the latest few hundred are remembered."""
    for place in (*range(300), *range(200, 300)):
        visit.point_to_form(typed(place))
    for _ in range(300):
        await slack.whispers.get()
    assert slack.whispers.empty()


@pytest.mark.parametrize(
    "message",
    [
        Message(user="U", channel="C", ts="1", bot_id="B"),
        Message(user="U", channel="C", ts="1", subtype="message_changed"),
        Message(channel="C", ts="1", subtype="channel_join"),
        Message(channel="C", ts="1"),
    ],
)
async def test_what_nobody_typed_gets_no_hint(visit: Visits, slack: ShownWindows, message: Message) -> None:
    """Bots, edits, comings and goings."""
    visit.point_to_form(message)
    visit.point_to_form(typed(2))
    await slack.whispers.get()
    assert slack.whispers.empty()
