"""Puts the bot together: the only file that names concrete classes, and where the system's clock and dice come in.

Refuses to start with settings that contradict each other. The bot's own key is made at first start and never leaves
its file.
"""

import os
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
from aiohttp import web
from msgspec import Struct

from bot.case_client import HttpCaseDesk
from bot.channels import terminal
from bot.channels.web.app import routes as web_routes
from bot.channels.web.site import Site, SiteDesk
from bot.channels.wording import Wording
from bot.config import BotSettings, SettingsFaultyError
from bot.conversation.catalog import Catalog, load_catalog
from bot.conversation.form import load_form
from bot.dispatcher.context import Context, Store
from bot.dispatcher.dispatcher import Dispatcher
from bot.dispatcher.naming import DayNames
from bot.dispatcher.opened import OpenInboxes
from bot.dispatcher.rosters import Pins, Rosters
from bot.dispatcher.rounds import Pace, Rounds
from bot.engines import LOOKED_AT, Engines
from bot.health import add_health
from bot.ports.channel import Channel
from bot.ports.desk import CaseDesk
from bot.ports.world import Chance, Clock
from bot.stores.embedded import SqliteSessionStore
from bot.stores.locks import LocalLocks

KEY_BYTES = 32


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class SystemChance:
    """The operating system's random source."""

    def bytes(self, count: int) -> bytes:
        return os.urandom(count)


class Outside(Struct, frozen=True, kw_only=True):
    """What a test may put in place of the real world: time, dice, and a wrapping around the store and the desk."""

    clock: Clock = SystemClock()
    chance: Chance = SystemChance()
    store: Callable[[Store], Store] = lambda store: store
    desk: Callable[[CaseDesk], CaseDesk] = lambda desk: desk
    pace: Pace | None = None
    #: Chats beside those in the settings.
    channels: Mapping[str, Channel] = {}


class Bot(Struct, frozen=True):
    """A running bot: serve `web_app` on a port and `talk_app` on a Unix socket."""

    web_app: web.Application
    talk_app: web.Application
    dispatcher: Dispatcher
    rounds: Rounds
    parts: Callable[[], Mapping[str, bool]]


@asynccontextmanager
async def open_bot(settings: BotSettings, outside: Outside = Outside()) -> AsyncIterator[Bot]:  # noqa: B008 - frozen
    """Run a bot until the block is left. Raises `SettingsFaultyError` with every fault that only the files show."""
    store = SqliteSessionStore(settings.data / "bot.db")
    try:
        async with _http(settings) as (http, base):
            desk = outside.desk(HttpCaseDesk(http, base, _credential(settings)))
            bot = await _assembled(settings, outside, outside.store(store), desk)
            await bot.dispatcher.resume()
            bot.rounds.start()
            try:
                yield bot
            finally:
                await bot.rounds.stop()
                bot.dispatcher.close()
    finally:
        store.close()


async def _assembled(settings: BotSettings, outside: Outside, store: Store, desk: CaseDesk) -> Bot:
    key = _own_key(settings.keys / "bot.key", outside.chance)
    pins = Pins(settings.organ, settings.organ_pins, settings.organ_threshold)
    rosters = Rosters(desk, store, key, pins, outside.clock)
    await rosters.load()
    await rosters.refresh()
    names = DayNames(store, key, outside.clock, outside.chance)
    await names.load()
    catalog = load_catalog()
    context = Context(
        engine=Engines(settings, rosters, load_form(), catalog, outside.channels).current,
        store=store,
        desk=desk,
        locks=LocalLocks(),
        names=names,
        rosters=rosters,
        inboxes=OpenInboxes(outside.clock, outside.chance),
        clock=outside.clock,
        chance=outside.chance,
        key=key,
        organ=settings.organ,
        telling=LOOKED_AT | outside.channels.keys(),
        channels=outside.channels,
    )
    return _faced(settings, outside, context, catalog)


def _faced(settings: BotSettings, outside: Outside, context: Context, catalog: Catalog) -> Bot:
    dispatcher = Dispatcher(context)
    wording = Wording(catalog)
    web_app = web_routes(dispatcher, wording, lambda: _site(settings, context.rosters), outside.chance)

    def parts() -> Mapping[str, bool]:
        return {"roster": context.rosters.current is not None, "roster_in_force": not context.rosters.expired()}

    add_health(web_app, parts)
    talk_app = terminal.routes(dispatcher, wording, outside.chance, settings.max_file_mib)
    pace = outside.pace or Pace(announce_within=settings.announce_within)
    return Bot(web_app, talk_app, dispatcher, Rounds(context, dispatcher, pace), parts)


def _site(settings: BotSettings, rosters: Rosters) -> Site:
    roster = rosters.current
    return Site(
        organ=roster.name if roster else {},
        desks=tuple(SiteDesk(desk.name, desk.kind, desk.contact) for desk in roster.desks) if roster else (),
        official_page=settings.official_page,
        addresses=(settings.shown_url,),
        danger=settings.danger_contact,
        accept_days=settings.accept_days,
        period_days=settings.period_days,
        max_file_mib=settings.max_file_mib,
        secure=settings.shown_url.startswith("https:"),
    )


@asynccontextmanager
async def _http(settings: BotSettings) -> AsyncIterator[tuple[aiohttp.ClientSession, str]]:
    """One pooled connection to the backend, over its Unix socket or its address."""
    path = settings.backend_url.removeprefix("unix:")
    is_socket = path != settings.backend_url
    connector = aiohttp.UnixConnector(path=path) if is_socket else aiohttp.TCPConnector()
    timeout = aiohttp.ClientTimeout(total=60, connect=3)
    # No cookies, no environment proxies: what goes to the case store goes nowhere else.
    async with aiohttp.ClientSession(connector=connector, timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()) as http:
        yield http, "http://backend" if is_socket else settings.backend_url.rstrip("/")


def _credential(settings: BotSettings) -> str:
    try:
        return settings.intake_credential.read_text().strip()
    except OSError as error:
        message = f"MADOGUCHI_INTAKE_CREDENTIAL: the file cannot be read ({type(error).__name__})"
        raise SettingsFaultyError([message]) from error


def _own_key(path: Path, chance: Chance) -> bytes:
    """Read the bot's key, or make it at first start; readable by this user alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = path.read_bytes()
        if len(key) != KEY_BYTES:
            raise SettingsFaultyError([f"MADOGUCHI_KEYS: bot.key must hold {KEY_BYTES} bytes"]) from None
        return key
    with os.fdopen(descriptor, "wb") as file:
        file.write(key := chance.bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    return key
