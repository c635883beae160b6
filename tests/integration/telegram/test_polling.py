"""Updates that the bot asks for: each taken, none let go of before it is stored, none brought twice."""

import asyncio

import pytest

from bot.channels.telegram import polling
from bot.channels.telegram.app import Telegram
from bot.conversation.events import Said
from bot.ports.talking import Happened, View
from tests.support.listening_inlet import ListeningInlet
from tests.support.system import eventually
from tests.support.telegram_faults import FaultyNetwork
from tests.support.telegram_peer import TelegramPeer, needs_telegram_peer
from tests.support.telegram_person import TelegramPerson

pytestmark = needs_telegram_peer


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "AGAIN", 0.02)


async def test_what_people_type_arrives(asking: Telegram, inlet: ListeningInlet, person: TelegramPerson) -> None:
    """What waited before the bot was there as well."""
    assert asking.deep_link
    await person.type("one")
    await person.type("two")
    await eventually(lambda: inlet.events == [Said("one"), Said("two")])


async def test_an_update_is_not_let_go_of_before_it_is_stored(
    asking: Telegram, inlet: ListeningInlet, person: TelegramPerson, peer: TelegramPeer
) -> None:
    """While the store fails, Telegram keeps it; others behind it are taken once."""
    assert asking.introduced.is_set()
    inlet.fault = OSError("disk full")
    await person.type("one")
    await person.type("two")
    await peer.until(lambda seen: seen["calls"].count("getUpdates") >= 6)
    assert (await peer.seen())["waiting"] == 2
    inlet.fault = None
    await peer.until(lambda seen: seen["waiting"] == 0)
    assert inlet.events == [Said("one"), Said("two")]


class OneSlowTalk(ListeningInlet):
    """An inlet that keeps one talk waiting."""

    def __init__(self, slow: int) -> None:
        super().__init__()
        self.slow = str(slow)
        self.go_on = asyncio.Event()

    async def receive(self, channel: str, address: str, happened: Happened) -> View:
        """Take it, later where it is that talk's."""
        if address == self.slow:
            await self.go_on.wait()
        return await super().receive(channel, address, happened)


async def test_a_talk_that_is_slow_does_not_hold_up_the_others(
    bot: Telegram, person: TelegramPerson, peer: TelegramPeer
) -> None:
    """It is let go of when it is stored, and taken once."""
    inlet = OneSlowTalk(person.chat_id)
    await bot.start(inlet)
    await person.type("slow")
    other = TelegramPerson(peer, 7)
    for words in ("one", "two"):
        await other.type(words)
        await eventually(lambda said=words: inlet.events[-1:] == [Said(said)])  # type: ignore[misc]
    assert (await peer.seen())["waiting"] == 3
    inlet.go_on.set()
    await peer.until(lambda seen: seen["waiting"] == 0)
    assert inlet.events == [Said("one"), Said("two"), Said("slow")]
    await bot.stop()


async def test_a_bot_that_starts_anew_goes_on_where_it_was(
    bot: Telegram, inlet: ListeningInlet, person: TelegramPerson
) -> None:
    """What was not confirmed comes again, and its number tells."""
    await bot.start(inlet)
    await person.type("one")
    await eventually(lambda: inlet.events == [Said("one")])
    await bot.stop()
    await person.type("two")
    await bot.start(inlet)
    await eventually(lambda: inlet.events == [Said("one"), Said("two")])
    await bot.stop()


async def test_an_update_of_another_shape_stops_nobody(
    asking: Telegram, inlet: ListeningInlet, person: TelegramPerson, peer: TelegramPeer
) -> None:
    """It is let go of."""
    assert asking.introduced.is_set()
    await peer.bring({"message": {"message_id": "not a number"}})
    await person.type("two")
    await eventually(lambda: inlet.events == [Said("two")])
    await peer.until(lambda seen: seen["waiting"] == 0)


async def test_half_a_character_stops_nobody(asking: Telegram, inlet: ListeningInlet, person: TelegramPerson) -> None:
    """It arrives as it was typed, and so does what stands beside it."""
    assert asking.introduced.is_set()
    await person.type("half \ud83d")
    await person.type("whole")
    await eventually(lambda: inlet.events == [Said("half \ud83d"), Said("whole")])


async def test_a_network_that_fails_delays_and_loses_nothing(
    asking: Telegram, inlet: ListeningInlet, person: TelegramPerson, network: FaultyNetwork
) -> None:
    """Whatever happens to the call that asks."""
    network.fail("getUpdates", "reset", "lost", "error", "gateway", "short_flood", "nothing", "numbers")
    for words in ("one", "two", "three"):
        await person.type(words)
    await eventually(lambda: len(network.happened) == 7 and len(inlet.events) == 3)
    assert asking.introduced.is_set()


async def test_a_bot_that_cannot_reach_telegram_tries_again(
    bot: Telegram, inlet: ListeningInlet, network: FaultyNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Starting does not wait for it."""
    monkeypatch.setattr("bot.channels.telegram.app.FIRST_PAUSE", 0.01)
    network.fail("getMe", "reset", "error", "nothing", "numbers")
    await bot.start(inlet)
    await bot.introduced.wait()
    await bot.stop()
    assert network.happened == ["reset", "error", "nothing", "numbers"]


async def test_every_tap_is_answered(asking: Telegram, person: TelegramPerson, peer: TelegramPeer) -> None:
    """Also one that means nothing, and one that cannot be stored."""
    assert asking.introduced.is_set()
    await person.type("hello")
    (mine,) = await person.sees()
    await person.tap_data(mine, "1:1:0")
    await person.tap_data(mine, "nonsense")
    await peer.until(lambda seen: len(seen["answered"]) == 2)
