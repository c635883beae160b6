"""What is said about who may go near a case: rules that were read, conflicts, keys given, taken away and made anew.

Keys cross here sealed, as `SealedGrant`; the store learns who holds one and for which compartment, never what it is.
"""

from backend.contract.handling import FromStaff
from backend.contract.publishing import Rules
from backend.contract.reporting import SealedGrant, SealedPart
from backend.contract.words import Compartment, Phase, Record


class HouseRules(Record, frozen=True):
    """The organ's internal rules, and which version of them this member has acknowledged (0: none)."""

    rules: Rules
    acknowledged: int


class AcknowledgeRules(Record, frozen=True):
    """A member has read the rules of this version; the newest there are."""

    version: int


class Declare(Record, frozen=True):
    """Whether a member has a conflict of interest in a case, for the phase that they know it to be in.

    A conflict takes all their keys away. What nobody else holds they leave behind, sealed to the recovery key
    (`parting`): a report must not be lost because the last one who could read it should not.
    """

    conflicted: bool
    #: Absent where they know only the number: then it is the present one.
    phase: Phase | None = None
    parting: tuple[SealedGrant, ...] = ()


class Parting(Record, frozen=True):
    """A member's own grants that nobody else has, as they were sealed: to be left behind when they go."""

    grants: tuple[SealedGrant, ...]


class GiveGrants(Record, frozen=True):
    """Keys of a case for others, sealed by somebody who has them."""

    grants: tuple[SealedGrant, ...]
    #: A just cause of the organ's list, where the identity goes beyond the desk without the reporter's consent.
    cause: str | None = None


class RemoveGrants(Record, frozen=True):
    """All keys of a case are taken from somebody; one who goes themselves leaves behind what nobody else has."""

    holder: str
    parting: tuple[SealedGrant, ...] = ()


class RenewKeys(Record, frozen=True):
    """A fresh key for one compartment, for all who hold it now, and the letter that tells the reporter of it."""

    compartment: Compartment
    grants: tuple[SealedGrant, ...]
    letter: FromStaff


class AddMasked(Record, frozen=True):
    """A note sealed to the masked compartment: what the desk gives to investigators, and what they found."""

    part: SealedPart


class Holder(Record, frozen=True):
    """Somebody who holds a key of a case."""

    holder: str
    compartment: Compartment
    #: Newest of the key pairs that they hold.
    epoch: int


class Holders(Record, frozen=True):
    """Who holds keys of a case; and which compartments owe a fresh one, since somebody was taken theirs."""

    holders: tuple[Holder, ...]
    stale: tuple[Compartment, ...] = ()
