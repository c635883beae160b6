"""Puts the case store together: the only file that names concrete classes, the system's clock and its dice."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from aiohttp import web

from backend.config import BackendSettings, Credential, Place, read_credentials
from backend.logs import make_log
from backend.ports import CaseStore, Chance, Clock
from backend.reconciling import keyless_of
from backend.scheduler import Schedule, keep_rounds, strike
from backend.storage.embedded import SqliteCaseStore
from backend.storage.erasure_places import examine_erasure, open_erasure
from backend.storage.examining import examine, onlooking
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

    def __init__(self, services: Services, app: web.Application, duties: contextlib.AsyncExitStack) -> None:
        """Take what `build` has put together."""
        self.app: Final = app
        self._schedule: Final = _schedule(services)
        self._store: Final = services.store
        self._duties: Final = duties

    def runner(self) -> web.AppRunner:
        """Serve the application as it must be served: no access log, and no server log with addresses in it."""
        return web.AppRunner(self.app, access_log=None, logger=_SILENT)

    async def strike(self) -> None:
        """Do now all that is done by the clock, whatever the hour: for a play that moves a clock of its own."""
        await strike(self._store, self._schedule)

    async def close(self) -> None:
        """Finish what was begun and let go of the store. Stop serving first."""
        await self._duties.aclose()
        await self._store.close()


def _as_it_is(store: CaseStore) -> CaseStore:
    return store


async def build(
    settings: BackendSettings,
    clock: Clock | None = None,
    chance: Chance | None = None,
    around: Callable[[CaseStore], CaseStore] = _as_it_is,
) -> Backend:
    """Put a case store together, its tables up to date, and begin its duties unless they are done apart.

    `around` may stand between the commands and what keeps the cases.

    Raises `SettingsFaultyError` if there are no usable credentials, `StoreUnavailableError` if the database is away.
    """
    credentials = read_credentials(settings.credentials_file)
    services = await _services(settings, credentials, clock, chance, around)
    duties = contextlib.AsyncExitStack()
    if settings.scheduler is Place.INSIDE:
        await duties.enter_async_context(_duties(services))
    return Backend(services, make_app(services, credentials), duties)


@contextlib.asynccontextmanager
async def open_backend(
    settings: BackendSettings,
    clock: Clock | None = None,
    chance: Chance | None = None,
    around: Callable[[CaseStore], CaseStore] = _as_it_is,
) -> AsyncIterator[Backend]:
    """`build` and, in the end, `close`."""
    backend = await build(settings, clock, chance, around)
    try:
        yield backend
    finally:
        await backend.close()


@contextlib.asynccontextmanager
async def open_scheduler(settings: BackendSettings, clock: Clock | None = None) -> AsyncIterator[None]:
    """Do the duties of the case stores on this database until the block is left; serves nothing.

    Raises as `build` does. Several at once do no harm.
    """
    services = await _services(settings, read_credentials(settings.credentials_file), clock, None)
    try:
        async with _duties(services):
            yield
    finally:
        await services.store.close()


async def ailments(settings: BackendSettings) -> Mapping[str, str]:
    """What keeps databases from working, by part, looked at from outside; changes nothing. Never raises."""
    return {**await examine(settings.database_url), **await examine_erasure(settings.erasure_url)}


async def keyless(settings: BackendSettings) -> Mapping[str, int]:
    """How many cases of each organ have lost their erasure key, if any have; changes nothing.

    Raises `StoreUnavailableError` where `ailments` would find something.
    """
    organs = {credential.caller.organ for credential in read_credentials(settings.credentials_file)}
    async with onlooking(settings.database_url, settings.erasure_url, SystemChance()) as onlooker:
        counted = {organ: await keyless_of(onlooker, organ) for organ in sorted(organs)}
    return {organ: count for organ, count in counted.items() if count}


async def _services(
    settings: BackendSettings,
    credentials: Sequence[Credential],
    clock: Clock | None,
    chance: Chance | None,
    around: Callable[[CaseStore], CaseStore] = _as_it_is,
) -> Services:
    return Services(
        store=around(await _open_store(settings)),
        clock=clock or SystemClock(),
        chance=chance or SystemChance(),
        tally=Tally(),
        log=make_log(),
        time_zone=ZoneInfo(settings.time_zone),
        max_file_bytes=settings.max_file_bytes,
        staff_batch=settings.staff_batch,
        organs=tuple(sorted({credential.caller.organ for credential in credentials})),
    )


def _schedule(services: Services) -> Schedule:
    return Schedule(services.organs, services.circumstances, services.log)


@contextlib.asynccontextmanager
async def _duties(services: Services) -> AsyncIterator[None]:
    schedule = _schedule(services)
    task = asyncio.create_task(keep_rounds(services.store, schedule))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _open_store(settings: BackendSettings) -> CaseStore:
    # Keys can never be told beforehand, whatever dice the rest is given.
    keys = await open_erasure(settings.erasure_url, SystemChance())
    if settings.database_url.startswith("sqlite"):
        return await SqliteCaseStore.open(settings.database_url, keys)
    return await PostgresCaseStore.open(settings.database_url, keys)
