"""Case stores on databases of a test's own: a SQLite file or a PostgreSQL database made for it."""

import itertools
from pathlib import Path

import asyncpg
from sqlalchemy import make_url

from backend.ports import CaseStore
from backend.storage.embedded import SqliteCaseStore
from backend.storage.scaled import PostgresCaseStore

_NUMBERS = itertools.count()


def fresh_file(folder: Path) -> str:
    """The address of a SQLite file that does not exist yet."""
    return f"sqlite:///{folder}/cases.db"


async def fresh_database(server: str) -> str:
    """The address of an empty database on a server that `postgres.cluster` has started."""
    name = f"cases_{next(_NUMBERS)}"
    await run_on_server(server, f"CREATE DATABASE {name}")
    return server.replace("/postgres?", f"/{name}?")


async def erasure_address(address: str, kind: str) -> str:
    """The address of an empty store of erasure keys, beside that of the cases."""
    if kind == "sqlite":
        return address.replace("cases.db", "erasure.db")
    url = make_url(address)
    await run_on_server(address, f"CREATE DATABASE {url.database}_erasure")
    return address.replace(f"/{url.database}?", f"/{url.database}_erasure?")


async def run_on_server(server: str, statement: str) -> None:
    """Run a statement as the server's superuser, in its own database."""
    connection = await asyncpg.connect(host=str(make_url(server).query["host"]), user="postgres", database="postgres")
    await connection.execute(statement)
    await connection.close()


async def open_store(address: str) -> CaseStore:
    """Open the store behind an address."""
    if address.startswith("sqlite"):
        return await SqliteCaseStore.open(address)
    return await PostgresCaseStore.open(address)
