"""A look at a database from outside, beside whoever works on it: brings nothing up to date and makes no file."""

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from backend.storage import schema
from backend.storage.engine import postgres_engine, sqlite_engine
from backend.storage.scaled import server_ailments


async def examine(database_url: str) -> Mapping[str, str]:
    """Return what keeps a database from working, in the words of `CaseStore.ailments`; empty when nothing does.

    A file that is not there yet is `not made`: the first start makes it.
    """
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        return await asyncio.to_thread(_file, url)
    engine = postgres_engine(url)
    try:
        return await server_ailments(engine)
    finally:
        await engine.dispose()


def _file(url: URL) -> Mapping[str, str]:
    path = Path(url.database or "")
    if not path.exists():
        return {"database": "not made"}
    engine = sqlite_engine(url, writing=False)
    try:
        with engine.begin() as connection:
            is_current = schema.is_current(connection)
    except SQLAlchemyError:
        return {"database": "not reachable"}
    finally:
        engine.dispose()
    if not os.access(path, os.W_OK):
        return {"database": "not writable"}
    return {} if is_current else {"database": "not migrated"}
