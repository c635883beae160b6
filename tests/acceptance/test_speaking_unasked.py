"""What is stored is shown, once, in a chat that the bot must speak into: through refusals, lost answers and crashes."""

from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.bootstrap import Outside
from bot.conversation.events import AnswerWaiting, Command, Commanded, Event, Said
from bot.dispatcher.context import Place
from bot.ports.channel import ClosedError, NotSentError, Standing, UnclearError
from bot.ports.talking import Happened, View
from tests.support.chat import Chat, press
from tests.support.organs import copied
from tests.support.system import QUICK, System, eventually, running

ADDRESS = "chat-4711"
STORY = "Invoices were paid twice."


class Person:
    """Somebody in the chat; each act has an id of its own."""

    def __init__(self, system: System, chat: Chat) -> None:
        self._system = system
        self._chat = chat
        self._ids = map(str, count(1))
        self.stored = 0

    async def does(self, *events: Event, event_id: str = "") -> View:
        """Do something; `stored` counts how often the service was told that it is taken."""
        happened = Happened(
            event_id=event_id or next(self._ids), events=events, traces=("theirs",), stored=self._was_stored
        )
        assert self._system.bot is not None
        return await self._system.bot.dispatcher.receive("chat", ADDRESS, happened)

    async def presses(self, value: str) -> View:
        """Press a button of the screen that came last."""
        return await self.does(press(self._chat.last, value))

    async def reports(self) -> View:
        """Hand a report over, in as few steps as there are."""
        await self.comes_to_the_end()
        return await self.presses("hand_over")

    async def comes_to_the_end(self) -> None:
        """Write a report and skip all that is asked."""
        await self.does(Said(STORY))
        await self.does(Commanded(Command.DONE))

    def _was_stored(self) -> None:
        self.stored += 1


@pytest.fixture
def chat() -> Chat:
    """An empty chat service."""
    return Chat()


@pytest.fixture
async def system(tmp_path: Path, demo_organ: Path, chat: Chat) -> AsyncIterator[System]:
    """A system that can speak there."""
    copied(demo_organ, tmp_path)
    async with running(tmp_path, Outside(pace=QUICK, channels={"chat": chat})) as started:
        yield started


@pytest.fixture
def person(system: System, chat: Chat) -> Person:
    """Somebody who opens the chat."""
    return Person(system, chat)


async def test_a_report_goes_in_and_its_token_is_shown_once(person: Person, chat: Chat) -> None:
    """There is one screen an act, each shown after it was stored."""
    view = await person.reports()
    assert chat.tokens() == [view.token]
    assert len(chat.shown) == person.stored == 3


async def test_a_repeat_of_an_act_shows_nothing_again(person: Person, chat: Chat) -> None:
    """The service is told that it is taken, and the chat stays as it was."""
    await person.does(Said(STORY), event_id="one")
    await person.does(Said(STORY), event_id="one")
    assert (len(chat.shown), person.stored) == (1, 2)


async def test_a_second_tap_on_the_same_button_does_nothing(person: Person, chat: Chat) -> None:
    """It was on its way while the first was taken."""
    await person.reports()
    await person.presses("saved")
    told = len(chat.shown)
    await person.does(press(chat.shown[-2][1], "saved"))
    assert len(chat.shown) == told


async def test_a_button_of_a_page_long_gone_says_so(person: Person, chat: Chat) -> None:
    """The present screen comes again, and nothing else happens."""
    await person.does(Said(STORY))
    first = chat.last
    await person.presses("go_on")
    await person.presses("anonymous")
    await person.does(press(first, "go_on"))
    assert "hint.late" in chat.said()


async def test_a_screen_that_was_refused_is_sent_later(person: Person, chat: Chat) -> None:
    """The act is stored and acknowledged meanwhile."""
    chat.troubles = [NotSentError(Standing(), 0.05)]
    await person.does(Said(STORY))
    assert (person.stored, chat.shown) == (1, [])
    await eventually(lambda: chat.shown)


async def test_a_token_that_may_have_arrived_is_never_sent_twice(person: Person, chat: Chat) -> None:
    """It is asked for instead; whoever did not see it gets it by saying so."""
    await person.comes_to_the_end()
    chat.troubles, chat.arrives_all_the_same = [UnclearError(Standing())], True
    await person.presses("hand_over")
    assert len(chat.tokens()) == 1
    assert (chat.last.token, list(chat.said())) == ("", ["token.maybe_shown"])
    await person.presses("show")
    assert len(set(chat.tokens())) == 1
    assert chat.last.token


