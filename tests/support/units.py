"""Runs a service as its systemd unit says, where no systemd runs: user, settings, credentials, folders, program.

Reads unit files and drop-ins, and of them what decides what the program is given. What walls it in (the kernel's part)
is left to `systemd-analyze`.
"""

import os
import pwd
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.support.cluster_compose import read_env

_LINE = re.compile(r"^([A-Za-z]+)=(.*)$", re.MULTILINE)


class Machine(NamedTuple):
    """Where the folders of a machine lie: `/`, or a folder that plays it."""

    root: Path
    #: What stands for a path of the machine elsewhere, such as an installed program.
    instead: Mapping[str, str] = {}

    def here(self, text: str) -> str:
        """A text with paths of the machine as they are here."""
        for path, other in self.instead.items():
            text = text.replace(path, other)
        return re.sub(r"(?<![\w/.-])/(etc|var|run)/", lambda found: f"{self.root / found[1]}/", text)


class Unit:
    """A unit that is installed on a machine; `name` may be an instance such as `doctor@bot.service`."""

    def __init__(self, machine: Machine, name: str) -> None:
        self.name = name
        self._machine = machine
        self._lines = [line for file in self._files() for line in _LINE.findall(file.read_text())]

    def _files(self) -> Iterator[Path]:
        place = self._machine.root / "etc/systemd/system"
        template, at, instance = self.name.removesuffix(".service").partition("@")
        yield place / f"{template}{at}.service"
        if instance:
            yield from sorted((place / f"{self.name}.d").glob("*.conf"))

    def all(self, key: str) -> list[str]:
        """Every value of a key, paths as they are here."""
        instance = self.name.removesuffix(".service").partition("@")[2]
        folders = {"%d": self.credentials, "%S": self._machine.root / "var/lib", "%t": self._machine.root / "run"}
        values = [self._machine.here(value) for name, value in self._lines if name == key]
        for specifier, folder in folders.items():
            values = [value.replace(specifier, str(folder)) for value in values]
        return [value.replace("%i", instance) for value in values]

    @property
    def credentials(self) -> Path:
        """Where the service finds its secrets."""
        return self._machine.root / "run/credentials" / self.name

    def prepare(self) -> dict[str, str]:
        """Make folders and credentials as the service manager would, and return the environment."""
        for key, top in (("StateDirectory", "var/lib"), ("RuntimeDirectory", "run")):
            for name in self.all(key):
                self._own(self._machine.root / top / name)
        self._own(self.credentials)
        for loaded in self.all("LoadCredential"):
            name, _, source = loaded.partition(":")
            target = self.credentials / name
            target.unlink(missing_ok=True)
            shutil.copyfile(source, target)
            self._own(target, 0o400)
        environment = dict(each.split("=", 1) for each in self.all("Environment"))
        for file in self.all("EnvironmentFile"):
            environment |= {name: self._machine.here(value) for name, value in read_env(Path(file)).items()}
        return {"PATH": "/usr/bin:/bin", **environment}

    def start(self, log: Path, **more: str) -> "subprocess.Popen[bytes]":
        """Start the service, with further settings."""
        environment = self.prepare() | more
        (words,) = self.all("ExecStart")
        with log.open("ab") as out:
            return subprocess.Popen(
                [*self._as_user(), *shlex.split(words)], env=environment, cwd="/", stdout=out, stderr=out
            )

    def _as_user(self) -> list[str]:
        user = self._user()
        ids = ["--reuid", str(user.pw_uid), "--regid", str(user.pw_gid), "--clear-groups"] if user else []
        return ["setpriv", *ids, "--no-new-privs"]

    def _own(self, path: Path, mode: int = 0o700) -> None:
        if not path.exists():
            path.mkdir(parents=True)
        path.chmod(mode)
        user = self._user()
        if user:
            os.chown(path, user.pw_uid, user.pw_gid)

    def _user(self) -> pwd.struct_passwd | None:
        """The service's user, where there is one and we may become it."""
        (name,) = self.all("User")
        known = {each.pw_name: each for each in pwd.getpwall()}
        return known.get(name) if os.geteuid() == 0 else None
