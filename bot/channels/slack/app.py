"""Where Slack comes in: one address, `/hooks/slack`, for forms, buttons, shortcuts, `/report` and what is typed.

Bolt verifies who speaks and how old it is; whatever is not Slack's, or older than five minutes, is refused. The talk is
taken in Bolt's middleware, before anything is acknowledged. Bolt and Slack's library log nothing: their records quote
what people sent.
"""

import html
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import msgspec
import structlog
from aiohttp import web
from msgspec import Struct
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.channels.slack.calls import HttpCalls, SlackFailedError
from bot.channels.slack.happened import sent_by
from bot.channels.slack.payloads import EventCallback, Interaction, SlashCommand
from bot.channels.slack.visits import CHANNEL, NotStoredError, Visits
from bot.channels.wording import Wording
from bot.ports.channel import Channel
from bot.ports.talking import Inlet

PATH = "/hooks/slack"

#: Bytes of one request. A window of 250 KB comes back with what was typed, and every letter may take nine bytes.
_ROOM = 8 * 2**20
_CHUNK = 2**16

_log = structlog.get_logger()


class SlackSettings(Struct, frozen=True):
    """The organ's Slack app: what it speaks with, what it is spoken to with, and where."""

    token: str
    signing_secret: str
    api: str = "https://slack.com/api/"
    max_file_mib: int = 32


class Slack:
    """The channel: mount its `routes`, then `start` it with the inlet. Until then everything is answered 503."""

    name = CHANNEL
    #: Nothing is said here unasked: a window opens for whoever asks for it, and messages are for everyone to export.
    channel: Channel | None = None

    def __init__(self, settings: SlackSettings, http: aiohttp.ClientSession, wording: Wording) -> None:
        self._wording = wording
        self._max_file_mib = settings.max_file_mib
        self._calls = HttpCalls(http, settings.token, settings.api, _silent())
        self._visits: Visits | None = None
        self._bolt = AsyncApp(
            logger=_silent(),
            name=__name__,
            token=settings.token,
            signing_secret=settings.signing_secret,
            # It stands behind the check of the signature and before anything that would ask Slack who we are.
            before_authorize=self._step,
        )
        self._handlers: dict[str, Callable[[Visits, dict[str, Any]], Awaitable[BoltResponse]]] = {
            "view_submission": self._sent,
            "block_actions": self._pressed,
            "shortcut": self._called,
            "event_callback": self._typed,
            "command": self._commanded,
        }

    def routes(self, app: web.Application) -> None:
        """Mount the address that the Slack app is set up with."""
        app.router.add_post(PATH, self._take)

    async def start(self, inlet: Inlet) -> None:
        """Take what comes from now on."""
        self._visits = Visits(inlet, self._calls, self._wording, self._max_file_mib)

    async def stop(self) -> None:
        """Take nothing more, and end what is under way."""
        visits, self._visits = self._visits, None
        if visits is not None:
            await visits.stop()

    async def _take(self, request: web.Request) -> web.Response:
        body = await _read(request)
        if body is None:
            return web.Response(status=413)
        stamp, signature = (request.headers.get(f"X-Slack-{name}", "") for name in ("Request-Timestamp", "Signature"))
        # Bolt's check expects digits and ASCII, and breaks on anything else.
        if not (stamp.isascii() and stamp.isdecimal() and signature.isascii()):
            return web.Response(status=401)
        try:
            asked = AsyncBoltRequest(body=body.decode(), headers=dict(request.headers))
        except Exception as fault:  # noqa: BLE001 - Bolt reads the body before it knows whose it is
            _log.info("unreadable", error=type(fault).__name__)
            return web.Response(status=400)
        return await to_aiohttp_response(await self._bolt.async_dispatch(asked))

    async def _step(self, body: dict[str, Any], next: Callable[[], Awaitable[None]]) -> BoltResponse | None:  # noqa: A002 - Bolt's name
        if body.get("type") == "url_verification":
            await next()
            return None
        handle = self._handlers.get("command" if "command" in body else str(body.get("type")))
        if handle is None:
            return BoltResponse(status=200)
        if self._visits is None:
            return BoltResponse(status=503)
        try:
            return await handle(self._visits, body)
        except NotStoredError:
            return BoltResponse(status=503)
        except msgspec.ValidationError:
            _log.warning("unreadable", error="shape")
            return BoltResponse(status=400)

    async def _sent(self, visits: Visits, body: dict[str, Any]) -> BoltResponse:
        asked = msgspec.convert(body, Interaction)
        if asked.view is None:
            return BoltResponse(status=400)
        view = await visits.send(_address(asked), asked.view.id, sent_by(asked, asked.view))
        return BoltResponse(status=200, body={"response_action": "update", "view": view})

    async def _pressed(self, visits: Visits, body: dict[str, Any]) -> BoltResponse:
        asked = msgspec.convert(body, Interaction)
        if asked.view is not None:
            await visits.press(_address(asked), asked.view.id, sent_by(asked, asked.view))
        return BoltResponse(status=200)

    async def _called(self, visits: Visits, body: dict[str, Any]) -> BoltResponse:
        asked = msgspec.convert(body, Interaction)
        return await self._opened(visits, _address(asked), asked.trigger_id)

    async def _commanded(self, visits: Visits, body: dict[str, Any]) -> BoltResponse:
        asked = msgspec.convert(body, SlashCommand)
        # Slack escapes three characters here, and nowhere else.
        words = html.unescape(asked.text)
        return await self._opened(visits, f"{asked.team_id}:{asked.user_id}", asked.trigger_id, words)

    async def _opened(self, visits: Visits, address: str, trigger: str, first_words: str = "") -> BoltResponse:
        try:
            await visits.open(address, trigger, first_words)
        except SlackFailedError as fault:
            _log.warning("window_not_opened", error=fault.kind)
            words = {"response_type": "ephemeral", "text": self._wording.label("", "slack.busy")}
            return BoltResponse(status=200, body=words)
        return BoltResponse(status=200)

    async def _typed(self, visits: Visits, body: dict[str, Any]) -> BoltResponse:
        message = msgspec.convert(body, EventCallback).event
        if message.type in ("message", "app_mention"):
            visits.point_to_form(message)
        return BoltResponse(status=200)


def open_slack(settings: SlackSettings, http: aiohttp.ClientSession, wording: Wording) -> Slack:
    """Prepare the channel; `http` is used for all calls to Slack and belongs to the caller."""
    return Slack(settings, http, wording)


def _address(asked: Interaction) -> str:
    """Name the talk: an account belongs to a workspace. It goes to the inlet and nowhere else."""
    team = asked.user.team_id or (asked.team.id if asked.team else "")
    return f"{team}:{asked.user.id}"


async def _read(request: web.Request) -> bytes | None:
    body = bytearray()
    async for chunk in request.content.iter_chunked(_CHUNK):
        body += chunk
        if len(body) > _ROOM:
            return None
    return bytes(body)


def _silent() -> logging.Logger:
    logger = logging.getLogger("bot.slack.silent")
    logger.disabled = True
    # Bolt composes some records before it asks whether anybody wants them.
    logger.setLevel(logging.CRITICAL)
    return logger
