"""mat2 as the bot sees it: a child of the system's Python for the kinds of files that no room of ours cleans.

It is used only where it is installed and can be locked in as firmly as our own children: by a filter on system calls,
and a fence around one folder in memory, which is gone with the child. Where either cannot be had it is not used at all.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

from bot.screening.children import end, start_child
from bot.screening.wire import Request, Verdict, in_order

#: The Python that Debian's package mat2 belongs to.
PYTHON = "/usr/bin/python3"
#: The child's own libraries come first; ours are only for the few rooms that it shares.
_START = "import sys; sys.path.append(sys.argv[1]); from bot.screening.mat2_child import main; main(sys.argv[2])"
_ROOT = str(Path(__file__).parents[2])
#: Isolated, as our own children are.
PROGRAM = (PYTHON, "-I", "-B", "-c", _START, _ROOT)

#: Memory that looks like a folder, on every Linux and in every container.
_MEMORY = Path("/dev/shm")  # noqa: S108 - made with a name nobody can guess, for this user alone
_PREFIX = "madoguchi-screening-"

_log = structlog.get_logger()


class Mat2:
    """Cleans one file a child. Finds out with the first one whether mat2 is there."""

    def __init__(self, program: tuple[str, ...] = PROGRAM, memory: Path = _MEMORY) -> None:
        self._program = program
        self._memory = memory
        self._is_there = _is_in_memory(memory)

    async def clean(self, ending: str, data: bytes) -> tuple[Verdict, bytes] | None:
        """Have a file of this ending cleaned; None where mat2 cannot be used. Raises what `Child.screen` raises."""
        if not self._is_there:
            return None
        with self._folder() as folder:
            try:
                child = await start_child((*self._program, folder))
            except (FileNotFoundError, EOFError) as fault:
                # Where it cannot even start, a library cannot be loaded there, today or tomorrow.
                self._do_without("no_python" if isinstance(fault, FileNotFoundError) else "no_start")
                return None
            try:
                if child.walls != "filtered":
                    self._do_without(child.walls)
                    return None
                verdict, cleaned = await child.screen(Request(ending, ""), data)
            finally:
                await end(child.process)
        return Verdict(verdict.cleaning, "", in_order(set(verdict.removed))), cleaned

    def sweep(self) -> None:
        """Delete the folders of bots that were killed in the middle of a file."""
        for folder in self._memory.glob(f"{_PREFIX}*") if self._is_there else ():
            owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
            if not Path(f"/proc/{owner}").exists():
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def _folder(self) -> Iterator[str]:
        folder = tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=self._memory)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _do_without(self, reason: str) -> None:
        self._is_there = False
        _log.warning("screening_without_mat2", reason=reason)


def _is_in_memory(folder: Path) -> bool:
    """Whether nothing written there reaches a disk."""
    try:
        mounts = [line.split() for line in Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return False
    return any(mount[1] == str(folder) and mount[2] == "tmpfs" for mount in mounts)
