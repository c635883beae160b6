"""A whole system below one folder: the demo organ, the case store on a Unix socket, the bot with its page and terminal.

Everything is real: programs, files, keys, HTTP. Either side can be stopped and started again over the same folder, as a
machine would. Only the clock can be moved on, and the background rounds follow each other quickly.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiohttp import web
from msgspec.structs import replace

from backend.bootstrap import open_backend
from backend.config import BackendSettings
from backend.domain.batches import StaffBatch
from backend.ports import CaseStore
from bot.bootstrap import Bot, Outside, open_bot
from bot.config import BotSettings, read_settings
from bot.dispatcher.rounds import Pace
from madoguchi.organ.demo import make_demo, publish_demo
from madoguchi.private_files import private_folder
from madoguchi.serving import on_port, on_socket, silent_runner
from tests.support.places import InFiles, Places

QUICK = Pace(parcels=0.05, roster=0.05, pushes=0.05, sweep=0.1, destroyed=0.05, endings=0.05, announce_within=0)


class MovedClock:
    """The machine's clock, and what a test lets pass on top of it."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def now(self) -> datetime:
        """The present moment of this world."""
        return datetime.now(UTC) + self._ahead

    def let_pass(self, **time: float) -> None:
        """Move on by as much as `timedelta` understands."""
        self._ahead += timedelta(**time)


class System:
    """One organ's whole installation. `keys` copied beforehand are taken as they are; else they are made."""

    def __init__(self, folder: Path, outside: Outside | None = None, places: Places | None = None) -> None:
        self.data = private_folder(folder / "var")
        self.places = places or InFiles(self.data)
        self.keys = private_folder(folder / "keys")
        self.clock = MovedClock()
        self.outside = replace(outside or Outside(pace=QUICK), clock=self.clock)
        self.store = f"unix:{self.data / 'backend.sock'}"
        self.demo, self.card = make_demo(self.keys, self.store)
        self.bot: Bot | None = None
        self.url = self.store_url = ""
        #: Most tests want to see at once what came of an act.
        self.staff_batch = StaffBatch.ONCE
        #: What stands between the commands and the database.
        self.case_store: Callable[[CaseStore], CaseStore] = lambda store: store
        self._backend = AsyncExitStack()
        self._bot = AsyncExitStack()

    @property
    def talk_socket(self) -> Path:
        """Where the terminal listens."""
        return self.data / "talk.sock"

    @property
    def case_file(self) -> Path:
        """The case store's database."""
        return self.data / "cases.db"

    async def start(self) -> None:
        """Start both sides."""
        await self.start_backend()
        await self.start_bot()

    async def stop(self) -> None:
        """Stop both sides, the bot first."""
        await self.stop_bot()
        await self.stop_backend()

    async def start_backend(self) -> None:
        """Start the case store, and publish the organ's roster where it is not the newest."""
        self.store_url = await self._backend.enter_async_context(self._serving_backend())
        await self.publish()

    async def stop_backend(self) -> None:
        """Stop the case store: whoever asks it finds nobody."""
        await self._backend.aclose()

    async def start_bot(self) -> None:
        """Start the bot."""
        self.url = await self._bot.enter_async_context(self._serving_bot())

    async def stop_bot(self) -> None:
        """Stop the bot."""
        await self._bot.aclose()
        self.bot = None

    async def publish(self, change: Callable[[str], str] = lambda document: document) -> None:
        """Publish what the organ's document says, after changing its text."""
        document = self.demo.folder / "organ.toml"
        document.write_text(change(document.read_text()))
        await publish_demo(self.demo, self.card, self.store)

    def bot_settings(self) -> BotSettings:
        """The bot's settings in this folder."""
        return read_settings(
            organ=self.card.organ,
            organ_pins=self.card.pins,
            organ_threshold=self.card.threshold,
            data=self.data,
            keys=self.keys,
            backend_url=self.store,
            intake_credential=self.demo.places.intake,
            store_url=self.places.store_url,
            host="127.0.0.1",
            port=0,
        )

    @asynccontextmanager
    async def _serving_backend(self) -> AsyncIterator[str]:
        settings = BackendSettings(
            database_url=self.places.database_url,
            erasure_url=self.places.erasure_url,
            credentials_file=self.demo.places.credentials,
            staff_batch=self.staff_batch,
        )
        async with (
            open_backend(settings, self.clock, around=self.case_store) as backend,
            _listening(backend.runner(), self.data / "backend.sock") as url,
        ):
            yield url

    @asynccontextmanager
    async def _serving_bot(self) -> AsyncIterator[str]:
        async with open_bot(self.bot_settings(), self.outside) as bot, AsyncExitStack() as served:
            url = await served.enter_async_context(_listening(silent_runner(bot.web_app), None))
            await served.enter_async_context(_listening(silent_runner(bot.talk_app), self.talk_socket, port=False))
            self.bot = bot
            yield url


@asynccontextmanager
async def _listening(runner: web.AppRunner, socket: Path | None, *, port: bool = True) -> AsyncIterator[str]:
    await runner.setup()
    try:
        url = f"http://127.0.0.1:{await on_port(runner, '127.0.0.1', 0, '')}/" if port else ""
        if socket is not None:
            await on_socket(runner, socket)
        yield url
    finally:
        await runner.cleanup()


@asynccontextmanager
async def running(folder: Path, outside: Outside | None = None, places: Places | None = None) -> AsyncIterator[System]:
    """Start a system, and stop it in the end."""
    system = System(folder, outside, places)
    try:
        await system.start()
        yield system
    finally:
        await system.stop()


async def eventually(holds: Callable[[], object], seconds: float = 10) -> None:
    """Wait until something holds; fail when it does not in time."""
    until = asyncio.get_running_loop().time() + seconds
    while not holds():
        assert asyncio.get_running_loop().time() < until, "it did not come true in time"
        await asyncio.sleep(0.02)
