"""A draft ends, and its writer is told once before: in a chat unasked, anywhere else at the next look."""

from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import msgspec
import pytest
import pytest_asyncio
from msgspec.structs import replace

from bot.bootstrap import Outside
from bot.config import BotSettings
from bot.conversation.effects import Ask, Say
from bot.conversation.events import AnswerWaiting, Attached, Chose, Command, Commanded, Event, Said
from bot.conversation.session import State
from bot.dispatcher.context import Place
from bot.dispatcher.dispatcher import Dispatcher
from bot.dispatcher.record import Record
from bot.ports.channel import ClosedError, NotSentError, Standing
from bot.ports.talking import Happened, View
from tests.support.chat import Chat, press
from tests.support.organs import copied
from tests.support.places import Places
from tests.support.remains import opened
from tests.support.system import QUICK, System, eventually, running

pytestmark = pytest.mark.asyncio(loop_scope="module")

STORY = "Invoices were paid twice."
#: Into the last three hours of a draft whose writer has just done something, at whatever minute.
NEARLY = {"hours": 22.5}
#: The rounds come when the test says so.
STILL = replace(QUICK, endings=3600)
_ADDRESSES = count(1)


class Writer:
    """Somebody with a talk of their own on some channel."""

    def __init__(self, system: System, channel: str) -> None:
        self.system = system
        self.channel = channel
        self.address = f"writer-{next(_ADDRESSES)}"
        self._ids = map(str, count(1))

    @property
    def dispatcher(self) -> Dispatcher:
        """The bot as it runs now."""
        assert self.system.bot is not None
        return self.system.bot.dispatcher

    async def does(self, *events: Event, returning: bool = False) -> View:
        """Do something."""
        happened = Happened(event_id=next(self._ids), events=events, returning=returning)
        return await self.dispatcher.receive(self.channel, self.address, happened)

    async def looks(self) -> View:
        """Look at what stands there."""
        return await self.dispatcher.look(self.channel, self.address)

    async def waits(self, **time: float) -> None:
        """Let time pass, and the round come by."""
        self.system.clock.let_pass(**time)
        await self.dispatcher.endings.tell_all()


@pytest.fixture(scope="module")
def chat() -> Chat:
    """A chat service."""
    return Chat()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def system(tmp_path_factory: pytest.TempPathFactory, demo_organ: Path, chat: Chat) -> AsyncIterator[System]:
    """A system that can speak there; all tests share it, each with a talk of its own."""
    folder = tmp_path_factory.mktemp("drafts")
    copied(demo_organ, folder)
    async with running(folder, Outside(pace=STILL, channels={"chat": chat})) as started:
        yield started


def said(view: View) -> list[str]:
    """The keys of what is said on a screen."""
    return [item.text.key for item in view.items if isinstance(item, Say)]


def asked(view: View) -> str:
    """The group that is asked on a screen."""
    return next(item.group for item in view.items if isinstance(item, Ask))


def screens(chat: Chat, writer: Writer) -> list[View]:
    """What was shown to somebody, in order."""
    return [view for address, view in chat.shown if address == writer.address]


def record_of(system: System, writer: Writer) -> Record | None:
    """What is stored of somebody's talk, as whoever has the bot's key reads it."""
    found = [box for name, box in opened(system.places, system.keys).items() if name.startswith("talk")]
    records = [msgspec.msgpack.decode(box, type=Record) for box in found]
    return next((each for each in records if each.session.answers.get("story") == writer.address), None)


async def test_a_writer_in_a_chat_is_told_once_and_not_a_word_of_the_draft(system: System, chat: Chat) -> None:
    """Other rounds say nothing more; whoever goes on is where they were, and is told again a day later."""
    writer = Writer(system, "chat")
    await writer.does(Said(STORY), Commanded(Command.DONE))
    await writer.waits(hours=20)
    assert len(screens(chat, writer)) == 1
    await writer.waits(hours=2.5)
    await writer.waits(hours=0.1)
    _, warning = screens(chat, writer)
    assert (said(warning), asked(warning)) == (["ending.soon"], "ending")
    assert STORY not in repr(warning)
    view = await writer.does(press(warning, "keep"))
    assert (said(view), asked(view)) == (["ending.kept"], "summary")
    await writer.waits(**NEARLY)
    assert said(screens(chat, writer)[-1]) == ["ending.soon"]


async def test_whoever_does_not_go_on_finds_nothing_but_the_truth(system: System, chat: Chat) -> None:
    """The draft is gone when it was said to be, though the desk has written meanwhile, and a late press is told so."""
    writer = Writer(system, "chat")
    await writer.does(Said(STORY))
    await writer.waits(**NEARLY)
    warning = screens(chat, writer)[-1]
    await writer.dispatcher.announce(Place("chat", writer.address), "news", AnswerWaiting())
    await writer.waits(hours=2.6)
    view = await writer.does(press(warning, "keep"), returning=True)
    assert (said(view), asked(view)) == (["ending.gone"], "menu")


async def test_whoever_went_on_in_time_is_told_nothing(system: System, chat: Chat) -> None:
    """The round that read their draft as one that ends finds that it does not."""
    writer = Writer(system, "chat")
    await writer.does(Said(STORY))
    system.clock.let_pass(**NEARLY)
    await writer.does(Said("More of it."))
    await writer.dispatcher.endings.tell_all()
    assert not any("ending.soon" in said(view) for view in screens(chat, writer))


