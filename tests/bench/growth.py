"""Whether a token is found as quickly among a million cases as among ten thousand.

The store is asked as the backend asks it, within one process: everything around a look-up, which takes as long whatever
the number of cases, is left out, so that it cannot hide what grows.
"""

import time
from asyncio import to_thread
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date
from functools import partial
from pathlib import Path
from random import SystemRandom
from statistics import median, quantiles

from backend.contract import Inbox, Locate
from backend.ports import CaseStore
from backend.queries import inbox_of_locator
from tests.bench.filling import ORGAN, fill_file, fill_server, locator
from tests.support import postgres
from tests.support.stores import fresh_database, open_store

SMALL, LARGE = 10**4, 10**6
LOOK_UPS, WARM_UP = 3000, 300
#: A day, for what a token opens depends on what is still asked of its reporter then.
TODAY = date(2026, 11, 22)

Figures = dict[str, float]
#: Makes a store with so many cases and gives its address.
Making = Callable[[int], Awaitable[str]]


async def measure(folder: Path) -> Figures:
    """Compare both sizes in a SQLite file, and on PostgreSQL where it is installed."""
    figures = await _compare("sqlite", partial(_file, folder))
    if postgres.missing():
        print(f"  Not on PostgreSQL: {postgres.missing()}.")
        return figures
    with postgres.cluster() as server:
        return figures | await _compare("postgres", partial(_database, server))


async def _compare(name: str, make: Making) -> Figures:
    print(_HEAD.format(name=name, small=SMALL, large=LARGE))
    addresses = [await make(SMALL), await make(LARGE)]
    async with _opened(addresses[0]) as small, _opened(addresses[1]) as large:
        await _look(small, large, WARM_UP)
        few, many = await _look(small, large, LOOK_UPS)
    for count, times in ((SMALL, few), (LARGE, many)):
        middle = median(times) * 1e6
        print(f"  {count:9,} cases: {middle:5.0f} µs in the middle, nine of ten below {_ninth(times):5.0f} µs")
    ratio = round(median(many) / median(few), 3)
    print(f"  ratio {ratio}")
    suffix = "" if name == "sqlite" else f"_{name}"
    return {f"token_growth{suffix}": ratio, f"look_up{suffix}_micros": round(median(many) * 1e6)}


async def _look(small: CaseStore, large: CaseStore, times: int) -> tuple[list[float], list[float]]:
    """Look up random tokens in both, in turns; return the seconds of each."""
    few: list[float] = []
    many: list[float] = []
    for _ in range(times):
        few.append(await _time(small, SMALL))
        many.append(await _time(large, LARGE))
    return few, many


async def _time(store: CaseStore, count: int) -> float:
    sent = Locate(locator=locator(SystemRandom().randrange(count), count))
    began = time.perf_counter()
    found = await store.read(ORGAN, lambda work: inbox_of_locator(work, TODAY, sent))
    took = time.perf_counter() - began
    assert isinstance(found, Inbox), "a case that was put in is not found"
    assert len(found.letters) == 1, "its letter is not found"
    return took


async def _file(folder: Path, count: int) -> str:
    path = folder / f"{count}.db"
    address = f"sqlite:///{path}"
    async with _opened(address):
        """Make the tables."""
    await to_thread(fill_file, path, count)
    return address


async def _database(server: str, count: int) -> str:
    address = await fresh_database(server)
    async with _opened(address):
        """Make the tables."""
    await fill_server(address, count)
    return address


@asynccontextmanager
async def _opened(address: str) -> AsyncIterator[CaseStore]:
    store = await open_store(address)
    try:
        yield store
    finally:
        await store.close()


def _ninth(times: list[float]) -> float:
    return quantiles(times, n=10)[-1] * 1e6


_HEAD = """\
Looking up what a token opens, in turns among {small:,} and {large:,} made-up cases, on {name}, all in memory:"""
