"""Serves an application on a loopback port or a Unix socket for the length of a test."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web


class SystemChance:
    """The operating system's random source."""

    def bytes(self, count: int) -> bytes:
        """Return unpredictable bytes."""
        return os.urandom(count)


@asynccontextmanager
async def on_loopback(app: web.Application) -> AsyncIterator[str]:
    """Serve on a free port; gives the address without a slash at its end."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def on_socket(app: web.Application, path: Path) -> AsyncIterator[Path]:
    """Serve on a Unix socket."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.UnixSite(runner, str(path)).start()
        yield path
    finally:
        await runner.cleanup()
