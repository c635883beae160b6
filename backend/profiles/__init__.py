"""Policy profiles: what an organ starts from, as data. Each is a TOML file here and a `Policy` once read.

Another country's law is another file. What is wrong in one is a mistake of ours and stops the program.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from backend.contract import Policy

#: What an organ has that names no other.
STANDARD: Final = "jp-national-organ"


def profile_names() -> tuple[str, ...]:
    """All profiles there are."""
    return tuple(
        sorted(file.name.removesuffix(".toml") for file in files(__name__).iterdir() if file.name.endswith(".toml"))
    )


@cache
def profile(name: str = STANDARD) -> Policy:
    """Read a profile. Raises `KeyError` for a name that none has."""
    if name not in profile_names():
        raise KeyError(name)
    table = tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))
    return msgspec.convert({"profile": name, **table}, Policy)
