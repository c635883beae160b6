"""Where things are kept: cases in their database, talks in a file or on Redis. Looks, and brings nothing up to date."""

import os
from pathlib import Path

from backend.bootstrap import ailments, keyless
from backend.config import BackendSettings
from bot.config import BotSettings
from bot.stores.errors import StoreError, StoreUnfitError
from bot.stores.reaching import Reaching
from madoguchi.doctor.findings import Finding, either, fault, ok, warning

#: What the case store says of its database, and how bad it is.
_AILMENTS = {"not made": warning, "not migrated": warning}


async def database(settings: BackendSettings) -> list[Finding]:
    """Look at the database of cases."""
    found = [finding for part, finding in await _ailing(settings) if part == "database"]
    return [*either(found, lambda: ok("doctor.database.well")), *_password_in_address(settings.database_url)]


async def erasure(settings: BackendSettings) -> list[Finding]:
    """Look at the store of erasure keys, and whether every case has one."""
    ailing = await _ailing(settings)
    found = [finding for part, finding in ailing if part == "erasure"]
    if not ailing:
        lost = (await keyless(settings)).items()
        missing = [fault("doctor.erasure.missing", organ=organ, count=count) for organ, count in lost]
        found = either(missing, lambda: ok("doctor.erasure.complete"))
    return [*found, *_password_in_address(settings.erasure_url), ok("doctor.erasure.backups")]


async def _ailing(settings: BackendSettings) -> list[tuple[str, Finding]]:
    said = (await ailments(settings)).items()
    return [
        (part, _AILMENTS.get(ailment, fault)(f"doctor.{part}.{ailment.replace(' ', '_')}")) for part, ailment in said
    ]


def _password_in_address(url: str) -> list[Finding]:
    _, at, _ = url.partition("@")
    is_given = ":" in url.partition("://")[2].partition("@")[0]
    return [warning("doctor.database.password")] if at and is_given else []


async def talks(settings: BotSettings) -> list[Finding]:
    """Look at the place of talks and return addresses."""
    if not settings.store_url:
        return [_folder(settings.data)]
    try:
        connection = await Reaching(settings.store_url, _password(settings.store_password))()
    except StoreUnfitError as unfit:
        return [fault("doctor.talks.unfit", why=unfit)]
    except (StoreError, ValueError) as silence:
        return [fault("doctor.talks.silent", kind=type(silence).__name__)]
    await connection.disconnect(nowait=True)
    return [ok("doctor.talks.on_redis")]


def _password(file: Path | None) -> str:
    # A file that cannot be read is found with the other secrets.
    try:
        return file.read_text().strip() if file else ""
    except OSError:
        return ""


def _folder(data: Path) -> Finding:
    if not data.exists():
        return warning("doctor.talks.no_folder", folder=data)
    if not os.access(data, os.W_OK | os.X_OK):
        return fault("doctor.talks.not_writable", folder=data)
    return (
        fault("doctor.talks.open", folder=data)
        if data.stat().st_mode & 0o077
        else ok("doctor.talks.in_file", folder=data)
    )
