"""Where a key or a table stands in a TOML file, so that a fault can name its line; the standard reader keeps no places.

Expects text that `tomllib` has accepted, and checks nothing again. A path is the way to a thing in what was read: keys
and, in lists, positions from 0. Lines are counted from 1.
"""

import re
import tomllib
from collections.abc import Callable, Mapping

Path = tuple[str | int, ...]

#: `tomllib` says the place in words only.
_SAID = re.compile(r"\(at line (\d+), column \d+\)")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_GAP = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
#: Long quotes first: they may hold quotes and ends of lines.
_STRING = re.compile(
    r"""
    \"{3} (?: [^\\] | \\. )*? \"{3,5}
    | '{3} .*? '{3,5}
    | " (?: [^"\\\n] | \\. )* "
    | ' [^'\n]* '
    """,
    re.DOTALL | re.VERBOSE,
)
_PLAIN = re.compile(r"[^,\]}\n#]*")


def lines_of(source: str) -> dict[Path, int]:
    """Give the line of every table, key and element of a list, by its path."""
    return _Walk(source).found


def line_at(lines: Mapping[Path, int], path: Path) -> int:
    """Give the line of a thing or, where it is missing, of the nearest thing around it that is there."""
    return next((lines[path[:end]] for end in range(len(path), -1, -1) if path[:end] in lines), 1)


def line_of_fault(source: str, fault: tomllib.TOMLDecodeError) -> int:
    """Give the line at which text stops being TOML: the last one where it ends too soon."""
    said = _SAID.search(str(fault))
    return int(said[1]) if said else source.rstrip("\n").count("\n") + 1


class _Walk:
    """One walk through a text; `found` fills up on the way."""

    def __init__(self, source: str) -> None:
        self.found: dict[Path, int] = {}
        self._source = source
        self._at = 0
        self._counted, self._line = 0, 1
        #: How many tables each list of tables has so far.
        self._tables: dict[Path, int] = {}
        self._here: Path = ()
        self._skip(_BLANK)
        while self._at < len(source):
            self._statement()
            self._skip(_BLANK)

    def _statement(self) -> None:
        if self._source.startswith("[[", self._at):
            self._header(2, self._next_table)
        elif self._source[self._at] == "[":
            self._header(1, self._resolved)
        else:
            self._pair(self._here)

    def _header(self, brackets: int, place: Callable[[Path], Path]) -> None:
        line = self._line_here()
        self._at += brackets
        self._here = place(self._key())
        self._at += brackets
        self._note(self._here, line)

    def _next_table(self, key: Path) -> Path:
        path = (*self._resolved(key[:-1]), key[-1])
        self._tables[path] = self._tables.get(path, 0) + 1
        return (*path, self._tables[path] - 1)

    def _resolved(self, key: Path) -> Path:
        """A name on the way that is a list of tables means the last of them."""
        path: Path = ()
        for part in key:
            path = (*path, part)
            if path in self._tables:
                path = (*path, self._tables[path] - 1)
        return path

    def _pair(self, table: Path) -> None:
        line = self._line_here()
        path = (*table, *self._key())
        self._note(path, line)
        # The sign of equality.
        self._at += 1
        self._skip(_GAP)
        self._value(path)

    def _key(self) -> Path:
        parts: list[str] = []
        while True:
            self._skip(_GAP)
            if self._source[self._at] in "\"'":
                parts.append(tomllib.loads(f"key = {self._skip(_STRING)}")["key"])
            else:
                parts.append(self._skip(_BARE_KEY))
            self._skip(_GAP)
            if self._source[self._at] != ".":
                return tuple(parts)
            self._at += 1

    def _value(self, path: Path) -> None:
        first = self._source[self._at]
        if first in "\"'":
            self._skip(_STRING)
        elif first == "[":
            self._list(path)
        elif first == "{":
            self._within("}", lambda _: self._pair(path))
        else:
            self._skip(_PLAIN)

    def _list(self, path: Path) -> None:
        def element(place: int) -> None:
            self._note((*path, place), self._line_here())
            self._value((*path, place))

        self._within("]", element)

    def _within(self, end: str, element: Callable[[int], None]) -> None:
        place = 0
        self._at += 1
        self._skip(_BLANK)
        while self._source[self._at] != end:
            element(place)
            place += 1
            self._skip(_BLANK)
            if self._source[self._at] == ",":
                self._at += 1
                self._skip(_BLANK)
        self._at += 1

    def _note(self, path: Path, line: int) -> None:
        for end in range(1, len(path) + 1):
            self.found.setdefault(path[:end], line)

    def _line_here(self) -> int:
        self._line += self._source.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._source, self._at)
        text = match[0] if match else ""
        self._at += len(text)
        return text
