"""How each service of `compose.yaml` runs as a plain process: which program, with which words, on which loopback port.

One row a program. Names of services and places inside containers are exchanged, everywhere alike, for loopback
addresses and places below one folder: in settings, in words of commands, and in configuration files.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.support import postgres
from tests.support.cluster_compose import Service

#: Refused where they may only be run by somebody who is not root.
_NOBODY = ("unshare", "--user", "--map-user=65534", "--map-group=65534", "--")


class MissingProgramError(Exception):
    """A program that a service needs is not installed here; the message says which."""


class Start(NamedTuple):
    """How a process is started."""

    words: tuple[str, ...]
    environment: Mapping[str, str]


class Ground:
    """Where a cluster stands: its folder, its ports, and what the names in `compose.yaml` mean there."""

    def __init__(self, folder: Path, services: Mapping[str, Service], fixed: Mapping[tuple[str, int], int]) -> None:
        self.folder = folder.absolute()
        self._named = re.compile(rf"\b({'|'.join(services)}):(\d+)\b")
        self._ports = dict(fixed)

    def port(self, service: str, inside: int) -> int:
        """The loopback port that stands for a service's own; a free one, the same for good."""
        if (service, inside) not in self._ports:
            self._ports[service, inside] = free_port()
        return self._ports[service, inside]

    def place(self, service: Service, inside: str) -> Path:
        """Where a place of a container lies here."""
        return service.files.get(inside) or self.folder / service.name / inside.strip("/").replace("/", "-")

    def here(self, service: Service, text: str) -> str:
        """A text that speaks of services and of places in a container, as it reads here."""
        places = {inside: self.place(service, inside) for inside in (*service.files, *service.kept, *service.fleeting)}
        places["/run/secrets"] = self.folder / "secrets"
        longest_first = "|".join(map(re.escape, sorted(places, key=len, reverse=True)))
        moved = re.sub(rf"(?<![\w/.-])({longest_first})(?![\w-])", lambda found: str(places[found[1]]), text)
        return self._named.sub(lambda found: f"127.0.0.1:{self.port(found[1], int(found[2]))}", moved)

    def configuration(self, service: Service, inside: str) -> str:
        """The text of a configuration file as it reads here."""
        return self.here(service, service.files[inside].read_text())


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_of(service: Service, ground: Ground) -> Start:
    """Prepare what a service needs on disk, and say how it is started. Raises `MissingProgramError`."""
    for inside in (*service.kept, *service.fleeting):
        ground.place(service, inside).mkdir(parents=True, exist_ok=True, mode=0o700)
    return PROGRAMS[service.program].start(service, ground)


def _madoguchi(service: Service, ground: Ground) -> Start:
    given = {name: ground.here(service, value) for name, value in service.environment.items()}
    ports = {
        "MADOGUCHI_HOST": "127.0.0.1",
        "MADOGUCHI_PORT": str(ground.port("bot", 8080)),
        "MADOGUCHI_BACKEND_HOST": "127.0.0.1",
        "MADOGUCHI_BACKEND_PORT": str(ground.port("backend", 8081)),
    }
    return Start((sys.executable, "-m", "madoguchi", *service.command), given | ports)


def _postgres(service: Service, ground: Ground) -> Start:
    programs = postgres.programs()
    if programs is None:
        raise MissingProgramError(postgres.missing())
    become = _NOBODY if os.geteuid() == 0 else ()
    (data,) = (ground.place(service, inside) for inside in service.kept)
    given = {name: ground.here(service, value) for name, value in service.environment.items()}
    if not (data / "PG_VERSION").exists():
        password = Path(given["POSTGRES_PASSWORD_FILE"]).read_text()
        words = ("-D", str(data), "-U", given["POSTGRES_USER"], *given["POSTGRES_INITDB_ARGS"].split())
        make = [*become, str(programs / "initdb"), *words, "--auth-local=reject", "--pwfile=/dev/stdin", "--no-sync"]
        subprocess.run(make, input=password, text=True, check=True, stdout=subprocess.DEVNULL)
        # What the image's own start does: a database of the name that is asked for.
        single = [*become, str(programs / "postgres"), "--single", "-D", str(data), "postgres"]
        create = f"CREATE DATABASE {given['POSTGRES_DB']}\n"
        subprocess.run(single, input=create, text=True, check=True, capture_output=True)
    listening = ("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=")
    words = ("-D", str(data), "-p", str(ground.port(service.name, 5432)), *listening, *service.command[1:])
    return Start((*become, str(programs / "postgres"), *words), {})


def _redis(service: Service, ground: Ground) -> Start:
    words = [ground.here(service, word) for word in service.command[2:]]
    configuration = _configured(service, ground, service.command[1], ground.configuration(service, service.command[1]))
    port = str(ground.port(service.name, 6379))
    words = [_program("redis-server"), str(configuration), *words, "--port", port, "--bind", "127.0.0.1"]
    return Start(tuple(words), {})


def _nginx(service: Service, ground: Ground) -> Start:
    def listen(found: re.Match[str]) -> str:
        return f"listen 127.0.0.1:{ground.port(service.name, int(found[1]))}"

    (inside,) = service.command
    text = re.sub(r"\blisten (\d+)", listen, ground.configuration(service, inside))
    return Start((_program("nginx"), "-g", "daemon off;", "-c", str(_configured(service, ground, inside, text))), {})


def _configured(service: Service, ground: Ground, inside: str, text: str) -> Path:
    place = ground.folder / service.name / Path(inside).name
    place.write_text(text)
    return place


def _program(name: str) -> str:
    # Servers lie where only root looks by default.
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        raise MissingProgramError(f"{name} is not installed (apt-get install {name})")
    return found


class Program(NamedTuple):
    """How a program runs here, and on which ports of its container it answers."""

    start: Callable[[Service, Ground], Start]
    ports: Mapping[str, Sequence[int]]


PROGRAMS = {
    "madoguchi": Program(_madoguchi, {"bot": (8080,), "backend": (8081,), "scheduler": ()}),
    "postgres": Program(_postgres, {"postgres": (5432,), "erasure": (5432,)}),
    "redis": Program(_redis, {"redis": (6379,)}),
    "nginx": Program(_nginx, {"proxy": (8443, 8444, 8088)}),
}
