"""Reading a hand-written TOML table field by field, so that all its faults are told at once, each with file and key.

Knows TOML and nothing of organs. A faulty field gives a harmless value and a fault; whoever reads must look at the
faults.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path as FilePath
from typing import TypeVar, cast

import msgspec

from madoguchi.organ.lines import Path, line_at
from madoguchi.words import LANGUAGES, Words

_Value = TypeVar("_Value")

#: How a type is called in the catalogue (`organ.fault.kind.*`).
_KINDS: Mapping[type, str] = {str: "words", int: "number", date: "date", list: "list", dict: "table"}


class Fault(msgspec.Struct, frozen=True):
    """One thing wrong: its place in the file, and a key of the catalogue."""

    path: Path
    key: str
    params: dict[str, str] = {}

    @property
    def where(self) -> str:
        """The place as people write it: `members[2].roles`, counted from 1."""
        return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in self.path).lstrip(".")

    def in_file(self, file: FilePath, lines: Mapping[Path, int]) -> "PlacedFault":
        """Say where it stands."""
        return PlacedFault(file, line_at(lines, self.path), self.where, self.key, self.params)


class PlacedFault(msgspec.Struct, frozen=True):
    """A fault with the file and the line that it stands in."""

    file: FilePath
    line: int
    where: str
    key: str
    params: dict[str, str] = {}

    def told(self, words: Words) -> str:
        """Return the sentence that the administrator reads."""
        where = f"{self.where}: " if self.where else ""
        return f"{words('organ.fault.at', file=self.file, line=self.line)} {where}{words(self.key, **self.params)}"


class Fields:
    """One table of a TOML file; faults of all tables below it are collected in one list."""

    def __init__(self, table: Mapping[str, object], path: Path = (), faults: list[Fault] | None = None) -> None:
        self._table = table
        self._path = path
        self._unread = set(table)
        self.faults: list[Fault] = [] if faults is None else faults

    def words(self, key: str) -> str:
        """Return a text that must be there and not blank."""
        return self._get(key, str, "")

    def maybe_words(self, key: str) -> str | None:
        """Return a text that may be missing."""
        return self._get(key, str, "") if key in self._table else None

    def number(self, key: str, standard: int) -> int:
        """Return a whole number above zero, or the standard where none is given."""
        value = self._get(key, int, standard) if key in self._table else standard
        if value < 1:
            self.fault(key, "organ.fault.too_small")
        return value

    def day(self, key: str) -> date:
        """Return a date that must be there."""
        return self._get(key, date, date.min)

    def all_of(self, key: str, known: Collection[str] | None = None) -> tuple[str, ...]:
        """Return a list of words, each of them one of `known` where that is given; empty where the key is missing."""
        values = self._get(key, list, cast("list[object]", [])) if key in self._table else []
        for value in values:
            if not isinstance(value, str) or (known is not None and value not in known):
                self.fault(key, "organ.fault.not_one_of", value=value, known=", ".join(known or ()))
        return tuple(value for value in values if isinstance(value, str))

    def one_of(self, key: str, known: Collection[str]) -> str:
        """Return a word out of `known`."""
        value = self.words(key)
        if value and value not in known:
            self.fault(key, "organ.fault.not_one_of", value=value, known=", ".join(known))
        return value

    def by_language(self, key: str, *, needed: bool = True) -> dict[str, str]:
        """Return words in each of our languages; an optional table may leave languages out, or be missing."""
        if not needed and key not in self._table:
            return {}
        below = Fields(self._get(key, dict, {}), (*self._path, key), self.faults)
        return {language: below.words(language) for language in LANGUAGES if needed or language in below._table}

    def table_of_words(self, key: str) -> dict[str, str]:
        """Return a table of words under whatever keys; empty where it is missing."""
        if key not in self._table:
            return {}
        below = Fields(self._get(key, dict, {}), (*self._path, key), self.faults)
        return {name: below.words(name) for name in below._table}

    def truth(self, key: str, *, standard: bool) -> bool:
        """Return yes or no, or the standard where neither is given."""
        self._unread.discard(key)
        value = self._table.get(key, standard)
        if not isinstance(value, bool):
            self.fault(key, "organ.fault.wrong_kind", kind="@organ.fault.kind.truth")
        return value is True

    def below(self, key: str) -> "Fields":
        """Return a table below this one; an empty one where it is missing."""
        return Fields(self._get(key, dict, {}) if key in self._table else {}, (*self._path, key), self.faults)

    @property
    def path(self) -> Path:
        """The way to this table."""
        return self._path

    def is_table(self, key: str) -> bool:
        """Tell whether there is a table of this name."""
        return isinstance(self._table.get(key), dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The keys of this table, in the order of the file."""
        return tuple(self._table)

    def raw(self, key: str) -> Mapping[str, object]:
        """Return a table as it stands, for somebody who reads its shape in one go; empty where it is missing."""
        return self._get(key, dict, {}) if key in self._table else {}

    def tables(self, key: str, *, needed: bool = True) -> Iterator["Fields"]:
        """Yield the tables of a list, each with its place."""
        if not needed and key not in self._table:
            return
        for place, table in enumerate(self._get(key, list, cast("list[object]", []))):
            if isinstance(table, dict):
                below = Fields(table, (*self._path, key, place), self.faults)
                yield below
                below.done()
            else:
                self.fault(key, "organ.fault.wrong_kind", kind="@organ.fault.kind.table")

    def done(self) -> None:
        """Say that all fields were asked for: what is left is a slip of the pen."""
        for key in sorted(self._unread):
            self.fault(key, "organ.fault.unknown_key")

    def fault(self, key: str | Path, text: str, **params: object) -> None:
        """Add a fault of this table: of a key, or of what a path leads to further down."""
        path = (key,) if isinstance(key, str) else key
        self.faults.append(Fault((*self._path, *path), text, {name: str(value) for name, value in params.items()}))

    def _get(self, key: str, kind: type[_Value], harmless: _Value) -> _Value:
        self._unread.discard(key)
        value = self._table.get(key)
        if value is None or value == "":
            self.fault(key, "organ.fault.missing")
            return harmless
        if not isinstance(value, kind) or isinstance(value, bool):
            self.fault(key, "organ.fault.wrong_kind", kind=f"@organ.fault.kind.{_KINDS[kind]}")
            return harmless
        return value
