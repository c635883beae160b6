"""Case stores on databases of a test's own: a SQLite file or a PostgreSQL database made for it."""

import itertools
from pathlib import Path

import asyncpg
from sqlalchemy import make_url

from backend.bootstrap import SystemChance
from backend.ports import CaseStore
from backend.storage.embedded import SqliteCaseStore
from backend.storage.erasure_places import open_erasure
from backend.storage.scaled import PostgresCaseStore

_NUMBERS = itertools.count()


def fresh_file(folder: Path) -> str:
    """The address of a SQLite file that does not exist yet."""
    return f"sqlite:///{folder}/cases.db"


async def fresh_database(server: str) -> str:
    """The address of an empty database on a server that `postgres.cluster` has started."""
    name = f"cases_{next(_NUMBERS)}"
    for each in (name, f"{name}_erasure"):
        await run_on_server(server, f"CREATE DATABASE {each}")
    return server.replace("/postgres?", f"/{name}?")


def erasure_beside(address: str) -> str:
    """Where the erasure keys of a case store are, given where its cases are."""
    if address.startswith("sqlite"):
        return address.replace("cases.db", "erasure.db")
    name = make_url(address).database
    return address.replace(f"/{name}?", f"/{name}_erasure?")


async def run_on_server(server: str, statement: str) -> None:
    """Run a statement as the server's superuser, in its own database."""
    connection = await asyncpg.connect(host=str(make_url(server).query["host"]), user="postgres", database="postgres")
    await connection.execute(statement)
    await connection.close()


async def open_store(address: str) -> CaseStore:
    """Open the store behind an address, with its erasure keys beside it."""
    keys = await open_erasure(erasure_beside(address), SystemChance())
    if address.startswith("sqlite"):
        return await SqliteCaseStore.open(address, keys)
    return await PostgresCaseStore.open(address, keys)
