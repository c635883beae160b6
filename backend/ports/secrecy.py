"""What members have acknowledged and declared, and who holds which keys of a case. Holds no key."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Protocol

from backend.contract import Compartment, Phase, SealedPart
from backend.domain.holdings import Holding


class Declarations(Protocol):
    """What the members of one organ have said before they went near cases."""

    def acknowledged(self, staff_id: str) -> int:
        """The newest version of the rules that a member has acknowledged; 0 if none."""

    def acknowledge(self, staff_id: str, version: int, on: date) -> None:
        """Note that a member has read a version of the rules; of a repeat the first day stays."""

    def of(self, number: str, staff_id: str) -> Mapping[Phase, bool]:
        """In which phases of a case a member has declared, and whether that they have a conflict."""

    def declare(self, number: str, staff_id: str, phase: Phase, on: date, *, conflicted: bool) -> None:
        """Keep a declaration, in the place of an earlier one for that phase."""

    def conflicted(self, number: str) -> Collection[str]:
        """Who has ever declared a conflict in a case."""

    def is_logged(self, number: str, act: str, *, actor: str | None = None, on: date | None = None) -> bool:
        """Tell whether an act stands in a case's log: of somebody, of a day, or at all."""

    def hand_alerts(self, number: str, before: str, after: str | None) -> None:
        """Tell somebody else, or nobody, of all that somebody was told of a case."""


class Keys(Protocol):
    """Who holds which keys of one organ's cases."""

    def holdings(self, number: str) -> Collection[Holding]:
        """All keys of a case that somebody holds."""

    def stale(self, number: str) -> Collection[Compartment]:
        """Compartments that owe a fresh key."""

    def owe(self, number: str, compartments: Collection[Compartment]) -> None:
        """Let compartments owe a fresh key."""

    def renewed(self, number: str, compartment: Compartment) -> None:
        """Let a compartment owe none any more."""

    def add_part(self, number: str, part: SealedPart) -> bool:
        """Keep a part that came after the report; no, if its id is taken."""
