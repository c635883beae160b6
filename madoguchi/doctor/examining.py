"""What a doctor looks at on each side: one row a check. Where settings make no sense, that is all that is said."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import Any, Literal, NamedTuple

from backend.config import BackendSettings
from backend.config import SettingsFaultyError as BackendSettingsFaultyError
from backend.config import read_settings as read_backend_settings
from bot.config import BotSettings
from bot.config import SettingsFaultyError as BotSettingsFaultyError
from bot.config import read_settings as read_bot_settings
from madoguchi.doctor import machine
from madoguchi.doctor.case_store import reached
from madoguchi.doctor.chats import chats
from madoguchi.doctor.files import backend_files, bot_files
from madoguchi.doctor.findings import Finding, fault, ok
from madoguchi.doctor.organ import pinned
from madoguchi.doctor.places import database, erasure, talks

Side = Literal["bot", "backend"]
_Found = list[Finding] | Awaitable[list[Finding]]


class Check(NamedTuple):
    """One thing to look at."""

    name: str
    looks: Callable[[Any], _Found]


#: In the order in which things are needed: what is mended first may mend what stands below it.
CHECKS: dict[Side, tuple[Check, ...]] = {
    "backend": (
        Check("credentials", backend_files),
        Check("database", database),
        Check("erasure", erasure),
    ),
    "bot": (
        Check("files", bot_files),
        Check("organ", pinned),
        Check("talks", talks),
        Check("store", reached),
        Check("address", machine.address),
        Check("proxy", machine.proxy),
        Check("chats", chats),
        Check("screening", machine.screening),
    ),
}


class Looked(NamedTuple):
    """A finding and the check that made it."""

    side: str
    check: str
    finding: Finding


async def examine_all(sides: tuple[Side, ...]) -> list[Looked]:
    """Look at everything on these sides."""
    found = [Looked("machine", "memory", finding) for finding in machine.memory()]
    for side in sides:
        settings, findings = _settings(side)
        found += [Looked(side, "settings", finding) for finding in findings]
        if settings is not None:
            groups = await asyncio.gather(*(_looked(side, check, settings) for check in CHECKS[side]))
            found += [looked for group in groups for looked in group]
    return found


async def _looked(side: Side, check: Check, settings: BotSettings | BackendSettings) -> list[Looked]:
    found = check.looks(settings)
    findings = await found if inspect.isawaitable(found) else found
    return [Looked(side, check.name, finding) for finding in findings]


def _settings(side: Side) -> tuple[BotSettings | BackendSettings | None, list[Finding]]:
    try:
        settings = read_bot_settings() if side == "bot" else read_backend_settings()
    except (BotSettingsFaultyError, BackendSettingsFaultyError) as faulty:
        return None, [fault("doctor.settings.faulty", fault=each) for each in faulty.faults]
    return settings, [ok("doctor.settings.fine")]
