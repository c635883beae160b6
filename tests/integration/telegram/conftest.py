"""The channel alone, between a Telegram that others wrote and an inlet that takes everything down."""

from collections.abc import AsyncIterator, Iterator

import aiohttp
import pytest
from aiohttp import web

from bot.channels.telegram.app import Telegram, TelegramSettings, open_telegram
from bot.channels.telegram.webhook import PATH
from bot.channels.wording import Wording
from bot.conversation.catalog import load_catalog
from tests.support.listening_inlet import ListeningInlet
from tests.support.telegram_deliverer import Deliverer
from tests.support.telegram_faults import FaultyNetwork, faulty_network
from tests.support.telegram_peer import SECRET, TOKEN, TelegramPeer, fresh_peer, telegram_server
from tests.support.telegram_person import TelegramPerson


@pytest.fixture(scope="session")
def telegram_url() -> Iterator[str]:
    """A Telegram, started once: each test makes it forget what was."""
    with telegram_server() as url:
        yield url


@pytest.fixture
async def peer(telegram_url: str) -> AsyncIterator[TelegramPeer]:
    """A Telegram."""
    async with fresh_peer(telegram_url) as running:
        yield running


@pytest.fixture
async def network(peer: TelegramPeer) -> AsyncIterator[FaultyNetwork]:
    """The way there."""
    async with faulty_network(peer) as running:
        yield running


@pytest.fixture
def inlet() -> ListeningInlet:
    """Where everything arrives."""
    return ListeningInlet()


@pytest.fixture
def person(peer: TelegramPeer) -> TelegramPerson:
    """Somebody in a private chat."""
    return TelegramPerson(peer)


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """The bot's connections."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def bot(network: FaultyNetwork, http: aiohttp.ClientSession) -> Telegram:
    """The channel, not started; Telegram is asked for updates."""
    return open_telegram(TelegramSettings(token=TOKEN, api=network.url, organ="shoumu"), http, wording())


def wording() -> Wording:
    """The words of the product."""
    return Wording(load_catalog())


@pytest.fixture
async def asking(bot: Telegram, inlet: ListeningInlet) -> AsyncIterator[Telegram]:
    """The channel, asking for updates."""
    await bot.start(inlet)
    await bot.introduced.wait()
    yield bot
    await bot.stop()


@pytest.fixture
async def called(
    network: FaultyNetwork, http: aiohttp.ClientSession, inlet: ListeningInlet
) -> AsyncIterator[tuple[Telegram, Deliverer]]:
    """The channel, called by Telegram, and by whoever else finds the address."""
    app = web.Application()
    runner = web.AppRunner(app, access_log=None)
    settings = TelegramSettings(token=TOKEN, secret=SECRET, api=network.url, organ="shoumu")
    mounted = open_telegram(settings, http, wording())
    mounted.routes(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    await mounted.start(inlet)
    await mounted.introduced.wait()
    yield mounted, Deliverer(url + PATH, http)
    await mounted.stop()
    await runner.cleanup()
