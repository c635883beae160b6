"""The split deployment of `compose.yaml` as plain processes on loopback, with a demo organ in it.

Every part is a process of its own that can be killed and started again over its data, as machines are. Data, secrets
and keys lie below one folder; nothing else is touched, and every process that was started is stopped by its id. An
organ of one's own takes the demo's place as soon as `.env` names its pins.
"""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from madoguchi.organ.card import OrganCard, as_text
from madoguchi.organ.demo import Demo, make_demo, publish_demo
from madoguchi.private_files import private_folder
from tests.support.cluster_compose import Service, Settings, read_compose
from tests.support.cluster_parts import PROGRAMS, Ground, start_of
from tests.support.repository import ROOT

#: Seconds for a part to answer, and to stop when it is asked to.
_STARTING = 60.0
#: How often a part that ends at once is started.
_STARTS = 8
_STOPPING = 15.0


class DiedError(Exception):
    """A part ended by itself, or never answered; the message says which, and where its words are."""


class Part:
    """One service as a process."""

    def __init__(self, service: Service, ground: Ground) -> None:
        self.service = service
        self._ground = ground
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """What it says."""
        return self._ground.folder / f"{self.service.name}.log"

    @property
    def is_up(self) -> bool:
        """Whether its process lives."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        start = start_of(self.service, self._ground)
        bare = {name: value for name, value in os.environ.items() if not name.startswith(("MADOGUCHI_", "PG"))}
        environment = {**bare, "PYTHONPATH": str(ROOT), **start.environment}
        until, starts = time.monotonic() + _STARTING, 0
        while not self._answers():
            if not self.is_up and starts < _STARTS:
                # What was killed may still hold its lock for a moment, so it is tried a few times.
                time.sleep(0.25 * min(starts, 4))
                starts += 1
                with self.log.open("ab") as log:
                    self._process = _begin(start.words, environment, log)
            if time.monotonic() > until or not (self.is_up or starts < _STARTS):
                self.kill()
                raise DiedError(f"{self.service.name} does not answer; its last words are in {self.log}")
            time.sleep(0.05)

    def kill(self) -> None:
        """End it as when the power goes."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end; kill it when it does not."""
        self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        if self.is_up:
            self._process.send_signal(how)
        try:
            self._process.wait(_STOPPING)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _answers(self) -> bool:
        ports = PROGRAMS[self.service.program].ports[self.service.name]
        return self.is_up and all(listened(self._ground.port(self.service.name, port)) for port in ports)


class Cluster:
    """All parts, started in the order in which they need each other, and the demo organ that works in them."""

    def __init__(self, folder: Path, settings: Settings, doors: Mapping[tuple[str, int], int]) -> None:
        self.folder = folder.absolute()
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.url = f"https://127.0.0.1:{doors['proxy', 8443]}/"
        self.staff_url = f"https://127.0.0.1:{doors['proxy', 8444]}"
        self.demo: tuple[Demo, OrganCard] | None = None
        if not settings.get("MADOGUCHI_ORGAN_PINS"):
            self.demo = make_demo(self.folder / "keys", self.staff_url)
            settings = {**settings, **_demo_settings(self.demo[1], self.url)}
        secrets = self.folder / "secrets"
        _make_secrets(secrets, self.demo[0] if self.demo else None)
        services = read_compose(ROOT / "compose.yaml", {**settings, "MADOGUCHI_SECRETS": str(secrets)})
        self.ground = Ground(self.folder, services, doors)
        self.parts = {name: Part(services[name], self.ground) for name in _in_order(services)}

    @property
    def certificate(self) -> Path:
        """What the proxy shows."""
        return self.folder / "secrets/tls-cert.pem"

    def start(self) -> None:
        """Start every part; the organ's roster is published before the bot asks for it."""
        for name, part in self.parts.items():
            part.start()
            if name == "backend" and self.demo is not None:
                # Not through the proxy, which is not there yet.
                asyncio.run(publish_demo(*self.demo, f"http://127.0.0.1:{self.ground.port(name, 8081)}"))

    def stop(self) -> None:
        """Stop every part, the last one first."""
        for part in reversed(self.parts.values()):
            part.stop()


@contextmanager
def running(folder: Path, settings: Settings, doors: Mapping[tuple[str, int], int]) -> Iterator[Cluster]:
    """Run a cluster until the block is left."""
    cluster = Cluster(folder, settings, doors)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


def staff_words(cluster: Cluster, who: str) -> tuple[str, ...]:
    """The command of a member of the demo's staff, through the proxy."""
    assert cluster.demo is not None, "this organ is no demo: its staff have keys of their own"
    demo, _ = cluster.demo
    key = ("--key", str(demo.key(who)), "--passphrase-file", str(demo.passphrase(who)))
    return (sys.executable, "-m", "madoguchi", "staff", "--store", cluster.staff_url, *key)


def _demo_settings(card: OrganCard, url: str) -> dict[str, str]:
    return {
        "MADOGUCHI_ORGAN": card.organ,
        "MADOGUCHI_ORGAN_PINS": " ".join(map(as_text, card.pins)),
        "MADOGUCHI_ORGAN_THRESHOLD": str(card.threshold),
        "MADOGUCHI_PUBLIC_URL": url,
        # Whoever tries it wants to see a report and an answer at once.
        "MADOGUCHI_STAFF_BATCH": "once",
        "MADOGUCHI_ANNOUNCE_WITHIN": "5",
    }


def _make_secrets(secrets: Path, demo: Demo | None) -> None:
    made = private_folder(secrets)
    if demo is not None:
        # The demo keeps them beside its keys; an organ of one's own has put them where make-secrets looks.
        shutil.copy(demo.places.intake, made / "intake.token")
        shutil.copy(demo.places.credentials, made / "credentials.json")
    subprocess.run([ROOT / "deploy/make-secrets", secrets, ROOT / "keys"], check=True, stdout=subprocess.DEVNULL)


def _in_order(services: Mapping[str, Service]) -> list[str]:
    order: list[str] = []

    def add(name: str) -> None:
        for other in services[name].after:
            add(other)
        if name not in order:
            order.append(name)

    for name in services:
        add(name)
    return order


def _begin(words: tuple[str, ...], environment: Mapping[str, str], log: IO[bytes]) -> subprocess.Popen[bytes]:
    # In a group of its own, so that Ctrl-C reaches this program alone, which then stops the parts in their order.
    return subprocess.Popen(
        words, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
    )


def listened(port: int) -> bool:
    """Whether somebody listens on a loopback port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