async def test_a_token_is_not_repeated_after_a_crash_while_it_was_sent(
    person: Person, chat: Chat, system: System
) -> None:
    """The new process cannot know whether it arrived, so it asks."""
    await person.comes_to_the_end()
    chat.troubles, chat.arrives_all_the_same = [NotSentError(Standing(), 3600)], True
    await person.presses("hand_over")
    await system.stop_bot()
    await system.start_bot()
    await eventually(lambda: list(chat.said()) == ["token.maybe_shown"])
    assert len(chat.tokens()) == 1


async def test_a_token_that_came_late_is_brought_unasked(person: Person, chat: Chat, system: System) -> None:
    """The desk was down; the report arrives when it is back, and its token comes into the chat by itself."""
    await person.comes_to_the_end()
    await system.stop_backend()
    await person.presses("hand_over")
    assert chat.tokens() == []
    await system.start_backend()
    await eventually(chat.tokens)
    assert len(chat.tokens()) == 1


async def test_an_answer_is_announced_as_a_message_of_its_own(person: Person, chat: Chat, system: System) -> None:
    """Nothing that stood there before is said again."""
    await person.reports()
    assert system.bot is not None
    await system.bot.dispatcher.announce(Place("chat", ADDRESS), "push-1", AnswerWaiting())
    assert list(chat.said()) == ["answer.waiting"]
    assert len(chat.tokens()) == 1


async def test_an_answer_is_announced_once_however_often_the_desk_says_so(
    person: Person, chat: Chat, system: System
) -> None:
    """A bot that died before it acknowledged is told again, and says it no second time."""
    await person.does(Said(STORY))
    assert system.bot is not None
    for _ in range(3):
        await system.bot.dispatcher.announce(Place("chat", ADDRESS), "push-1", AnswerWaiting())
    assert len(chat.shown) == 2


async def test_an_address_where_nothing_arrives_any_more_is_told_as_such(
    person: Person, chat: Chat, system: System
) -> None:
    """Whoever announces learns of it; nothing is tried again."""
    await person.does(Said(STORY))
    assert system.bot is not None
    chat.troubles = [ClosedError(Standing())]
    with pytest.raises(ClosedError):
        await system.bot.dispatcher.announce(Place("chat", ADDRESS), "push-1", AnswerWaiting())
    assert len(chat.shown) == 1


async def test_messages_of_both_sides_are_taken_back(person: Person, chat: Chat) -> None:
    """The screen that follows says so, and is all that stands there."""
    await person.does(Said(STORY))
    await person.does(Commanded(Command.CLEAR))
    assert chat.deleted == ["theirs", "ours-1", "theirs"]
    assert "clear.done" in chat.said()


async def test_a_token_nobody_has_saved_is_not_taken_back(person: Person, chat: Chat) -> None:
    """It would be gone for good."""
    await person.reports()
    await person.does(Commanded(Command.CLEAR))
    assert chat.deleted == []
    assert "forget.held" in chat.said()


async def test_a_number_typed_while_a_token_arrives_does_not_say_that_it_is_saved(
    person: Person, chat: Chat, system: System
) -> None:
    """It answered the page before; the token stays until the person has seen it and says so."""
    await person.comes_to_the_end()
    await system.stop_backend()
    await person.presses("hand_over")
    await system.start_backend()
    await eventually(chat.tokens)
    await person.does(Said("1"))
    assert "hint.late" in chat.said()
    await person.presses("show")
    assert chat.last.token == chat.tokens()[0]


async def test_what_is_owed_in_a_chat_that_was_switched_off_waits(person: Person, chat: Chat, system: System) -> None:
    """It holds up nobody, and comes when the chat is switched on again."""
    chat.troubles = [NotSentError(Standing(), 3600)]
    await person.does(Said(STORY))
    await system.stop_bot()
    outside, system.outside = system.outside, replace(system.outside, channels={})
    await system.start_bot()
    assert system.bot is not None
    await system.bot.dispatcher.show_owed()
    await system.stop_bot()
    system.outside = outside
    await system.start_bot()
    await eventually(lambda: chat.shown)
