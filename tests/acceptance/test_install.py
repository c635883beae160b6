"""`docs/install.md` is walked, command by command, by somebody who knows nothing else.

What the page says to type is typed, in a folder that plays the machine. Left out is what only a machine of one's own
can do: installing packages, making users, TLS and Tor. Services run as their units say, started by us in place of
systemd.
"""

import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.support.cluster_parts import free_port
from tests.support.repository import ROOT
from tests.support.units import Machine, Unit
from tests.support.web_reporter import File, WebReporter

PAGE = (ROOT / "docs/install.md").read_text()
STAFF_DOOR = "https://madoguchi-staff.example.go.jp"
#: What a test cannot do to the machine it runs on.
NOT_HERE = ("apt-get", "git", "python3 -m venv", "/opt/madoguchi/venv/bin/pip", "useradd", "certbot", "nginx", "curl")
NOT_THESE = (
    "ln -sf /opt/madoguchi/venv",
    "journalctl",
    "systemctl daemon-reload",
    "systemctl status",
    "systemctl reload nginx",
)
SERVICES = ("madoguchi-backend", "madoguchi-bot")
STORY = "The page led me here."


def blocks(heading: str, kind: str = "sh") -> list[str]:
    """The boxes of one part of the page, as they are typed."""
    after = re.split(rf"^##+ {re.escape(heading)}$", PAGE, maxsplit=1, flags=re.MULTILINE)[1]
    part = re.split(r"^##+ ", after, maxsplit=1, flags=re.MULTILINE)[0]
    return re.findall(rf"```{kind}\n(.*?)```", part, re.DOTALL)


