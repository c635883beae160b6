"""What whoever oversees looks at: cases by overseer, what is owed on them, checks, proposals, absences, links."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from backend.contract import Duty, MoveCase
from backend.contract.links import Link
from backend.contract.oversight import Absence, Check, LogHead
from backend.contract.proposals import Proposal
from backend.domain.case import Case


class Oversight(Protocol):
    """The cases of one organ as they are overseen."""

    def cases(self, overseers: Sequence[str]) -> Sequence[Case]:
        """The cases that these people oversee and that staff see; destroyed ones are none."""

    def granted_to(self, holder: str) -> Sequence[Case]:
        """The cases in which this holder has a key to the facts, and that staff see."""

    def open_duties(self, numbers: Sequence[str]) -> Mapping[str, Sequence[Duty]]:
        """What is still owed on each of these cases."""

    def holders(self, numbers: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """Who holds a key to the facts of each of these cases."""

    def add_check(self, number: str, check: Check) -> bool:
        """Keep a check of an investigation; no, if it is there already."""

    def checks(self, number: str) -> Sequence[Check]:
        """The checks of a case, oldest first."""

    def heads(self) -> Sequence[LogHead]:
        """How far the log of every case goes that staff see."""

    def alerts(self) -> Mapping[str, int]:
        """How many alerts of each kind there are."""


class Proposals(Protocol):
    """What waits for approval, and what became of what waited."""

    def find(self, number: str, proposal_id: str) -> Proposal | None:
        """One of them."""

    def content(self, number: str, proposal_id: str) -> MoveCase | None:
        """The act itself; gone once it waits no more."""

    def wait(self, proposal: Proposal, content: MoveCase) -> None:
        """Keep an act until somebody decides."""

    def decide(self, proposal: Proposal) -> None:
        """Keep what became of a proposal, and drop its content."""

    def of(self, number: str) -> Sequence[Proposal]:
        """All proposals of a case, oldest first."""

    def waiting(self, numbers: Sequence[str]) -> Sequence[Proposal]:
        """What waits on these cases, longest on top."""

    def by(self, proposer: str) -> Sequence[Proposal]:
        """What somebody has proposed, oldest first."""


class Absences(Protocol):
    """Who is away."""

    def declare(self, absence: Absence) -> None:
        """Keep an absence in the place of one with the same first day."""

    def on(self, day: date) -> Mapping[str, date]:
        """Who is away on a day, and until when."""

    def since(self, day: date) -> Sequence[Absence]:
        """Absences that end on a day or later."""

    def of(self, staff_id: str) -> Sequence[Absence]:
        """Those of one person."""


class Links(Protocol):
    """Which cases belong together."""

    def put(self, number: str, link: Link) -> None:
        """Keep a link, in the place of one to the same case."""

    def of(self, number: str) -> Sequence[Link]:
        """The links of a case."""
