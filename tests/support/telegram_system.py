"""A whole system whose bot is on Telegram, with faults on the way there where a test wants them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.bootstrap import Outside
from bot.config import BotSettings
from tests.support.system import System
from tests.support.telegram_faults import FaultyNetwork, faulty_network
from tests.support.telegram_peer import SECRET, TOKEN, TelegramPeer, fresh_peer


class TelegramSystem(System):
    """`peer` is the other end, `network` the way there. Telegram is asked for updates, unless it `is_called`."""

    def __init__(self, folder: Path, outside: Outside, peer: TelegramPeer, network: FaultyNetwork) -> None:
        super().__init__(folder, outside)
        self.peer = peer
        self.network = network
        self.is_called = False

    def bot_settings(self) -> BotSettings:
        files = {"telegram_token": TOKEN, **({"telegram_secret": SECRET} if self.is_called else {})}
        for name, content in files.items():
            (self.keys / name).write_text(content)
        named = {name: self.keys / name for name in files}
        return super().bot_settings().model_copy(update={"telegram_api": self.network.url, **named})

    async def be_called(self) -> None:
        """Start the bot anew, with Telegram calling it where it listens."""
        await self.stop_bot()
        self.is_called = True
        await self.start_bot()
        await self.peer.until(lambda seen: "setWebhook" in seen["calls"])
        await self.peer.post(f"/bot{TOKEN}/setWebhook", {"url": self.hook, "secret_token": SECRET})

    @property
    def hook(self) -> str:
        """Where Telegram calls."""
        return f"{self.url}hooks/telegram"


@asynccontextmanager
async def telegram_system(folder: Path, outside: Outside, url: str) -> AsyncIterator[TelegramSystem]:
    """Start a system on the Telegram at `url`, and stop it in the end."""
    async with fresh_peer(url) as peer, faulty_network(peer) as network:
        system = TelegramSystem(folder, outside, peer, network)
        try:
            await system.start()
            await peer.until(lambda seen: "deleteWebhook" in seen["calls"])
            yield system
        finally:
            await system.stop()
