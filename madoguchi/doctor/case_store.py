"""The case store as the bot reaches it: that it answers, is well, speaks our version, knows us, and keeps our time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp
import msgspec

from backend.contract import API_VERSION, RosterDocument
from bot.config import BotSettings
from madoguchi.doctor.findings import Finding, fault, ok, warning
from madoguchi.doctor.organ import in_force

#: The bot waits as long for a connection.
_PATIENCE = aiohttp.ClientTimeout(total=10, connect=3)
#: What signed messages of chat services and due dates bear with, and what is more than drift.
_DRIFT, _WRONG = timedelta(seconds=30), timedelta(minutes=5)
_UNKNOWN, _FORBIDDEN, _NOTHING, _WELL = 401, 403, 404, 200


async def reached(settings: BotSettings) -> list[Finding]:
    """Ask the case store what the bot would ask it at start."""
    try:
        credential = settings.intake_credential.read_text().strip()
        async with _connected(settings) as (http, root):
            health = await http.get(f"{root}/healthz", allow_redirects=False)
            described = await http.get(f"{root}/api/v{API_VERSION}/openapi.json", allow_redirects=False)
            ours = {"Authorization": f"Bearer {credential}"}
            roster = await http.get(f"{root}/api/v{API_VERSION}/roster", headers=ours, allow_redirects=False)
            return [
                _health(health.status, await health.read()),
                _version(described.status),
                _clock(health.headers.get("Date", "")),
                *_known(roster.status, await roster.read(), settings),
            ]
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as silence:
        return [fault("doctor.store.silent", kind=type(silence).__name__)]


@asynccontextmanager
async def _connected(settings: BotSettings) -> AsyncIterator[tuple[aiohttp.ClientSession, str]]:
    socket = settings.backend_url.removeprefix("unix:")
    is_socket = socket != settings.backend_url
    connector = aiohttp.UnixConnector(socket) if is_socket else aiohttp.TCPConnector()
    async with aiohttp.ClientSession(connector=connector, timeout=_PATIENCE) as http:
        yield http, "http://backend" if is_socket else settings.backend_url.rstrip("/")


def _health(status: int, body: bytes) -> Finding:
    if status == _WELL:
        return ok("doctor.store.well")
    try:
        parts = msgspec.json.decode(body, type=dict[str, object]).get("parts", {})
    except msgspec.DecodeError:
        return fault("doctor.store.foreign")
    return fault("doctor.store.unwell", parts=", ".join(map(str, parts.values())) if isinstance(parts, dict) else "")


def _version(status: int) -> Finding:
    return ok("doctor.store.version", version=API_VERSION) if status == _WELL else fault("doctor.store.other_version")


def _clock(date: str) -> Finding:
    try:
        there = parsedate_to_datetime(date)
    except ValueError:
        return warning("doctor.store.no_clock")
    apart = abs(datetime.now(UTC) - there)
    finding = fault if apart > _WRONG else warning if apart > _DRIFT else ok
    return finding("doctor.store.clock", seconds=int(apart.total_seconds()))


def _known(status: int, body: bytes, settings: BotSettings) -> list[Finding]:
    if status in (_UNKNOWN, _FORBIDDEN):
        return [fault("doctor.store.not_known", file=settings.intake_credential)]
    if status == _NOTHING:
        return [ok("doctor.store.known"), fault("doctor.organ.none_published")]
    if status != _WELL:
        return []
    document = msgspec.json.decode(body, type=RosterDocument).document
    return [ok("doctor.store.known"), *in_force(document, settings, datetime.now(UTC).date())]
