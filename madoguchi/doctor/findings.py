"""What was looked at and how it was found, a line each. Holds names of settings, places and counts; never a secret."""

from collections.abc import Callable, Sequence
from enum import StrEnum

import msgspec

from madoguchi.words import Words


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    #: It works, and somebody may come to harm by it.
    WARNING = "warning"
    #: It does not work, or must not be used like this.
    FAULT = "fault"


class Finding(msgspec.Struct, frozen=True):
    """One line: a text of the catalogue, and what fills it."""

    level: Level
    key: str
    params: dict[str, str] = {}

    def told(self, words: Words) -> str:
        """Say it in one language."""
        return words(self.key, **self.params)


def ok(key: str, **params: object) -> Finding:
    """Note that something is as it should be."""
    return _finding(Level.OK, key, params)


def warning(key: str, **params: object) -> Finding:
    """Note what should be better."""
    return _finding(Level.WARNING, key, params)


def fault(key: str, **params: object) -> Finding:
    """Note what must be mended."""
    return _finding(Level.FAULT, key, params)


def either(faulty: Sequence[Finding], fine: Callable[[], Finding]) -> list[Finding]:
    """Return what was found; or, where nothing was, that all is well."""
    return list(faulty) or [fine()]


def _finding(level: Level, key: str, params: dict[str, object]) -> Finding:
    return Finding(level, key, {name: str(value) for name, value in params.items()})
