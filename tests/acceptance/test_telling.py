"""Answers are announced to those who asked for it: at a moment that tells nothing, once, and only while it helps."""

from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path
from sqlite3 import connect

import pytest
from msgspec.structs import replace

from bot.bootstrap import Outside
from bot.conversation.events import Command, Commanded, Event, Said
from bot.ports.channel import ClosedError, Standing
from bot.ports.talking import Happened, View
from tests.support.chat import Chat, press
from tests.support.desk_staff import Staff
from tests.support.organs import copied
from tests.support.system import QUICK, System, eventually, running
from tests.support.terminal_reporter import TerminalReporter

STORY = "Invoices were paid twice."
WITHIN = 1800
ADDRESS = "chat-4711"
REPORT = {"story": STORY, "desk": "naibu"}


class Person:
    """Somebody in a chat into which the bot can speak."""

    def __init__(self, system: System, chat: Chat) -> None:
        self._system = system
        self._chat = chat
        self._ids = map(str, count(1))

    async def does(self, *events: Event) -> View:
        """Do something."""
        assert self._system.bot is not None
        happened = Happened(event_id=next(self._ids), events=events)
        return await self._system.bot.dispatcher.receive("chat", ADDRESS, happened)

    async def presses(self, value: str) -> View:
        """Press a button of the screen that came last."""
        return await self.does(press(self._chat.last, value))

    async def reports(self) -> str:
        """Hand over, wish to be told of answers here, and return the token."""
        await self.does(Said(STORY))
        await self.does(Commanded(Command.DONE))
        token = (await self.presses("hand_over")).token
        await self.presses("saved")
        await self.presses("yes")
        return token


@pytest.fixture
def chat() -> Chat:
    """An empty chat service."""
    return Chat()


@pytest.fixture
async def system(tmp_path: Path, demo_organ: Path, chat: Chat) -> AsyncIterator[System]:
    """A system that can speak there, and takes its time as it does in earnest."""
    copied(demo_organ, tmp_path)
    pace = replace(QUICK, announce_within=WITHIN)
    async with running(tmp_path, Outside(pace=pace, channels={"chat": chat})) as started:
        yield started


@pytest.fixture
def person(system: System, chat: Chat) -> Person:
    """Somebody who opens the chat."""
    return Person(system, chat)


async def answer(system: System, words: str = "Thank you.") -> None:
    """The desk answers the one case there is."""
    sato = Staff(system)
    await sato.answer((await sato.numbers())[0], words)


def announced(chat: Chat) -> int:
    """How often an answer was announced."""
    return sum(any("answer.waiting" in str(item) for item in view.items) for _, view in chat.shown)


def figure(file: Path, query: str) -> int:
    """A count in one of the databases."""
    with connect(f"file:{file}?mode=ro", uri=True) as database:
        return int(database.execute(query).fetchone()[0])


def waiting(system: System) -> int:
    """How many announcements have not left."""
    return figure(system.case_file, "SELECT count(*) FROM outbox")


def drawn(system: System) -> int:
    """How many of them have a moment at which they leave."""
    return figure(system.case_file, "SELECT count(*) FROM outbox WHERE lease_until > 0")


def addresses(system: System) -> int:
    """How many return addresses the bot keeps."""
    return figure(system.data / "bot.db", "SELECT count(*) FROM relay")


async def test_an_answer_is_announced_once_within_its_time_and_through_restarts(
    system: System, person: Person, chat: Chat
) -> None:
    """Its moment is drawn once: a bot that starts anew neither forgets it, nor draws another, nor says it twice."""
    await person.reports()
    await answer(system)
    await eventually(lambda: drawn(system))
    assert announced(chat) == 0
    await system.stop_bot()
    system.clock.let_pass(seconds=WITHIN + 1)
    await system.start_bot()
    await eventually(lambda: announced(chat))
    await eventually(lambda: waiting(system) == 0)
    await system.stop_bot()
    system.clock.let_pass(hours=3)
    await system.start_bot()
    await answer(system, "One more question.")
    await eventually(lambda: drawn(system))
    assert (announced(chat), addresses(system)) == (1, 1)


