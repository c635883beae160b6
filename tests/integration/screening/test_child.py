"""The child, asked from within: what can code that has taken it over still do? And what does it hold?"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.screening.children import Child, end, start_child
from tests.support.repository import ROOT

#: What code in the child tries once it is locked in, one line a try; the answers come back on the pipe.
TRIES = """
import json, os, resource, socket, subprocess, sys
from bot.screening.child import rehearse
from bot.screening.confinement import confine
rehearse()
environment, folder = dict(os.environ), os.getcwd()
walls = confine()
def tried(deed):
    try:
        return repr(deed())
    except BaseException as error:
        return type(error).__name__
answers = {
    "walls": walls,
    "environment": environment,
    "folder": folder,
    "passwords": tried(lambda: open("/etc/passwd").read()),
    "key": tried(lambda: open(sys.argv[1], "rb").read()),
    "key by descriptor": tried(lambda: os.open(sys.argv[1], os.O_RDONLY)),
    "listing": tried(lambda: os.listdir("/")),
    "memory of others": tried(lambda: open(f"/proc/{os.getppid()}/mem", "rb")),
    "network": tried(lambda: socket.socket()),
    "unix socket": tried(lambda: socket.socket(socket.AF_UNIX)),
    "program": tried(lambda: subprocess.run(["/bin/true"])),
    "exec": tried(lambda: os.execv("/bin/true", ["true"])),
    "fork": tried(os.fork),
    "signal": tried(lambda: os.kill(os.getppid(), 0)),
    "pipe": tried(os.pipe),
    "delete": tried(lambda: os.unlink(sys.argv[1])),
    "limit": tried(lambda: resource.setrlimit(resource.RLIMIT_AS, (-1, -1))),
    "memory": tried(lambda: len(bytearray(2 << 30))),
    "modules": sorted(name for name in sys.modules if name.startswith(("bot", "madoguchi", "backend", "cryptography"))),
}
os.write(1, json.dumps(answers).encode())
os._exit(0)
"""

REFUSED = (
    *("passwords", "key", "key by descriptor", "listing", "memory of others", "network", "unix socket", "program"),
    *("exec", "fork", "signal", "pipe", "delete"),
)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a process that locked itself in could still do, started as the child is."""
    key = tmp_path_factory.mktemp("keys") / "bot.key"
    key.write_bytes(b"k" * 32)
    key.chmod(0o600)
    command = [sys.executable, "-I", "-B", "-c", TRIES, str(key)]
    run = subprocess.run(command, env={}, cwd="/", check=True, capture_output=True, timeout=60)
    assert key.exists()
    found: dict[str, Any] = json.loads(run.stdout)
    if found["walls"] != "filtered":
        pytest.skip("this kernel or container allows no filter on system calls; the child says so to the bot")
    return found


@pytest.mark.parametrize("deed", REFUSED)
def test_code_that_took_the_child_over_is_refused(answers: dict[str, Any], deed: str) -> None:
    """No file is opened, no key read, no socket made, no program or process started: the kernel says no."""
    assert answers[deed] == "PermissionError"


def test_the_child_cannot_take_more_memory_than_its_share(answers: dict[str, Any]) -> None:
    """A bomb ends in the child, which cannot lift its own limits."""
    assert answers["memory"] == "MemoryError"
    # Python's name for a limit that the kernel does not let it set.
    assert answers["limit"] == "ValueError"


def test_the_child_knows_nothing(answers: dict[str, Any]) -> None:
    """Its environment is empty, it stands at the root, and nothing of the bot but the screening room is loaded."""
    assert (set(answers["environment"]) - {"LC_CTYPE"}, answers["folder"]) == (set(), "/")
    assert [name for name in answers["modules"] if name != "bot" and not name.startswith("bot.screening")] == []


@pytest.fixture
async def child() -> AsyncIterator[Child]:
    """A child as the bot starts it."""
    started = await start_child()
    yield started
    await end(started.process)


def told(child: Child, about: str) -> str:
    """What the kernel tells of a child."""
    return (Path("/proc") / str(child.process.pid) / about).read_text()


async def test_the_child_that_the_bot_starts_is_locked_in(child: Child) -> None:
    """The kernel lists filter, limits and privileges of the very process that gets the file."""
    if child.walls != "filtered":
        pytest.skip("this kernel or container allows no filter on system calls")
    status = dict(line.split(":\t", 1) for line in told(child, "status").splitlines() if ":\t" in line)
    assert (status["Seccomp"], status["NoNewPrivs"], status["Threads"]) == ("2", "1", "1")
    limits = told(child, "limits")
    assert "Max core file size        0                    0" in limits
    assert "Max address space         1073741824           1073741824" in limits


async def test_the_child_that_the_bot_starts_holds_two_pipes_and_no_words(child: Child) -> None:
    """No descriptor of the bot's stores or sockets is inherited, and no setting."""
    if os.geteuid() != 0:
        pytest.skip("only root may look into a process that forbids it")
    opened = {str(entry.readlink()) for entry in (Path("/proc") / str(child.process.pid) / "fd").iterdir()}
    # Under asyncio, a pipe to a child is a pair of sockets without a name.
    assert {name.partition(":")[0] for name in opened} <= {"pipe", "socket", "/dev/null"}
    assert len(opened) == 3
    assert told(child, "environ") == ""


async def test_the_child_ends_when_the_bot_is_gone(child: Child) -> None:
    """Nothing is left running after a crash of the bot."""
    assert child.process.stdin is not None
    child.process.stdin.close()
    async with asyncio.timeout(30):
        assert await child.process.wait() == 1


def test_the_child_starts_from_anywhere() -> None:
    """Neither the folder nor the environment of whoever starts it decides what it imports."""
    run = subprocess.run(
        [sys.executable, "-I", "-B", "-m", "bot.screening.child"],
        cwd=ROOT / "docs",
        env={"PYTHONPATH": "/nowhere"},
        input=b"",
        check=False,
        capture_output=True,
    )
    assert (run.returncode, b"filtered" in run.stdout or b"limited" in run.stdout or b"apart" in run.stdout) == (
        1,
        True,
    )
