"""Reads `compose.yaml` as a container engine would, as far as plain processes need it: which service runs what, where.

Fills in `${NAME}`, `${NAME:-else}` and `${NAME:?complaint}` from the given settings. Knows no program and starts none;
refuses a file that names a setting which is not there.
"""

import os
import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

Settings = Mapping[str, str]

_SETTING = re.compile(r"\$\{(?P<name>\w+)(?:(?P<how>:[-?])(?P<otherwise>[^}]*))?\}")
_LINE = re.compile(r"\s*(?P<name>[A-Za-z_]\w*)=(?P<value>.*)")


class MissingSettingError(Exception):
    """A setting that `compose.yaml` asks for is not set; the message is the file's own."""


class Service(NamedTuple):
    """One service: what runs, with which words and settings, and what lies at which place of its file system."""

    name: str
    image: str
    command: tuple[str, ...]
    environment: Settings
    #: Places in the container that are files of this machine: secrets and configuration.
    files: Mapping[str, Path]
    #: Folders in the container that are its own: volumes (kept) and memory (not kept).
    kept: tuple[str, ...]
    fleeting: tuple[str, ...]
    #: Services that must answer before this one starts.
    after: tuple[str, ...]

    @property
    def program(self) -> str:
        """The image without its tag: `postgres`, `madoguchi`."""
        return self.image.partition(":")[0]


def read_env(file: Path) -> dict[str, str]:
    """Read settings as lines `NAME=value`, quotes around a value taken off; none where there is no file."""
    lines = file.read_text().splitlines() if file.exists() else []
    found = (_LINE.fullmatch(line) for line in lines if not line.lstrip().startswith("#"))
    return {line["name"]: " ".join(shlex.split(line["value"])) for line in found if line}


def read_compose(file: Path, settings: Settings) -> dict[str, Service]:
    """Read all services. Raises `MissingSettingError`."""
    content = _filled(yaml.safe_load(file.read_text()), settings)
    secrets = {name: _beside(file, each["file"]) for name, each in content["secrets"].items()}
    return {name: _service(file, name, each, secrets, settings) for name, each in content["services"].items()}


def _service(file: Path, name: str, given: dict[str, Any], secrets: Mapping[str, Path], settings: Settings) -> Service:
    mounts = [mount.split(":") for mount in given.get("volumes", [])]
    ours = {place: _beside(file, source) for source, place, *_ in mounts if source.startswith(".")}
    asked = settings if "env_file" in given else {}
    return Service(
        name=name,
        image=given["image"],
        command=tuple(given.get("command", ())),
        environment={**asked, **given.get("environment", {})},
        files=ours | {f"/run/secrets/{secret}": secrets[secret] for secret in given.get("secrets", ())},
        kept=tuple(place for source, place, *_ in mounts if not source.startswith(".")),
        fleeting=tuple(place.partition(":")[0] for place in given.get("tmpfs", ())),
        after=tuple(given.get("depends_on", ())),
    )


def _beside(file: Path, named: str) -> Path:
    return Path(os.path.normpath(file.parent.absolute() / named))


def _filled(part: Any, settings: Settings) -> Any:  # noqa: ANN401 - any part of a YAML document
    if isinstance(part, dict):
        return {key: _filled(value, settings) for key, value in part.items()}
    if isinstance(part, list):
        return [_filled(value, settings) for value in part]
    return _SETTING.sub(lambda found: _setting(found, settings), part) if isinstance(part, str) else part


def _setting(found: re.Match[str], settings: Settings) -> str:
    value = settings.get(found["name"], "")
    if value or found["how"] is None:
        return value
    if found["how"] == ":?":
        raise MissingSettingError(f"{found['name']}: {found['otherwise']}")
    return found["otherwise"]
