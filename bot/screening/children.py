"""Child processes as the bot sees them: started in time, given one file each, and ended whatever they do.

A child is a program of ours that hostile bytes may have taken over: it gets no environment, no folder and no
descriptor but its two pipes, and what it answers is bounded before it is read.
"""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from signal import SIGKILL

import msgspec
from msgspec import Struct

from bot.screening.pipes import PREFIX
from bot.screening.wire import MOST_HEAD, Ready, Request, Verdict, message

#: Isolated: neither the environment nor the current folder decides what is imported, and nothing is written.
PROGRAM = (sys.executable, "-I", "-B", "-m", "bot.screening.child")

#: A picture drawn anew or a PDF written anew may grow; never beyond this many times its size, and this many bytes.
_GROWTH, _SPARE_BYTES = 4, 1 << 20


class Child(Struct, frozen=True):
    """A child that is locked in and waits for its one file."""

    process: Process
    #: How firmly, as `Ready` says it.
    walls: str

    async def screen(self, request: Request, data: bytes) -> tuple[Verdict, bytes]:
        """Have it look at a file. Raises `OSError`, `EOFError` or `msgspec.DecodeError` for a child gone astray."""
        most = _GROWTH * len(data) + _SPARE_BYTES
        # Read while writing: a child that answers early must not block both, and one that does not listen ends the
        # writing alone, or two would read from it in the end.
        writing = asyncio.create_task(_write(self.process, request, data))
        try:
            head, body = await _read(self.process, most)
        finally:
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)
        return msgspec.json.decode(head, type=Verdict), body


async def start_child(program: tuple[str, ...] = PROGRAM) -> Child:
    """Start a child and wait until it is locked in. Raises what `Child.screen` raises, with nothing left running."""
    process = await asyncio.create_subprocess_exec(
        *program, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={}, cwd="/", start_new_session=True
    )
    try:
        head, _ = await _read(process, 0)
        return Child(process, msgspec.json.decode(head, type=Ready).walls)
    except BaseException:
        await end(process)
        raise


async def end(process: Process) -> None:
    """End a child, if it has not ended, and wait until it is gone. It must lead a session of its own."""
    if process.returncode is None:
        # Not `process.kill`: that first looks whether the child lives, and of one that has just ended it takes the
        # status away from the event loop, which waits for it.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, SIGKILL)
    # Drained, so that the pipe closes now and not when someone collects it.
    if process.stdout is not None:
        while await process.stdout.read(1 << 16):
            pass
    await process.wait()


async def _write(process: Process, request: Request, data: bytes) -> None:
    if process.stdin is None:
        raise EOFError
    for part in message(request, data):
        process.stdin.write(part)
    await process.stdin.drain()


async def _read(process: Process, most: int) -> tuple[bytes, bytes]:
    if process.stdout is None:
        raise EOFError
    head, body = PREFIX.unpack(await process.stdout.readexactly(PREFIX.size))
    if head > MOST_HEAD or body > most:
        raise EOFError
    return await process.stdout.readexactly(head), await process.stdout.readexactly(body)