async def test_deleting_at_the_warning_leaves_nothing(system: System, chat: Chat) -> None:
    """Neither words nor files, at once."""
    writer = Writer(system, "chat")
    ref = await writer.dispatcher.keep_file("chat", writer.address, "note.txt", "text/plain", b"a note")
    await writer.does(Said(writer.address), Attached(ref))
    assert record_of(system, writer) is not None
    files = system.places.count("files")
    await writer.waits(**NEARLY)
    view = await writer.does(press(screens(chat, writer)[-1], "delete"))
    assert (said(view), asked(view)) == (["cancel.done"], "menu")
    assert (record_of(system, writer), system.places.count("files")) == (None, files - 1)


async def test_a_chats_address_is_kept_until_its_writer_was_told_and_no_longer(system: System) -> None:
    """Whoever seizes the store and its key learns it meanwhile; a draft that is handed over has none either."""
    writer, other = Writer(system, "chat"), Writer(system, "web")
    await writer.does(Said(writer.address))
    await other.does(Said(other.address))
    kept, looked_at = record_of(system, writer), record_of(system, other)
    assert kept is not None
    assert looked_at is not None
    assert (kept.address, looked_at.address) == (writer.address, "")
    await writer.waits(**NEARLY)
    told = record_of(system, writer)
    assert told is not None
    assert (told.address, told.session.state) == ("", State.ENDING)


async def test_whoever_only_looks_is_told_at_the_look(system: System) -> None:
    """Once; what stands there stays until they do something about it."""
    writer = Writer(system, "web")
    await writer.does(Said(STORY))
    assert said(await writer.looks()) != ["ending.soon"]
    system.clock.let_pass(**NEARLY)
    for _ in range(2):
        view = await writer.looks()
        assert (said(view), asked(view)) == (["ending.soon"], "ending")
    view = await writer.does(Chose("ending", "keep"))
    assert said(view)[0] == "ending.kept"
    assert asked(await writer.looks()) == "exposure"


@pytest.mark.parametrize("how", [Commanded(Command.STATUS), Said("/status"), Said("状況")])
async def test_asking_how_long_is_left_tells_it_and_puts_nothing_off(system: System, how: Event) -> None:
    """Anything else that the writer does puts it off."""
    writer = Writer(system, "web")
    await writer.does(Said(STORY))
    system.clock.let_pass(hours=10)
    await writer.does(how)
    system.clock.let_pass(hours=10)
    view = await writer.does(how)
    left = next(item.text for item in view.items if isinstance(item, Say) and item.text.key == "ending.left")
    assert left.params["hours"] in ("4", "5")
    await writer.does(Commanded(Command.HELP))
    system.clock.let_pass(hours=20)
    assert "help.words" in said(await writer.looks())


async def test_a_warning_that_did_not_arrive_comes_after_a_restart(system: System, chat: Chat) -> None:
    """It was stored before it was sent, so it is neither lost nor told twice."""
    writer = Writer(system, "chat")
    await writer.does(Said(STORY))
    chat.troubles = [NotSentError(Standing(), 3600)]
    await writer.waits(**NEARLY)
    assert len(screens(chat, writer)) == 1
    await system.stop_bot()
    await system.start_bot()
    await eventually(lambda: len(screens(chat, writer)) == 2)
    await writer.waits(hours=0.1)
    assert [said(view) for view in screens(chat, writer)[1:]] == [["ending.soon"]]


async def test_whoever_has_blocked_the_bot_keeps_nobody_from_being_told(system: System, chat: Chat) -> None:
    """Their chat is closed; the other one is told in the same round."""
    blocked, writer = Writer(system, "chat"), Writer(system, "chat")
    for each in (blocked, writer):
        await each.does(Said(STORY))
    chat.troubles = [ClosedError(Standing())]
    await writer.waits(**NEARLY)
    told = [screens(chat, each)[-1] for each in (blocked, writer)]
    assert sorted(said(view) == ["ending.soon"] for view in told) == [False, True]


class Hasty(System):
    """An installation that keeps drafts for six hours."""

    def bot_settings(self) -> BotSettings:
        """See `System.bot_settings`."""
        return super().bot_settings().model_copy(update={"draft_hours": 6})


@pytest.mark.parametrize("kind", ["files", "servers"], indirect=True, scope="module")
async def test_drafts_are_kept_for_as_long_as_the_settings_say(
    tmp_path: Path, demo_organ: Path, places: Places, chat: Chat
) -> None:
    """Wherever they are kept; and the change of day on the way does not lose them."""
    copied(demo_organ, tmp_path)
    hasty = Hasty(tmp_path, Outside(pace=STILL, channels={"chat": chat}), places)
    try:
        await hasty.start()
        midnight = hasty.clock.now().replace(hour=22, minute=30)
        hasty.clock.let_pass(seconds=(midnight - hasty.clock.now()).total_seconds() % 86_400)
        writer = Writer(hasty, "chat")
        await writer.does(Said(STORY))
        await writer.waits(hours=2)
        assert len(screens(chat, writer)) == 1
        await writer.waits(hours=2.5)
        assert said(screens(chat, writer)[-1]) == ["ending.soon"]
        hasty.clock.let_pass(hours=2.6)
        assert asked(await writer.does(Commanded(Command.START))) == "language"
    finally:
        await hasty.stop()
