"""Somebody asked to be forgotten, and the store failed them: it is done as soon as it can be, and they are told."""

from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bot.bootstrap import Outside
from bot.conversation.events import Command, Commanded, Event, Said
from bot.dispatcher.context import Store
from bot.ports.storing import Changes
from bot.ports.talking import Happened, View
from bot.stores.errors import StoreUnavailableError
from tests.support.chat import Chat, press
from tests.support.organs import copied
from tests.support.system import QUICK, System, eventually, running


class Outage:
    """A store that forgets nobody, as long as it is told so."""

    def __init__(self) -> None:
        self.is_on = False
        self._inner: Any = None

    def around(self, inner: Store) -> Any:  # noqa: ANN401 - whatever the inner one has
        """Stand before a store."""
        self._inner = inner
        return self

    async def commit(self, changes: Changes) -> None:
        """Store what forgets nobody."""
        if self.is_on and changes.drop:
            raise StoreUnavailableError("gone")
        await self._inner.commit(changes)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the inner one has
        return getattr(self._inner, name)


@pytest.fixture
def chat() -> Chat:
    """An empty chat."""
    return Chat()


@pytest.fixture
def outage() -> Outage:
    """A store that will fail."""
    return Outage()


@pytest.fixture
async def system(tmp_path: Path, demo_organ: Path, chat: Chat, outage: Outage) -> AsyncIterator[System]:
    """A system that can speak there."""
    copied(demo_organ, tmp_path)
    pace = replace(QUICK, shows=0.05)
    async with running(tmp_path, Outside(pace=pace, channels={"chat": chat}, store=outage.around)) as started:
        yield started


async def asks_to_be_forgotten(system: System, chat: Chat) -> None:
    """Report, come back with the token, and ask for it; the store fails."""
    numbers = map(str, count())

    async def does(event: Event) -> View:
        assert system.bot is not None
        return await system.bot.dispatcher.receive("chat", "4711", Happened(event_id=next(numbers), events=(event,)))

    await does(Said("Invoices were paid twice."))
    await does(Commanded(Command.DONE))
    token = (await does(press(chat.last, "hand_over"))).token
    await does(press(chat.last, "saved"))
    await does(Commanded(Command.COME_BACK))
    await does(Said(token))
    await does(press(chat.last, "forget"))
    with pytest.raises(StoreUnavailableError):
        await does(press(chat.last, "yes"))


async def test_the_rounds_do_it_and_leave_nothing(system: System, chat: Chat, outage: Outage) -> None:
    """They say so, once, and do not store the talk anew for having said it."""
    outage.is_on = True
    await asks_to_be_forgotten(system, chat)
    outage.is_on = False
    await eventually(lambda: chat.last.over)
    assert "forget.done" in chat.said()
    shown = len(chat.shown)
    assert system.bot is not None
    await system.bot.dispatcher.show_owed()
    assert (len(chat.shown), system.places.count("talks")) == (shown, 0)


async def test_the_next_start_does_it_and_says_so(system: System, chat: Chat, outage: Outage) -> None:
    """Whoever asked for it is not left without an answer."""
    outage.is_on = True
    await asks_to_be_forgotten(system, chat)
    await system.stop_bot()
    outage.is_on = False
    await system.start_bot()
    assert chat.last.over
    assert system.places.count("talks") == 0
