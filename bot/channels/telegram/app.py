"""Puts the Telegram channel together, and introduces the bot to Telegram: where to call, and the menu of commands.

Starting never waits for Telegram: while it cannot be reached, the introduction is tried again and again.
"""

import asyncio
import logging

import aiohttp
import structlog
from aiohttp import web
from msgspec import Struct
from telegram import Bot

from bot.channels.telegram.calls import Calls
from bot.channels.telegram.chat import TelegramChat
from bot.channels.telegram.door import CHANNEL, Door
from bot.channels.telegram.files import Files
from bot.channels.telegram.menu import set_menu
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.request import AiohttpRequest
from bot.channels.telegram.updates import KINDS
from bot.channels.telegram.webhook import PATH, Webhook
from bot.channels.wording import Wording
from bot.conversation.catalog import LANGUAGES
from bot.ports.channel import Channel
from bot.ports.talking import Inlet

#: Calls that Telegram may make at once.
CONNECTIONS = 40
#: Seconds between two tries to reach Telegram at start: the first, and the longest.
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0

_log = structlog.get_logger()


class TelegramSettings(Struct, frozen=True, kw_only=True):
    """What the channel needs to know."""

    token: str
    #: What Telegram's calls must bear; empty where the bot asks for updates instead.
    secret: str = ""
    #: Where Telegram calls, without the path: `https://desk.example/`.
    public_url: str = ""
    api: str = "https://api.telegram.org"
    organ: str = ""
    max_file_mib: int = 20


class Telegram:
    """The channel: `channel` speaks, `routes` listens, between `start` and `stop`."""

    name = CHANNEL

    def __init__(self, settings: TelegramSettings, http: aiohttp.ClientSession, wording: Wording) -> None:
        api = settings.api.rstrip("/")
        self._request = AiohttpRequest(http)
        self._bot = Bot(
            settings.token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=self._request,
            get_updates_request=self._request,
        )
        self._settings = settings
        self._wording = wording
        self._calls = Calls(self._bot)
        self.channel: Channel | None = TelegramChat(self._calls, wording)
        self._webhook = Webhook(settings.secret)
        self._door: Door | None = None
        self._life: asyncio.Task[None] | None = None
        #: Set as soon as Telegram knows where to call, or is being asked.
        self.introduced = asyncio.Event()
        #: Opens a talk with this organ's desk: `https://t.me/<bot>?start=<organ>`; empty until introduced.
        self.deep_link = ""

    def routes(self, app: web.Application) -> None:
        """Add the address that Telegram calls; none where the bot asks for updates."""
        if self._settings.secret:
            app.router.add_post(PATH, self._webhook.answer)

    async def start(self, inlet: Inlet) -> None:
        """Open the door and begin to reach Telegram in the background."""
        files = Files(self._bot, self._request, CHANNEL, self._settings.max_file_mib)
        self._door = self._webhook.door = Door(
            inlet, self._calls, files, self._in_each("private_only"), self._in_each("not_taken")
        )
        self._life = asyncio.create_task(self._live(self._door))

    async def stop(self) -> None:
        """Take nothing more and let what is under way come to its end; Telegram keeps the rest until the next start."""
        self._webhook.door = None
        if self._life is not None:
            self._life.cancel()
            await asyncio.gather(self._life, return_exceptions=True)
        if self._door is not None:
            await self._door.close()

    def _in_each(self, label: str) -> str:
        return "\n\n".join(self._wording.label(each, f"telegram.{label}") for each in LANGUAGES)

    async def _live(self, door: Door) -> None:
        pause = FIRST_PAUSE
        while not self.introduced.is_set():
            try:
                await self._introduce()
            except Exception as fault:  # noqa: BLE001 - an answer that is none of Telegram's may break in any way
                _log.warning("telegram_not_reached", error=type(fault).__name__)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        if not self._settings.secret:
            await Polling(self._request, f"{self._bot.base_url}/getUpdates", door).run()

    async def _introduce(self) -> None:
        """Tell Telegram who calls whom; what waits there is kept."""
        settings = self._settings
        me = await self._bot.get_me()
        self.deep_link = f"https://t.me/{me.username}?start={settings.organ}"
        await set_menu(self._bot, self._wording)
        if settings.secret:
            await self._bot.set_webhook(
                settings.public_url.rstrip("/") + PATH,
                secret_token=settings.secret,
                allowed_updates=KINDS,
                max_connections=CONNECTIONS,
                drop_pending_updates=False,
            )
        else:
            await self._bot.delete_webhook(drop_pending_updates=False)
        self.introduced.set()


def open_telegram(settings: TelegramSettings, http: aiohttp.ClientSession, wording: Wording) -> Telegram:
    """Return the channel, not started. `http` is closed by whoever opened it."""
    # The library logs whole updates and answers; what it has to say comes as exceptions as well.
    logging.getLogger("telegram").setLevel(logging.CRITICAL + 1)
    return Telegram(settings, http, wording)
