"""Settings of the case store, from the environment, checked whole at start: every fault is named at once.

Holds no key and no token: of credentials only the SHA-256. Messages name settings and kinds of fault, never values.
"""

import os
import re
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from pydantic import AfterValidator, Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from backend.contract import Role
from backend.domain.batches import StaffBatch
from backend.domain.people import Caller

_PREFIX: Final = "MADOGUCHI_"
_CREDENTIALS_FILE: Final = Path("keys/backend/credentials.json")
#: Both ways of writing a SQLite address are in use; the driver is ours either way.
_DATABASES: Final = ("sqlite:///", "postgresql+asyncpg://", "sqlite+aiosqlite:///")
_ORGAN: Final = re.compile(r"[a-z0-9-]{1,64}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class SettingsFaultyError(Exception):
    """The operator must correct settings; `faults` has one sentence for each."""

    def __init__(self, faults: Sequence[str]) -> None:
        """Name every fault at once."""
        super().__init__(" ".join(faults))
        self.faults: Final = tuple(faults)


def _known_database(url: str) -> str:
    if not url.startswith(_DATABASES):
        message = f"must begin with {' or '.join(_DATABASES[:2])}"
        raise ValueError(message)
    return url


def _known_erasure(url: str) -> str:
    return url and _known_database(url)


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        message = "must be a time zone that this machine knows, such as Asia/Tokyo"
        raise ValueError(message) from unknown
    return name


class Place(StrEnum):
    """Where what is done unasked is done."""

    INSIDE = "inside"
    """In each process of the case store; several do no harm."""
    APART = "apart"
    """In a process of its own, `madoguchi scheduler`."""


class BackendSettings(BaseSettings):
    """What an operator may set; each is read from the variable `MADOGUCHI_` and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, extra="ignore", hide_input_in_errors=True)

    database_url: Annotated[str, AfterValidator(_known_database)] = Field(
        default="sqlite:///var/cases.db",
        repr=False,
        description="Where cases are kept: a file (sqlite:///PATH) or a server (postgresql+asyncpg://...).",
    )
    erasure_url: Annotated[str, AfterValidator(_known_erasure)] = Field(
        default="",
        repr=False,
        validate_default=True,
        description="Where erasure keys are kept, apart from the cases: a file beside theirs, or a server's database.",
    )
    credentials_file: Path = Field(
        default=_CREDENTIALS_FILE,
        description="Which organs are served, with the SHA-256 of the bot's and the publisher's bearer token for each.",
    )
    max_file_bytes: int = Field(
        default=64 * 2**20, ge=2**16, le=2**30, description="The largest sealed file that is taken, in bytes."
    )
    time_zone: Annotated[str, AfterValidator(_known_zone)] = Field(
        default="Asia/Tokyo", description="The time zone that decides on which day something happened."
    )
    staff_batch: StaffBatch = Field(
        default=StaffBatch.HOUR,
        description="When staff see what reporters did: `hour`, all of it together on the full hour, or `once`.",
    )
    scheduler: Place = Field(
        default=Place.INSIDE,
        description="Where the clockwork runs: `inside` the case store, or `apart` as `madoguchi scheduler`.",
    )
    backend_host: str = Field(
        default="127.0.0.1",
        description="The address on which the case store listens.",
    )
    backend_port: int = Field(
        default=8081,
        ge=0,
        le=65535,
        description="The port on which the case store listens; 0 takes a free one.",
    )
    backend_socket: Path | None = Field(
        default=None,
        description="A Unix socket on which the case store listens as well, for a bot on the same machine.",
    )

    @field_validator("erasure_url")
    @classmethod
    def _stands_apart(cls, url: str, info: ValidationInfo) -> str:
        if "database_url" not in info.data:
            # What is wrong with that one is said already.
            return url
        cases = info.data["database_url"]
        in_file = cases.startswith("sqlite")
        if not url and not in_file:
            message = "must name a database of its own where cases are kept on a server"
        elif url and url.startswith("sqlite") is not in_file:
            message = "must be a file where cases are kept in one, and a server where they are kept on one"
        elif url == cases:
            message = "must not be where cases are kept"
        else:
            return url or f"{cases.rpartition('/')[0]}/erasure.db"
        raise ValueError(message)

    @field_validator("scheduler")
    @classmethod
    def _has_a_clock(cls, place: Place, info: ValidationInfo) -> Place:
        if place is Place.APART and info.data.get("database_url", "").startswith("sqlite"):
            message = "must be `inside` where cases are kept in a file, which has one process"
            raise ValueError(message)
        return place


class Credential(msgspec.Struct, frozen=True):
    """A bearer token, as far as the store may know it, and what it is good for."""

    sha256: bytes
    caller: Caller


def read_settings() -> BackendSettings:
    """Read the environment. Raises `SettingsFaultyError` with every fault, the credentials file's too."""
    settings, faults = _from_environment()
    try:
        read_credentials(settings.credentials_file if settings else _named_credentials_file())
    except SettingsFaultyError as faulty:
        faults += faulty.faults
    if settings is None or faults:
        raise SettingsFaultyError(faults)
    return settings


def read_credentials(path: Path) -> tuple[Credential, ...]:
    """Read the credentials file: `{"organs": {"ORGAN": {"publisher": "SHA-256 in hex", "intake": "..."}}}`.

    Raises `SettingsFaultyError` if there is none, or for every entry that makes no sense.
    """
    shape = dict[str, dict[str, dict[str, str]]]
    try:
        organs = msgspec.json.decode(path.read_bytes(), type=shape)["organs"]
    except (OSError, msgspec.DecodeError, KeyError):
        faults = ["MADOGUCHI_CREDENTIALS_FILE: there is no readable credentials file at this place."]
        raise SettingsFaultyError(faults) from None
    entries = [(organ, role, digest) for organ, roles in organs.items() for role, digest in roles.items()]
    if not all(
        _ORGAN.fullmatch(o) and r in {Role.INTAKE, Role.PUBLISHER} and _SHA256.fullmatch(d) for o, r, d in entries
    ):
        faults = ["MADOGUCHI_CREDENTIALS_FILE: an organ, a role or a SHA-256 in it is misspelt."]
        raise SettingsFaultyError(faults)
    return tuple(Credential(bytes.fromhex(d), Caller(role=Role(r), organ=o)) for o, r, d in entries)


def _from_environment() -> tuple[BackendSettings | None, list[str]]:
    try:
        return BackendSettings(), []
    except ValidationError as invalid:
        return None, [_sentence(fault["loc"], fault["msg"]) for fault in invalid.errors()]


def _named_credentials_file() -> Path:
    # Other settings are faulty, and yet the file's own faults are to be named along with theirs.
    return Path(os.environ.get(f"{_PREFIX}CREDENTIALS_FILE", _CREDENTIALS_FILE))


def _sentence(place: tuple[int | str, ...], message: str) -> str:
    variable = _PREFIX + "".join(str(step) for step in place[:1]).upper()
    return f"{variable}: {message.removeprefix('Value error, ')}."