async def test_what_was_read_meanwhile_is_not_announced(system: System, person: Person, chat: Chat) -> None:
    """Whoever looks by themselves is spared the message; the next answer is announced again."""
    token = await person.reports()
    await answer(system)
    await eventually(lambda: drawn(system))
    elsewhere = TerminalReporter(system.talk_socket)
    await elsewhere.come_back(token)
    assert "Thank you." in elsewhere.text
    assert waiting(system) == 0
    await answer(system, "One more question.")
    await eventually(lambda: drawn(system))
    system.clock.let_pass(seconds=WITHIN + 1)
    await eventually(lambda: announced(chat))
    assert announced(chat) == 1


async def test_who_blocked_the_bot_learns_of_it_at_the_next_visit(system: System, person: Person, chat: Chat) -> None:
    """The address is deleted on both sides; the token tells that nothing is announced, and offers it anew."""
    token = await person.reports()
    await answer(system)
    chat.troubles = [ClosedError(Standing())]
    await eventually(lambda: drawn(system))
    system.clock.let_pass(seconds=WITHIN + 1)
    await eventually(lambda: waiting(system) == 0)
    await eventually(lambda: addresses(system) == 0)
    elsewhere = TerminalReporter(system.talk_socket)
    await elsewhere.say("/language")
    await elsewhere.choose("en")
    await elsewhere.come_back(token)
    assert "We can no longer reach you" in elsewhere.text
    assert "Thank you." in elsewhere.text
    await elsewhere.choose("told_on")
    assert addresses(system) == 1
    again = TerminalReporter(system.talk_socket)
    await again.come_back(token)
    assert "We can no longer reach you" not in again.text


async def test_an_address_ends_after_a_year(system: System, person: Person, chat: Chat) -> None:
    """An answer that comes later is announced to nobody, and the case store forgets the mailbox."""
    await person.reports()
    system.clock.let_pass(days=366)
    await answer(system)
    await eventually(lambda: drawn(system))
    system.clock.let_pass(seconds=WITHIN + 1)
    await eventually(lambda: waiting(system) == 0)
    await eventually(lambda: figure(system.case_file, "SELECT count(*) FROM cases WHERE mailbox IS NOT NULL") == 0)
    assert announced(chat) == 0


async def test_who_comes_back_after_that_year_is_told_that_it_is_over(system: System, person: Person) -> None:
    """Before the next answer, and the case store forgets the mailbox without having tried it."""
    token = await person.reports()
    system.clock.let_pass(days=366)
    elsewhere = TerminalReporter(system.talk_socket)
    await elsewhere.say("/language")
    await elsewhere.choose("en")
    await elsewhere.come_back(token)
    assert "We can no longer reach you" in elsewhere.text
    assert figure(system.case_file, "SELECT count(*) FROM cases WHERE mailbox IS NOT NULL") == 0


async def test_an_announcement_speaks_the_language_of_a_talk_that_is_forgotten(
    system: System, person: Person, chat: Chat
) -> None:
    """Days later nothing of the talk is left but the address, which remembers the language."""
    await person.reports()
    system.clock.let_pass(days=3)
    await eventually(lambda: figure(system.data / "bot.db", "SELECT count(*) FROM talks") == 0)
    await answer(system)
    await eventually(lambda: drawn(system))
    system.clock.let_pass(seconds=WITHIN + 1)
    await eventually(lambda: announced(chat))
    assert chat.last.language == "en"


async def test_a_chat_that_is_switched_off_keeps_its_addresses(system: System, person: Person, chat: Chat) -> None:
    """A setting left out by mistake costs nobody their wish: the announcement comes when the chat is back."""
    await person.reports()
    await answer(system)
    await eventually(lambda: drawn(system))
    await system.stop_bot()
    present, system.outside = system.outside, replace(system.outside, channels={})
    await system.start_bot()
    system.clock.let_pass(seconds=WITHIN + 1)
    await eventually(lambda: figure(system.case_file, "SELECT attempts FROM outbox"))
    await system.stop_bot()
    system.outside = present
    await system.start_bot()
    assert (announced(chat), addresses(system)) == (0, 1)
    system.clock.let_pass(minutes=5)
    await eventually(lambda: announced(chat))
