"""Sealed files and what is held for the next batch."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from backend.domain.case import Case
from backend.domain.letters import HeldLetter


class Files(Protocol):
    """Sealed files: put up before the letter that names them, part of a case from then on."""

    def put(self, file_id: str, content: bytes, on: date) -> bool:
        """Keep a file; no, if other bytes bear that id."""

    def attach(self, file_ids: Sequence[str], number: str, *, held: bool) -> bool:
        """Make files part of a case, to be seen by staff with the next batch if `held`.

        No, if one is missing or part of another case. What staff could see before, they see on.
        """

    def content(self, number: str, file_id: str, holder: str) -> bytes | None:
        """The bytes of a case's file, for whoever has a grant in that case."""

    def drop_orphans(self, before: date) -> int:
        """Destroy files put up before a day that no letter has named; how many they were."""


class Batch(Protocol):
    """What is held for the next batch; nothing that staff may ask for looks in here."""

    def hold(self, number: str, letter: HeldLetter) -> None:
        """Keep a letter from staff for now."""

    def waiting(self) -> Sequence[Case]:
        """Cases that are held, or of which something is; not all at once, so ask until there are none."""

    def release(self, number: str) -> Sequence[HeldLetter]:
        """Hold nothing of a case any more: give its letters in the order of their coming, and let its files be seen."""
