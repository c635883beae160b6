"""The chat services that are switched on: that they answer, and know our token. The token itself is never printed."""

from pathlib import Path

import aiohttp
import msgspec

from bot.config import BotSettings
from madoguchi.doctor.findings import Finding, fault, ok

_PATIENCE = aiohttp.ClientTimeout(total=10, connect=5)


async def chats(settings: BotSettings) -> list[Finding]:
    """Ask each service who we are."""
    found = []
    if settings.telegram_token is not None:
        found.append(await _telegram(settings, settings.telegram_token))
    if settings.slack_token is not None:
        found.append(await _slack(settings, settings.slack_token))
    return found


async def _telegram(settings: BotSettings, file: Path) -> Finding:
    token = _token(file)
    if token is None:
        return fault("doctor.chats.no_token", service="Telegram", file=file)
    return await _asked("Telegram", f"{settings.telegram_api.rstrip('/')}/bot{token}/getMe", {})


async def _slack(settings: BotSettings, file: Path) -> Finding:
    token = _token(file)
    if token is None:
        return fault("doctor.chats.no_token", service="Slack", file=file)
    return await _asked("Slack", f"{settings.slack_api.rstrip('/')}/auth.test", {"Authorization": f"Bearer {token}"})


async def _asked(service: str, url: str, headers: dict[str, str]) -> Finding:
    # No exception is ever shown: its words would hold the address, and with it Telegram's token.
    try:
        async with aiohttp.ClientSession(timeout=_PATIENCE) as http, http.post(url, headers=headers) as answer:
            said = msgspec.json.decode(await answer.read(), type=dict[str, object])
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError, msgspec.DecodeError):
        return fault("doctor.chats.silent", service=service)
    return (
        ok("doctor.chats.known", service=service)
        if said.get("ok") is True
        else fault("doctor.chats.refused", service=service)
    )


def _token(file: Path) -> str | None:
    try:
        return file.read_text().strip() or None
    except (OSError, UnicodeDecodeError):
        return None
