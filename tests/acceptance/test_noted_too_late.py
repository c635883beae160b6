"""A token was sent, and then the store did not take the note of it: nobody sends it again, whoever comes next."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bot.bootstrap import Outside
from bot.conversation.events import Command, Commanded, Event, Said
from bot.dispatcher.context import Store
from bot.dispatcher.rounds import Pace
from bot.ports.channel import Standing
from bot.ports.talking import Happened, View
from bot.stores.errors import StoreUnavailableError
from tests.support.chat import Chat, press
from tests.support.organs import copied
from tests.support.system import QUICK, System, eventually, running

ADDRESS = "chat-4711"


class Outage:
    """A store that takes no write behind a token that was sent, once."""

    def __init__(self) -> None:
        self.is_on = False
        self._inner: Any = None

    def around(self, inner: Store) -> Any:  # noqa: ANN401 - whatever the inner one has
        """Stand before a store."""
        self._inner = inner
        return self

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the inner one has
        if name == "commit" and self.is_on:
            self.is_on = False
            raise StoreUnavailableError("gone")
        return getattr(self._inner, name)


class TokenChat(Chat):
    """The chat in which it happens."""

    def __init__(self, outage: Outage) -> None:
        super().__init__()
        self._outage = outage

    async def show(self, address: str, view: View, standing: Standing) -> Standing:
        """Take a screen; the store is gone once it is a token's."""
        stands = await super().show(address, view, standing)
        self._outage.is_on = bool(view.token) and len(self.tokens()) == 1
        return stands


@pytest.fixture
def outage() -> Outage:
    """A store that will fail."""
    return Outage()


@pytest.fixture
def chat(outage: Outage) -> TokenChat:
    """An empty chat."""
    return TokenChat(outage)


@pytest.fixture
def pace() -> Pace:
    """The rounds follow each other quickly."""
    return replace(QUICK, shows=0.05)


@pytest.fixture
async def system(
    tmp_path: Path, demo_organ: Path, chat: TokenChat, outage: Outage, pace: Pace
) -> AsyncIterator[System]:
    """A system that can speak there."""
    copied(demo_organ, tmp_path)
    outside = Outside(pace=pace, channels={"chat": chat}, store=outage.around)
    async with running(tmp_path, outside) as started:
        yield started


async def does(system: System, event_id: str, event: Event) -> View:
    """Do one thing in the chat."""
    assert system.bot is not None
    return await system.bot.dispatcher.receive("chat", ADDRESS, Happened(event_id=event_id, events=(event,)))


async def hands_over(system: System, chat: TokenChat) -> Event:
    """Report; the token arrives, and the bot breaks off behind it. Return what was pressed last."""
    await does(system, "1", Said("Invoices were paid twice."))
    await does(system, "2", Commanded(Command.DONE))
    pressed = press(chat.last, "hand_over")
    with pytest.raises(StoreUnavailableError):
        await does(system, "3", pressed)
    return pressed


async def test_the_rounds_ask_whether_it_arrived(system: System, chat: TokenChat) -> None:
    """They come upon a screen that is owed, and cannot know what became of it."""
    await hands_over(system, chat)
    await eventually(lambda: list(chat.said()) == ["token.maybe_shown"])
    assert len(chat.tokens()) == 1


@pytest.mark.parametrize("pace", [replace(QUICK, shows=3600)])
async def test_whoever_brings_the_act_again_is_asked_too(system: System, chat: TokenChat) -> None:
    """The service did not hear that it was taken, and comes once more before any round."""
    pressed = await hands_over(system, chat)
    await does(system, "3", pressed)
    assert len(chat.tokens()) == 1
    assert list(chat.said()) == ["token.maybe_shown"]


async def test_the_token_comes_when_it_is_asked_for(system: System, chat: TokenChat) -> None:
    """Nothing is lost by asking."""
    await hands_over(system, chat)
    await eventually(lambda: list(chat.said()) == ["token.maybe_shown"])
    await does(system, "4", press(chat.last, "show"))
    assert len(set(chat.tokens())) == 1
    assert chat.last.token
