"""`madoguchi run|bot|backend|scheduler`: starting the two sides, together or apart, and stopping them in order.

Together they are one process and still speak over HTTP, through a Unix socket: neither side opens the other's store.
The case store starts first and stops last, so that what the chat has promised can still be handed over.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path

import uvloop

from backend.bootstrap import open_backend, open_scheduler
from backend.config import BackendSettings
from backend.config import read_settings as read_backend_settings
from backend.domain.batches import StaffBatch
from bot.bootstrap import open_bot
from bot.config import BotSettings
from bot.config import read_settings as read_bot_settings
from bot.logs import set_up_logs
from madoguchi import private_files
from madoguchi.faults import plainly
from madoguchi.organ.demo import make_demo, publish_demo
from madoguchi.serving import data_folder, heed_signals, on_port, on_socket, served, silent_runner, until
from madoguchi.telling import Teller
from madoguchi.trying import show_ways_in
from madoguchi.words import NotDoneError

_Service = Callable[[Teller, asyncio.Event], Coroutine[None, None, None]]

_CREDENTIALS = "MADOGUCHI_CREDENTIALS_FILE"

#: Seconds: whoever tries the demo wants to see an answer announced, and nobody's timing is at stake.
_DEMO_ANNOUNCES_WITHIN = 5.0


def run(*, demo: bool, language: str = "") -> None:
    """Run both sides in one process until a signal comes. Raises `typer.Exit` with status 1 when they cannot start."""
    _start(_run_demo if demo else _run, language)


def run_bot(*, language: str = "") -> None:
    """Run the chat alone, likewise."""
    _start(_run_bot, language)


def run_backend(*, language: str = "") -> None:
    """Run the case store alone, likewise."""
    _start(_run_backend, language)


def run_scheduler(*, language: str = "") -> None:
    """Run what the clock sets off, alone, likewise."""
    _start(_run_scheduler, language)


async def _run(teller: Teller, stopped: asyncio.Event) -> None:
    bot = _with_organ(read_bot_settings())
    bot = bot.model_copy(update={"backend_url": f"unix:{_store_socket(bot)}"})
    backend = read_backend_settings().model_copy(update={"backend_socket": _store_socket(bot)})
    async with _serving_backend(backend) as store_port, _serving_bot(bot) as port:
        _say_where(teller, f"http://{bot.host}:{port}/", f"http://{backend.backend_host}:{store_port}/api/v1/")
        await until(stopped)


async def _run_demo(teller: Teller, stopped: asyncio.Event) -> None:
    plain = read_bot_settings()
    store = f"unix:{_store_socket(plain)}"
    # The case store's settings cannot be read before the file they name is there.
    credentials = Path(os.environ.setdefault(_CREDENTIALS, str(plain.keys / "backend/credentials.json")))
    demo, card = make_demo(plain.keys, store, credentials)
    ours = {
        "organ": card.organ,
        "organ_pins": card.pins,
        "organ_threshold": card.threshold,
        "intake_credential": demo.places.intake,
        "backend_url": store,
    }
    if "announce_within" not in plain.model_fields_set:
        ours["announce_within"] = _DEMO_ANNOUNCES_WITHIN
    bot = plain.model_copy(update=ours)
    backend = _shown_at_once(read_backend_settings()).model_copy(update={"backend_socket": _store_socket(plain)})
    async with _serving_backend(backend) as store_port:
        await publish_demo(demo, card, store)
        async with _serving_bot(bot) as port:
            _say_where(teller, f"http://{bot.host}:{port}/", f"http://{backend.backend_host}:{store_port}/api/v1/")
            show_ways_in(teller, demo, bot.data / "talk.sock")
            await until(stopped)


async def _run_bot(teller: Teller, stopped: asyncio.Event) -> None:
    settings = _with_organ(read_bot_settings())
    async with _serving_bot(settings) as port:
        teller.say("run.chat", "good", url=f"http://{settings.host}:{port}/")
        await until(stopped)


async def _run_backend(teller: Teller, stopped: asyncio.Event) -> None:
    settings = read_backend_settings()
    # Where a bot on the same machine looks for it, unless told otherwise.
    here = settings.backend_socket or data_folder() / "backend.sock"
    async with _serving_backend(settings.model_copy(update={"backend_socket": here})) as port:
        teller.say("run.store", "good", url=f"http://{settings.backend_host}:{port}/api/v1/")
        await until(stopped)


async def _run_scheduler(teller: Teller, stopped: asyncio.Event) -> None:
    settings = read_backend_settings()
    # A file has one process, and that one has a clock of its own.
    if settings.database_url.startswith("sqlite"):
        raise NotDoneError("run.no_server")
    async with open_scheduler(settings):
        teller.say("run.scheduler", "good")
        await until(stopped)


def _shown_at_once(settings: BackendSettings) -> BackendSettings:
    """Let the demo's staff see at once what was written, unless the environment says otherwise: nobody is at stake."""
    if "staff_batch" in settings.model_fields_set:
        return settings
    return settings.model_copy(update={"staff_batch": StaffBatch.ONCE})


@asynccontextmanager
async def _serving_backend(settings: BackendSettings) -> AsyncIterator[int]:
    """Serve the case store until the block is left; yield its port."""
    async with open_backend(settings) as backend, served(backend.runner()) as runner:
        port = await on_port(runner, settings.backend_host, settings.backend_port, "MADOGUCHI_BACKEND_PORT")
        if settings.backend_socket is not None:
            await on_socket(runner, settings.backend_socket)
        yield port


@asynccontextmanager
async def _serving_bot(settings: BotSettings) -> AsyncIterator[int]:
    """Serve the chat until the block is left; yield the port of its pages."""
    private_files.private_folder(settings.data)
    async with (
        open_bot(settings) as bot,
        served(silent_runner(bot.web_app)) as web,
        served(silent_runner(bot.talk_app)) as talk,
    ):
        port = await on_port(web, settings.host, settings.port, "MADOGUCHI_PORT")
        await on_socket(talk, settings.data / "talk.sock")
        yield port


def _start(service: _Service, language: str) -> None:
    teller = Teller(language)
    set_up_logs()

    async def heeding() -> None:
        await service(teller, heed_signals())

    with plainly(teller):
        uvloop.run(heeding())


def _say_where(teller: Teller, chat: str, store: str) -> None:
    teller.say("run.chat", "good", url=chat)
    teller.say("run.store", "good", url=store)


def _with_organ(settings: BotSettings) -> BotSettings:
    # Without a pinned key no roster is ever believed, and no report could be sealed to anyone.
    if not settings.organ_pins:
        raise NotDoneError("run.no_organ")
    return settings


def _store_socket(settings: BotSettings) -> Path:
    return settings.data / "backend.sock"
