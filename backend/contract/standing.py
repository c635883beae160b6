"""How a case stands beside its letters."""

from backend.contract.links import Link
from backend.contract.oversight import Check
from backend.contract.proposals import Proposal
from backend.contract.words import Move, Record


class Standing(Record, frozen=True):
    """What those who hold a key to a case may know of it beside its letters."""

    #: Who holds a key to the facts.
    holders: tuple[str, ...]
    #: Newest last.
    proposals: tuple[Proposal, ...]
    checks: tuple[Check, ...]
    #: Links to cases that the caller may open as well.
    links: tuple[Link, ...]
    overseer: str | None = None
    #: Who oversees while the overseer is away.
    stand_in: str | None = None
    #: Moves that leave only when the overseer has approved them.
    approvals: tuple[Move, ...] = ()
