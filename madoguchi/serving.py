"""Listening: on a port, and on Unix sockets that only their owner may use. Says plainly when a place is taken.

No access log and no server log: both would hold addresses.
"""

import asyncio
import errno
import gc
import logging
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from madoguchi import private_files
from madoguchi.words import NotDoneError

_SILENT = logging.getLogger("madoguchi.silent")
_SILENT.addHandler(logging.NullHandler())
_SILENT.propagate = False

#: Objects, and rounds of the two elder generations, before the collector looks again; a message makes hundreds.
_COLLECT_AFTER = (10_000, 20, 50)
#: Connections that may wait to be taken when many come at once.
_WAITING_ROOM = 1024
_ENDING = (signal.SIGINT, signal.SIGTERM)
#: Seconds that requests under way get to end; then the process stops all the same.
_LAST_WORDS = 3.0


def data_folder() -> Path:
    """Return the folder with the databases and sockets, for programs that need no other setting."""
    return Path(os.environ.get("MADOGUCHI_DATA", "var"))


@asynccontextmanager
async def served(runner: web.AppRunner) -> AsyncIterator[web.AppRunner]:
    """Make a runner ready, and stop it and remove its sockets in the end."""
    await runner.setup()
    try:
        yield runner
    finally:
        sockets = [Path(address) for address in runner.addresses if isinstance(address, str)]
        await runner.cleanup()
        for socket in sockets:
            _remove(socket)


def silent_runner(app: web.Application) -> web.AppRunner:
    """Return a runner that writes nothing about who asked what."""
    return web.AppRunner(app, access_log=None, logger=_SILENT, shutdown_timeout=_LAST_WORDS)


async def on_port(runner: web.AppRunner, host: str, port: int, setting: str) -> int:
    """Listen on a port and return it; 0 takes a free one. Raises `NotDoneError` naming the setting when it is taken."""
    site = web.TCPSite(runner, host, port, reuse_address=True)
    try:
        await site.start()
    except OSError as refused:
        key = "run.port_taken" if refused.errno == errno.EADDRINUSE else "run.port_refused"
        raise NotDoneError(key, host=host, port=port, setting=setting) from refused
    return int(runner.addresses[0][1])


async def on_socket(runner: web.AppRunner, path: Path) -> None:
    """Listen on a Unix socket with mode 0600; one that a killed process left behind is replaced."""
    _make_room(path)
    # The mask holds for the moment of binding: the socket is never open to others, not even briefly.
    mask = os.umask(0o177)
    try:
        await web.UnixSite(runner, path, backlog=_WAITING_ROOM).start()
    except OSError as refused:
        raise NotDoneError("run.socket_refused", path=path) from refused
    finally:
        os.umask(mask)


def _make_room(path: Path) -> None:
    private_files.private_folder(path.parent)
    _remove(path)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


def heed_signals() -> asyncio.Event:
    """Return what SIGINT or SIGTERM will set; call it before anything is started, so that nothing is cut off half-way.

    Only the first signal is waited for: a second one ends the process the hard way, in case stopping hangs.
    """
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stop() -> None:
        for name in _ENDING:
            loop.remove_signal_handler(name)
        stopped.set()

    for name in _ENDING:
        loop.add_signal_handler(name, stop)
    return stopped


async def until(stopped: asyncio.Event) -> None:
    """Wait for the signal, everything having started."""
    # What is loaded by now stays for good: the collector need not look through it again and again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT_AFTER)
    await stopped.wait()
