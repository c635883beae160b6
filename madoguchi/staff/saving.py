"""Bringing a case's files onto the disk: decrypted, readable by the owner alone, under names of our own making.

A file's name comes from a stranger: it is cut to harmless characters, numbered, and never used to choose a place.
Nothing is parsed, opened or overwritten here.
"""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from bot.anonymity.errors import ForgedError, NotOpenedError
from bot.anonymity.files import open_file
from bot.anonymity.letters import FileKey, Message, read
from bot.anonymity.opening import OpenedCase
from bot.anonymity.signing import REPORTER, Kind
from madoguchi import private_files
from madoguchi.staff.client import DeskClient
from madoguchi.staff.opening import Sheet
from madoguchi.words import NotDoneError

#: Short enough for every file system, with the number in front.
_LONGEST_STEM = 60
_EXTENSION = re.compile(r"[a-z0-9]{1,8}")


def files_of(case: OpenedCase) -> tuple[FileKey, ...]:
    """Return all files that verified letters of the reporter name, in order, each once."""
    return tuple({one.file_id: one for one in _named(case)}.values())


class AtDesk(Protocol):
    """Somebody with a connection to the case store."""

    @property
    def desk(self) -> DeskClient:
        """The connection."""


async def save_files(chair: AtDesk, sheet: Sheet, folder: Path) -> tuple[tuple[Path, ...], int]:
    """Fetch, open and write all files of a case; return where they are, and how many could not be opened.

    Raises `NotDoneError` rather than write over a file that is there.
    """
    saved, failed = [], 0
    for place, file in enumerate(files_of(sheet.case), 1):
        try:
            ciphertext = await chair.desk.file(sheet.file.line.case_number, file.file_id)
            content = open_file(file.key, ciphertext, file.file_id, file.digest)
        except NotOpenedError:
            failed += 1
            continue
        path = folder / harmless_name(place, file.name)
        try:
            private_files.create(path, content)
        except FileExistsError as taken:
            raise NotDoneError("save.exists", file=path) from taken
        saved.append(path)
    return tuple(saved), failed


def harmless_name(place: int, name: str) -> str:
    """Return a name, number in front, with nothing in it that a shell, a file system or an eye could trip over."""
    plain = unicodedata.normalize("NFKC", name.encode(errors="replace").decode())
    stem, dot, extension = plain.rpartition(".")
    stem, extension = (stem, extension.lower()) if dot and _EXTENSION.fullmatch(extension.lower()) else (plain, "")
    cleaned = "".join(char if char.isalnum() else "-" for char in stem)
    short = re.sub("-+", "-", cleaned).strip("-")[:_LONGEST_STEM] or "file"
    return f"{place:02}-{short}{'.' if extension else ''}{extension}"


def _named(case: OpenedCase) -> Iterator[FileKey]:
    yield from case.facts.files
    for letter in case.thread.letters:
        if (letter.envelope.author, letter.envelope.kind) == (REPORTER, Kind.MESSAGE):
            try:
                yield from read(Message, letter.envelope.body).files
            except ForgedError:
                # Signed by the reporter but of another shape: shown as unreadable in the thread, and holding no files.
                continue
