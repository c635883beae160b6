"""The two servers that are compared, each in a process of its own with its data in a real folder on disk.

The product is started as anybody starts it: `madoguchi run --demo`. The plain one is `tests.bench.plain`. What a
process has used is read from /proc, so the benchmark runs on Linux.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from tests.support.repository import ROOT

#: Seconds: the first start makes the demo organ's keys, whose passphrases are stretched on purpose.
_PATIENCE = 60
_TICKS = os.sysconf("SC_CLK_TCK")


class Server(NamedTuple):
    """A server that answers on `socket`."""

    pid: int
    socket: Path
    #: Of its pages, where it has any.
    port: int = 0

    def cpu_seconds(self) -> float:
        """Return the processor time it has used so far, all threads together."""
        # proc(5): behind the name in parentheses, utime and stime are the 12th and 13th field.
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def peak_mib(self) -> float:
        """Return the most memory it has held at once."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024


@contextmanager
def product(folder: Path, more: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Run the whole product with a demo organ in `folder`, its stores there too unless `more` settings say where."""
    port = free_port()
    settings = {
        "MADOGUCHI_DATA": str(folder),
        "MADOGUCHI_KEYS": str(folder / "keys"),
        "MADOGUCHI_DATABASE_URL": f"sqlite:///{folder / 'cases.db'}",
        "MADOGUCHI_PORT": str(port),
        "MADOGUCHI_BACKEND_PORT": "0",
        **(more or {}),
    }
    others = {name: value for name, value in os.environ.items() if not name.startswith("MADOGUCHI_")}
    with running(["-m", "madoguchi", "run", "--demo"], folder / "talk.sock", others | settings) as server:
        yield server._replace(port=port)


@contextmanager
def plain(folder: Path, bodies: dict[str, bytes]) -> Iterator[Server]:
    """Run the server to compare with, which gives these answers by event id."""
    path, answers = folder / "plain.sock", folder / "plain.answers"
    answers.write_bytes(msgspec.msgpack.encode(bodies))
    with running(["-m", "tests.bench.plain", str(path), str(answers)], path, os.environ) as server:
        yield server


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as trying:
        return int(trying.getsockname()[1])


@contextmanager
def running(arguments: list[str], path: Path, environment: Mapping[str, str]) -> Iterator[Server]:
    """Run a Python program that will listen on the socket at `path`. Raises `RuntimeError` when it never does."""
    log = path.with_suffix(".log")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, env=dict(environment), stdout=output, stderr=output
        )
    try:
        _wait_for(process, path, log)
        yield Server(process.pid, path)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(process: subprocess.Popen[bytes], path: Path, log: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while not _answers(path):
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"the server did not start:\n{log.read_text(errors='replace')}")
        time.sleep(0.05)


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as trying:
        return trying.connect_ex(str(path)) == 0
