"""The TOML files that an administrator writes, read with the lines of what stands in them; and what is wrong with them.

A file that cannot be read at all is a fault like any other, so that the faults of its neighbours are told along.
"""

import tomllib
from collections.abc import Iterable
from pathlib import Path as FilePath
from typing import Any

import msgspec

from madoguchi.organ.fields import Fields, PlacedFault
from madoguchi.organ.lines import Path, line_of_fault, lines_of
from madoguchi.words import NotDoneError, Words


class Source(msgspec.Struct, frozen=True):
    """One file as it was read."""

    file: FilePath
    table: dict[str, Any]
    lines: dict[Path, int]

    def faults_of(self, fields: Fields) -> tuple[PlacedFault, ...]:
        """Place what a reader of this file found."""
        return tuple(fault.in_file(self.file, self.lines) for fault in fields.faults)


class DocumentFaultyError(NotDoneError):
    """The administrator corrects the files; all faults are listed."""

    def __init__(self, file: FilePath, faults: Iterable[PlacedFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("organ.faulty", file=file, count=len(self.faults))
        self.file = file

    def told(self, words: Words) -> list[str]:
        """Return one sentence a fault, each with file, line and key."""
        return [*super().told(words), *(fault.told(words) for fault in self.faults)]


def read_source(file: FilePath) -> Source | PlacedFault:
    """Read a file, or say at which line it stops being TOML. Raises `NotDoneError` where there is no readable file."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as strange:
        return PlacedFault(file, 1 + strange.object[: strange.start].count(b"\n"), "", "organ.fault.not_utf8")
    except OSError as missing:
        raise NotDoneError("organ.no_document", file=file) from missing
    try:
        return Source(file, tomllib.loads(text), lines_of(text))
    except tomllib.TOMLDecodeError as broken:
        return PlacedFault(file, line_of_fault(text, broken), "", "organ.fault.not_toml", {"why": str(broken)})
