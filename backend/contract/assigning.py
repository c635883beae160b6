"""Who is responsible for a case, who stands in, to which desk it goes, and who oversees it."""

from datetime import date
from enum import StrEnum

from backend.contract.handling import CaseLine, FromStaff
from backend.contract.proposals import Proposal
from backend.contract.words import Record


class Need(StrEnum):
    """Why somebody should look at who is responsible for a case."""

    OWNER = "owner"
    """Nobody is responsible."""
    STAND_IN = "stand_in"
    """Whoever is responsible is away."""
    SUCCESSOR = "successor"
    """Whoever is responsible has left, or has no key to it any more."""
    ROTATION = "rotation"
    """The same person has been responsible for longer than the organ wants it."""
    SECOND_KEY = "second_key"
    """Only one person holds a key to the facts."""
    OVERSEER = "overseer"
    """Whoever oversaw it does not hold that office any more."""


class AssignCase(Record, frozen=True):
    """Make somebody the responsible person of a case; they must hold a key to its facts."""

    owner: str


class Oversee(Record, frozen=True):
    """Put a case under whoever oversees now, as its sealed facts allow: nobody it is kept from."""

    overseer: str | None
    stand_in: str | None = None


class ResponsibleLine(Record, frozen=True):
    """One case and what it needs of its desk."""

    line: CaseLine
    needs: tuple[Need, ...]
    owned_on: date | None = None
    #: Until when the responsible person is away.
    away_until: date | None = None
    #: The one person who holds a key to the facts, where there is only one.
    only_holder: str | None = None


class Responsibilities(Record, frozen=True):
    """What a staff member should see to: cases that need somebody, and acts of theirs that did not leave."""

    cases: tuple[ResponsibleLine, ...]
    returned: tuple[Proposal, ...]


class TransferDesk(Record, frozen=True):
    """Give a case to another desk of the organ, whose people were given keys, with the notice for the reporter."""

    desk: str
    letter: FromStaff