class Stranger:
    """Somebody who follows the page on a machine that lies below one folder."""

    def __init__(self, folder: Path) -> None:
        self.home, self.said = folder / "home", ""
        self.port, self.store_port = free_port(), free_port()
        self.machine = Machine(folder, {"/opt/madoguchi/venv/bin/madoguchi": str(folder / "bin/madoguchi")})
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        for made in ("bin", "home", "etc/systemd/system", "etc/nginx/sites-available", "etc/nginx/sites-enabled"):
            (folder / made).mkdir(parents=True)
        program = folder / "bin/madoguchi"
        program.write_text(f'#!/bin/sh\nexec env PYTHONPATH={ROOT} {sys.executable} -m madoguchi "$@"\n')
        program.chmod(0o755)

    def follow(self, heading: str) -> str:
        """Type what stands in the boxes of one part; return what was printed."""
        before = len(self.said)
        for block in blocks(heading):
            lines: list[str] = []
            for line in block.splitlines():
                if line.startswith("systemctl ") and not line.startswith(NOT_THESE):
                    self._type(lines)
                    self._control(shlex.split(line)[1:])
                    lines = []
                elif not line.startswith((*NOT_HERE, *NOT_THESE)):
                    lines.append(line)
            self._type(lines)
        return self.said[before:]

    def stop(self) -> None:
        """Stop what was started."""
        for name in list(self._running):
            self._control(["stop", name])

    def _type(self, lines: list[str]) -> None:
        typed = "\n".join(lines).replace(STAFF_DOOR, self.store).replace("/opt/madoguchi/src", str(ROOT))
        # Nobody sits at the keyboard, and the users of the services are not made here.
        typed = typed.replace("organ apply organ.toml", f"organ apply organ.toml --yes {self._words()}")
        typed = typed.replace("--key sato.key inbox", "--lang en --key sato.key --passphrase-file words inbox")
        typed = re.sub(r"install -o \S+ -g \S+", "install", self.machine.here(typed))
        environment = {
            "HOME": str(self.home),
            "PATH": f"{self.machine.root}/bin:/usr/sbin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
        }
        done = subprocess.run(
            ["bash", "-eu", "-c", typed], env=environment, check=False, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, f"{typed}\n{done.stderr}"
        self.said += done.stdout

    def _words(self) -> str:
        words = re.findall(r"Six words of signing key \d.*\n +(.+)", self.said)
        for number, each in enumerate(words[:2], 1):
            (self.home / f"words-{number}").write_text(each)
        return " ".join(f"--passphrase-file ~/words-{number}" for number in (1, 2))

    @property
    def store(self) -> str:
        """Where staff reach the case store: directly, since no proxy stands here."""
        return f"http://127.0.0.1:{self.store_port}"

    def _control(self, words: list[str]) -> None:
        verb, *units = [word for word in words if not word.startswith("-")]
        for unit in units:
            if verb == "stop":
                running = self._running.pop(unit)
                running.terminate()
                assert running.wait(20) == 0
            elif unit in SERVICES:
                self._running[unit] = self._started(unit)
            else:
                assert self._started(unit).wait(60) == 0, self.log(unit)

    def log(self, unit: str) -> str:
        """What a service said."""
        return (self.machine.root / f"{unit}.log").read_text()

    def _started(self, unit: str) -> "subprocess.Popen[bytes]":
        ports = {
            "MADOGUCHI_PORT": str(self.port),
            "MADOGUCHI_BACKEND_PORT": str(self.store_port),
            "MADOGUCHI_BACKEND_URL": self.store,
            "MADOGUCHI_STAFF_BATCH": "once",
        }
        log = self.machine.root / f"{unit}.log"
        return Unit(self.machine, f"{unit}.service").start(log, **ports)

    def until_well(self, port: int) -> None:
        """Wait until the service on a port says that it is."""
        give_up = time.monotonic() + 60
        while not _is_well(port):
            assert time.monotonic() < give_up, [self.log(name) for name in self._running]
            time.sleep(0.1)


def _is_well(port: int) -> bool:
    asking = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        asking.request("GET", "/healthz")
        return asking.getresponse().status == 200
    except OSError:
        return False
    finally:
        asking.close()


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[Stranger]:
    """Somebody with the page in front of them."""
    somebody = Stranger(tmp_path)
    yield somebody
    somebody.stop()


def settings_put_in(stranger: Stranger) -> None:
    """Put the three lines that `organ init` printed into the bot's settings, as the page says in words."""
    file = stranger.machine.root / "etc/madoguchi/bot.env"
    text = file.read_text()
    for name, value in re.findall(r"^ +(MADOGUCHI_ORGAN\w*)=(.*)$", stranger.said, re.MULTILINE):
        (line,) = re.findall(rf"^{name}=.*$", text, re.MULTILINE)
        text = text.replace(line, f"{name}={value}")
    file.write_text(text)


async def test_a_stranger_installs_from_the_page_alone(stranger: Stranger) -> None:
    """From the organ's keys to a report with its file at the desk, then through backup, restoring and a lost key."""
    stranger.follow("1. The program")
    assert stranger.follow("2. The organ and its keys").count("Recovery slip") == 3
    stranger.follow("3. Secrets and settings on the server")
    settings_put_in(stranger)
    stranger.follow("4. Start")
    stranger.until_well(stranger.store_port)
    stranger.follow("5. TLS in front")
    (document,) = blocks("7. Staff and roster", "toml")
    (stranger.home / "organ/organ.toml").write_text(document.replace("2027-11-30", "2099-12-31"))
    assert "Published as number 1" in stranger.follow("7. Staff and roster")
    stranger.until_well(stranger.port)

    reporter = WebReporter(f"http://127.0.0.1:{stranger.port}/")
    token = await reporter.report({"story": STORY, "desk": "naibu"}, [File("a.txt", b"a file")])
    (words,) = re.findall(r"Your key file: sato.key\n.*\n +(.+)", stranger.said)
    (stranger.home / "organ/words").write_text(words)
    looked = stranger.follow("8. Look it over, and try it")
    assert len(re.findall(r"^\d{4}-\w{6}\t", looked, re.MULTILINE)) == 1
    for side in ("bot", "backend"):
        assert "Faults: 0." in stranger.log(f"madoguchi-doctor@{side}")

    for part in ("Backup", "Restoring", "A lost key"):
        stranger.follow(part)
    stranger.until_well(stranger.store_port)
    stranger.until_well(stranger.port)
    assert "Received" in (await WebReporter(f"http://127.0.0.1:{stranger.port}/").come_back(token)).text
