"""What the mechanism tells reporters."""

from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol

from backend.contract import CheckInAnswer, Obligation, Reminder, StandardNotice
from backend.domain.case import Case


class Notices(Protocol):
    """The standard notices of one organ's cases."""

    def of(self, number: str) -> Sequence[StandardNotice]:
        """All notices of a case, oldest first."""

    def add(self, number: str, notice: StandardNotice) -> None:
        """Keep a new one."""

    def answer(self, number: str, notice_id: str, answer: CheckInAnswer) -> None:
        """Keep what the reporter answers; it takes the place of an earlier answer."""


class Mark(StrEnum):
    """Which day of a duty shows that something is done about it; the name of a field of `Duty`."""

    ENDED = "ended_on"
    REMINDED = "reminded_on"
    ESCALATED = "escalated_on"
    TOLD = "told_on"


class Dues(Protocol):
    """Cases on which the clock has something to do: some dozens of them, each locked to the end of the transaction.

    Left out are cases that somebody else has locked now, and cases that staff do not see yet.
    """

    def on(
        self, mark: Mark, obligations: Collection[Obligation], until: date, begun: date = date.max
    ) -> Sequence[Case]:
        """Cases with something open of these obligations that falls due by a day and is not marked so.

        With `begun`, only what had begun by that day.
        """

    def reminders(self, staff_id: str) -> Sequence[Reminder]:
        """What somebody is reminded of, what falls due first on top: of the cases granted to them what desks owe.

        Of the cases that they oversee, what they owe themselves.
        """

    def reminded(self, overseer: str) -> int:
        """How many reminders the desks have about the cases that somebody oversees."""

    def stopped(self) -> Sequence[Case]:
        """Cases with a check-in still to come whose reporter wants to be asked no more."""

    def unreached(self) -> Sequence[Case]:
        """Cases whose push rests, of which nobody was told."""
