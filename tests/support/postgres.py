"""A PostgreSQL server of a test's own: in a temporary folder, reached through a Unix socket there, gone afterwards.

Never touches a server that runs on this machine. Where the programs are missing, `missing()` says so for a skip.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

#: The user that the Debian package makes; the server refuses to run as root.
SERVER_USER = "postgres"


def programs() -> Path | None:
    """The folder with `initdb` and `pg_ctl`, newest version first."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if debian:
        return debian[-1].parent
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def missing() -> str:
    """Why no server can be started here; empty when one can."""
    return "" if programs() else "PostgreSQL is not installed (apt-get install postgresql)"


@contextmanager
def cluster() -> Iterator[str]:
    """Run a fresh server and give the address of its database; one for erasure keys is beside it."""
    # A socket's path must be short, hence not below the folder of a test.
    folder = Path(tempfile.mkdtemp(prefix="madoguchi-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(folder, SERVER_USER, SERVER_USER)
    data, log = folder / "data", folder / "log"
    # The data lives for seconds: no waiting for the disk, no port, no one but whoever may enter the folder.
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c max_connections=60"
    try:
        _run("initdb", "-D", data, "-A", "trust", "-U", SERVER_USER, "-E", "UTF8", "--locale=C", "-N")
        _run("pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "-t", "60", "start")
        _run("createdb", "-h", folder, "-U", SERVER_USER, "postgres_erasure")
        yield f"postgresql+asyncpg://{SERVER_USER}@/postgres?host={folder}"
    finally:
        _run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop", check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: str, *arguments: str | Path, check: bool = True) -> None:
    folder = programs()
    assert folder is not None, missing()
    become: Sequence[str] = ("runuser", "-u", SERVER_USER, "--") if os.geteuid() == 0 else ()
    subprocess.run([*become, folder / program, *arguments], check=check, stdout=subprocess.DEVNULL, cwd="/")
