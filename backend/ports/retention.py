"""What is kept of cases until when, what stops their destruction, and the destruction itself."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

import msgspec

from backend.contract import LogEntry, PreservedLine, Stage
from backend.domain.case import Case
from backend.domain.retention import Hold, Transfer


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """One case as whoever goes through all of them sees it."""

    number: str
    submission_id: str
    stage: Stage
    #: Absent for one from before there were erasure keys.
    erasure_id: str | None


class Retention(Protocol):
    """The keeping of one organ's cases. What is fetched in a writing `Work` stays locked to its end."""

    def case(self, number: str) -> Case | None:
        """A case, whoever asks; who may is decided by the caller. Of a destroyed one, what is left."""

    def hold(self, number: str) -> Hold | None:
        """What stops the destruction of a case, if anything does."""

    def put_hold(self, number: str, hold: Hold) -> None:
        """Keep a hold in the place of an earlier one."""

    def drop_hold(self, number: str) -> None:
        """Let nothing stop the destruction any more."""

    def put_transfer(self, number: str, transfer: Transfer) -> None:
        """Note which archive has a case, in the place of an earlier note."""

    def undecided(self, by: date) -> Sequence[tuple[Case, PreservedLine]]:
        """Cases whose preservation is over by a day, longest due on top."""

    def erase(self, case: Case) -> None:
        """Delete all there is of a case but its row and where it was transferred to; the caller saves what remains."""

    def receipt(self, number: str) -> LogEntry | None:
        """The last entry of a case's log."""

    def every(self, after: str) -> Sequence[Kept]:
        """The next cases in the order of their numbers; none when all were given."""

    def mailboxes(self) -> Sequence[str]:
        """Some of the mailboxes that the bot must forget."""

    def forgotten(self, mailboxes: Sequence[str]) -> None:
        """Strike out mailboxes that the bot has forgotten."""
