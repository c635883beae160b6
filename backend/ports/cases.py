"""The cases of one organ: found, kept as they become, and what may be had of them."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from backend.contract import (
    Alert,
    AlertKind,
    CaseFile,
    CaseLine,
    Compartment,
    Inbox,
    LogEntry,
    SealedPart,
    Side,
    Submission,
)
from backend.domain.case import Case
from backend.domain.letters import StoredLetter


class Cases(Protocol):
    """The cases of one organ and all that lies in them. What is fetched in a writing `Work` stays locked to its end."""

    def behind(self, locator: bytes) -> Case | None:
        """The case whose reporter's token gives this locator."""

    def submitted_as(self, submission_id: str) -> Case | None:
        """The case that a submission has become."""

    def granted(self, number: str, holder: str) -> Case | None:
        """The case, if this holder has a grant in it; without one, or while it is held, there is none for them."""

    def compartments(self, number: str, holder: str) -> Collection[Compartment]:
        """The compartments that this holder has grants for."""

    def add(self, case: Case) -> bool:
        """Keep a new case; no, if its submission or its number is there already."""

    def fill(self, case: Case, sent: Submission) -> bool:
        """Put locator, parts and grants into a new case; no, if the locator leads elsewhere already."""

    def save(self, case: Case) -> None:
        """Keep a case as it has become."""

    def side_of(self, number: str, message_id: str) -> Side | None:
        """Whose letter or part bears that id, held ones included; none's, if there is none such."""

    def alert(self, number: str, staff_id: str, what: AlertKind, on: date) -> None:
        """Tell somebody who oversees of a case; told again of the same, they have the newer day."""

    def add_letter(self, number: str, letter: StoredLetter) -> None:
        """Put a letter at the end of the thread."""

    def add_part(self, number: str, part: SealedPart) -> None:
        """Put a part beside those that came with the report."""

    def add_entry(self, number: str, link: LogEntry) -> None:
        """Append to the case's log."""

    def inbox(self, locator: bytes) -> Inbox | None:
        """What the reporter may have of their case."""

    def answers(self, number: str) -> int:
        """How many letters the reporter may have."""

    def lines(self, holder: str) -> Sequence[CaseLine]:
        """The cases that a holder has grants in, what is due first on top."""

    def alerts(self, holder: str) -> Sequence[Alert]:
        """The cases that went past their desk and of which this person is told."""

    def file(self, number: str, holder: str) -> CaseFile | None:
        """All that a holder may have of a case, sealed."""
