"""A Redis server of a test's own: in a temporary folder, reached through a Unix socket there, gone afterwards.

Never touches a server that runs on this machine. Where the program is missing, `missing()` says so for a skip.
"""

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

#: What the bot asks of a server that keeps reports: every write is on the disk before it is answered.
SAFE = ("--appendonly", "yes", "--appendfsync", "always")
_SECONDS_TO_START = 20
_LOCKED = "NOAUTH Authentication required."


def missing() -> str:
    """Why no server can be started here; empty when one can."""
    return "" if shutil.which("redis-server") else "Redis is not installed (apt-get install redis-server)"


class Server:
    """A process with a folder; may be killed and started again over what it left there."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self._options = options or SAFE
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"unix://{self.folder}/redis.sock"

    def begin(self, *more: str) -> None:
        """Start it, with further options for this once."""
        # A sentinel writes into its file; whoever else needs one may put it there.
        settings = self.folder / "redis.conf"
        settings.touch()
        place = ("--dir", str(self.folder), "--unixsocket", str(self.folder / "redis.sock"))
        self._process = subprocess.Popen(
            ["redis-server", str(settings), "--port", "0", "--save", "", *place, *self._options, *more],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def start(self, *more: str) -> None:
        """Start it and wait until it has read what is there."""
        self.begin(*more)
        self.until(lambda: self.say("PING") in {"PONG", _LOCKED})

    def until(self, done: Callable[[], bool]) -> None:
        """Wait until something is so, while the server runs."""
        give_up = time.monotonic() + _SECONDS_TO_START
        while not done():
            assert self._process is not None, "the server was killed"
            assert self._process.poll() is None, "the server ended"
            assert time.monotonic() < give_up, "it took too long"
            time.sleep(0.01)

    def say(self, *words: str) -> str:
        """Ask it something over a connection of its own."""
        command = ["redis-cli", "-s", str(self.folder / "redis.sock"), *words]
        return subprocess.run(command, check=False, capture_output=True, text=True).stdout.strip()

    def freeze(self) -> None:
        """Let it hear and answer nothing any more, as a network does that swallows everything."""
        assert self._process is not None, "the server was killed"
        self._process.send_signal(signal.SIGSTOP)

    def kill(self) -> None:
        """End it as when the power goes."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def bytes_on_disk(self) -> bytes:
        """All bytes of all its files."""
        return b"".join(path.read_bytes() for path in sorted(self.folder.rglob("*")) if path.is_file())


@contextmanager
def running(*options: str) -> Iterator[Server]:
    """Run a fresh server, with these options instead of the safe ones."""
    with prepared(*options) as server:
        server.start()
        yield server


@contextmanager
def prepared(*options: str) -> Iterator[Server]:
    """Make a folder for a server that is not started yet."""
    # A socket's path must be short, hence not below the folder of a test.
    folder = Path(tempfile.mkdtemp(prefix="madoguchi-redis-", dir="/tmp"))
    server = Server(folder, *options)
    try:
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)
