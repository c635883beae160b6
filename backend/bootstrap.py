"""Puts the case store together: the only file that names concrete classes, the system's clock and its dice."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from aiohttp import web

from backend.config import BackendSettings, read_credentials
from backend.logs import make_log
from backend.ports import CaseStore, Chance, Clock
from backend.scheduler import keep_sweeping
from backend.storage.embedded import SqliteCaseStore
from backend.storage.scaled import PostgresCaseStore
from backend.web.app import make_app
from backend.web.routes import Services
from backend.web.tally import Tally

#: aiohttp's own log names the address of whoever sent something unreadable; ours says what needs saying.
_SILENT: Final = logging.getLogger("madoguchi.unheard")
_SILENT.disabled = True


class SystemClock:
    """`ports.Clock` of this machine."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.now(UTC)


class SystemChance:
    """`ports.Chance` of this machine."""

    def bytes(self, count: int) -> bytes:
        """Bytes from the operating system."""
        return secrets.token_bytes(count)


class Backend:
    """A case store that works: `app` is ready to be served."""

    def __init__(self, app: web.Application, store: CaseStore, sweeping: "asyncio.Task[None]") -> None:
        """Take what `build` has put together."""
        self.app: Final = app
        self._store: Final = store
        self._sweeping: Final = sweeping

    def runner(self) -> web.AppRunner:
        """Serve the application as it must be served: no access log, and no server log with addresses in it."""
        return web.AppRunner(self.app, access_log=None, logger=_SILENT)

    async def close(self) -> None:
        """Finish what was begun and let go of the store. Stop serving first."""
        self._sweeping.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._sweeping
        await self._store.close()


async def build(settings: BackendSettings, clock: Clock | None = None, chance: Chance | None = None) -> Backend:
    """Put a case store together, its tables up to date, and begin to sweep.

    Raises `SettingsFaultyError` if there are no usable credentials, `StoreUnavailableError` if the database is away.
    """
    credentials = read_credentials(settings.credentials_file)
    store = await _open_store(settings.database_url)
    services = Services(
        store=store,
        clock=clock or SystemClock(),
        chance=chance or SystemChance(),
        tally=Tally(),
        log=make_log(),
        time_zone=ZoneInfo(settings.time_zone),
        decide_within_days=settings.decide_within_days,
        max_file_bytes=settings.max_file_bytes,
    )
    organs = sorted({credential.caller.organ for credential in credentials})
    sweeping = asyncio.create_task(keep_sweeping(store, organs, services.circumstances, services.log))
    return Backend(make_app(services, credentials), store, sweeping)


@contextlib.asynccontextmanager
async def open_backend(
    settings: BackendSettings, clock: Clock | None = None, chance: Chance | None = None
) -> AsyncIterator[Backend]:
    """`build` and, in the end, `close`."""
    backend = await build(settings, clock, chance)
    try:
        yield backend
    finally:
        await backend.close()


async def _open_store(database_url: str) -> CaseStore:
    if database_url.startswith("sqlite"):
        return await SqliteCaseStore.open(database_url)
    return await PostgresCaseStore.open(database_url)
