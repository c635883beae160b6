"""Puts the bot together: the only file that names concrete classes, and where the system's clock and dice come in.

Refuses to start with settings that contradict each other. The bot's own key is made at first start and never leaves
its file.
"""

import os
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import Protocol

import aiohttp
from aiohttp import web
from msgspec import Struct

from bot.case_client import HttpCaseDesk
from bot.channels import terminal
from bot.channels.slack.app import SlackSettings, open_slack
from bot.channels.telegram.app import TelegramSettings, open_telegram
from bot.channels.web.app import routes as web_routes
from bot.channels.web.public.board import Board
from bot.channels.web.site import Site, SiteDesk
from bot.channels.wording import Wording
from bot.config import BotSettings
from bot.conversation.catalog import Catalog, load_catalog
from bot.conversation.forms import load_forms
from bot.conversation.organ import OrganCard
from bot.dispatcher.checkpoints import Checkpoints, Signer
from bot.dispatcher.context import Context, Store
from bot.dispatcher.dispatcher import Dispatcher
from bot.dispatcher.naming import DayNames
from bot.dispatcher.opened import OpenInboxes
from bot.dispatcher.rosters import Pins, Rosters
from bot.dispatcher.rounds import Pace, Rounds
from bot.engines import LOOKED_AT, Engines
from bot.health import add_health, add_signer
from bot.keeping import keeping
from bot.ports.channel import Channel
from bot.ports.checkpoints import CheckpointDesk
from bot.ports.desk import CaseDesk
from bot.ports.scrubbing import Scrubber
from bot.ports.self_check import SelfCheck
from bot.ports.storing import Locks
from bot.ports.talking import Inlet
from bot.ports.world import Chance, Clock
from bot.screening.scrubber import ScreeningScrubber
from bot.screening.self_check.checker import SudachiSelfCheck
from bot.secret_files import own_key, read_secret


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class SystemChance:
    """The operating system's random source."""

    def bytes(self, count: int) -> bytes:
        return os.urandom(count)


class Outside(Struct, frozen=True, kw_only=True):
    """What a test may put in place of the real world: time, dice, and a wrapping around store, desk and scrubber."""

    clock: Clock = SystemClock()
    chance: Chance = SystemChance()
    store: Callable[[Store], Store] = lambda store: store
    desk: Callable[[CaseDesk], CaseDesk] = lambda desk: desk
    scrubber: Callable[[Scrubber], Scrubber] = lambda scrubber: scrubber
    self_check: Callable[[SelfCheck], SelfCheck] = lambda self_check: self_check
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
    #: No, where somebody must look although people can be served.
    alarms: Callable[[], Mapping[str, bool]]


class Messenger(Protocol):
    """A messenger that the settings switch on: mounted, then started, then stopped."""

    name: str
    #: The way out, where the bot can speak there unasked.
    channel: Channel | None

    def routes(self, app: web.Application) -> None:
        """Mount the addresses that the service calls."""

    async def start(self, inlet: Inlet) -> None:
        """Take what comes from now on."""

    async def stop(self) -> None:
        """Take nothing more, and end what is under way."""


class _Parts(Struct, frozen=True, kw_only=True):
    """What was opened and must be closed again."""

    key: bytes
    store: Store
    locks: Locks
    desk: CaseDesk
    checkpoint_desk: CheckpointDesk
    signer: Signer
    scrubber: Scrubber
    self_check: SelfCheck
    catalog: Catalog
    channels: Mapping[str, Channel]


class _Faces(Struct, frozen=True):
    """What people see the bot by."""

    wording: Wording
    engines: Engines
    store_is_up: Callable[[], bool]
    board: Board


@asynccontextmanager
async def open_bot(settings: BotSettings, outside: Outside = Outside()) -> AsyncIterator[Bot]:  # noqa: B008 - frozen
    """Run a bot until the block is left. Raises `SettingsFaultyError` with every fault that only the files show."""
    async with AsyncExitStack() as opened:
        key = own_key(settings.keys / "bot.key", outside.chance)
        signer = Signer(settings.organ, own_key(settings.keys / "checkpoint.key", outside.chance), key)
        kept = await opened.enter_async_context(keeping(settings, key, outside.chance))
        scrubber = ScreeningScrubber()
        opened.push_async_callback(scrubber.close)
        self_check = SudachiSelfCheck()
        opened.callback(self_check.close)
        catalog = load_catalog()
        wording = Wording(catalog)
        messengers = _messengers(settings, await opened.enter_async_context(_http()), wording)
        desk = await opened.enter_async_context(_case_desk(settings))
        parts = _Parts(
            key=key,
            store=outside.store(kept.store),
            locks=kept.locks,
            desk=outside.desk(desk),
            checkpoint_desk=desk,
            signer=signer,
            scrubber=outside.scrubber(scrubber),
            self_check=outside.self_check(self_check),
            catalog=catalog,
            channels={**outside.channels, **{each.name: each.channel for each in messengers if each.channel}},
        )
        context, engines = await _assembled(settings, outside, parts, wording)
        bot = _faced(settings, outside, context, _Faces(wording, engines, kept.is_up, Board(desk, outside.clock)))
        for each in messengers:
            each.routes(bot.web_app)
        await bot.dispatcher.resume()
        bot.rounds.start()
        opened.push_async_callback(_stop, bot, messengers)
        for each in messengers:
            await each.start(bot.dispatcher)
        yield bot


async def _stop(bot: Bot, messengers: Sequence[Messenger]) -> None:
    for each in messengers:
        await each.stop()
    await bot.rounds.stop()
    bot.dispatcher.close()


def _messengers(settings: BotSettings, http: aiohttp.ClientSession, wording: Wording) -> tuple[Messenger, ...]:
    """Prepare those whose token is named in the settings."""
    found: list[Messenger] = []
    if settings.telegram_token is not None:
        secret = settings.telegram_secret
        telegram = TelegramSettings(
            token=read_secret(settings.telegram_token, "MADOGUCHI_TELEGRAM_TOKEN"),
            secret=read_secret(secret, "MADOGUCHI_TELEGRAM_SECRET") if secret else "",
            public_url=settings.shown_url,
            api=settings.telegram_api,
            organ=settings.organ,
            max_file_mib=settings.max_file_mib,
        )
        found.append(open_telegram(telegram, http, wording))
    if settings.slack_token is not None:
        slack = SlackSettings(
            token=read_secret(settings.slack_token, "MADOGUCHI_SLACK_TOKEN"),
            signing_secret=read_secret(settings.slack_signing_secret, "MADOGUCHI_SLACK_SIGNING_SECRET"),
            api=settings.slack_api,
            max_file_mib=settings.max_file_mib,
        )
        found.append(open_slack(slack, http, wording))
    return tuple(found)


async def _assembled(
    settings: BotSettings, outside: Outside, parts: _Parts, wording: Wording
) -> tuple[Context, Engines]:
    pins = Pins(settings.organ, settings.organ_pins, settings.organ_threshold)
    rosters = Rosters(parts.desk, parts.store, parts.key, pins, outside.clock)
    await rosters.load()
    await rosters.refresh()
    names = DayNames(parts.store, parts.key, outside.clock, outside.chance)
    await names.load()
    engines = Engines(settings, rosters, load_forms(), parts.catalog, parts.channels, outside.clock, wording.speak)
    context = Context(
        engine=engines.current,
        store=parts.store,
        desk=parts.desk,
        locks=parts.locks,
        names=names,
        rosters=rosters,
        checkpoints=Checkpoints(parts.checkpoint_desk, parts.store, parts.signer, outside.clock),
        inboxes=OpenInboxes(outside.clock, outside.chance),
        clock=outside.clock,
        chance=outside.chance,
        key=parts.key,
        organ=settings.organ,
        draft_hours=settings.draft_hours,
        telling=LOOKED_AT | parts.channels.keys(),
        channels=parts.channels,
        scrubber=parts.scrubber,
        self_check=parts.self_check,
    )
    return context, engines


def _faced(settings: BotSettings, outside: Outside, context: Context, faces: _Faces) -> Bot:
    dispatcher = Dispatcher(context)

    def site() -> Site:
        return _site(settings, context.rosters, faces.engines.organ())

    web_app = web_routes(dispatcher, faces.wording, site, outside.chance, faces.board)

    def parts() -> Mapping[str, bool]:
        return {
            "store": faces.store_is_up(),
            "roster": context.rosters.current is not None,
            "roster_in_force": not context.rosters.expired(),
        }

    def alarms() -> Mapping[str, bool]:
        return {
            "log": context.checkpoints.is_well,
            "talk": faces.engines.is_well,
            "self_check": context.self_check.is_well,
        }

    add_health(web_app, parts, alarms)
    add_signer(web_app, context.checkpoints.public)
    talk_app = terminal.routes(dispatcher, faces.wording, outside.chance, settings.max_file_mib)
    pace = outside.pace or Pace(announce_within=settings.announce_within)
    return Bot(web_app, talk_app, dispatcher, Rounds(context, dispatcher, pace), parts, alarms)


def _site(settings: BotSettings, rosters: Rosters, organ: OrganCard) -> Site:
    roster = rosters.current
    return Site(
        organ=roster.name if roster else {},
        desks=tuple(SiteDesk(desk.name, desk.kind, desk.contact) for desk in roster.desks) if roster else (),
        official_page=settings.official_page,
        addresses=(settings.shown_url,),
        safer=roster.safer if roster else {},
        danger=settings.danger_contact,
        promises=organ.promises,
        rules=organ.rules,
        draft_hours=settings.draft_hours,
        max_file_mib=settings.max_file_mib,
        secure=settings.shown_url.startswith("https:"),
    )


@asynccontextmanager
async def _case_desk(settings: BotSettings) -> AsyncIterator[HttpCaseDesk]:
    """One pooled connection to the backend, over its Unix socket or its address."""
    path = settings.backend_url.removeprefix("unix:")
    is_socket = path != settings.backend_url
    base = "http://backend" if is_socket else settings.backend_url.rstrip("/")
    credential = read_secret(settings.intake_credential, "MADOGUCHI_INTAKE_CREDENTIAL")
    async with _http(aiohttp.UnixConnector(path=path) if is_socket else None) as http:
        yield HttpCaseDesk(http, base, credential)


def _http(connector: aiohttp.BaseConnector | None = None) -> aiohttp.ClientSession:
    # No cookies, no environment proxies: what goes to one place goes nowhere else.
    timeout = aiohttp.ClientTimeout(total=60, connect=3)
    return aiohttp.ClientSession(connector=connector, timeout=timeout, cookie_jar=aiohttp.DummyCookieJar())
