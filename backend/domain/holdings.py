"""Who holds which keys of a case, looked at as a whole: who reads, what is in use, what would be lost.

Says nothing of who should. A key that nobody of the organ holds is lost, and with it what was sealed to it.
"""

from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

from backend.contract import Compartment, Publication

#: The holder that stands for two of the three who hold slips of the recovery key; nobody's id.
RECOVERY: Final = "recovery"


class Holding(NamedTuple):
    """That somebody holds one key of a case."""

    holder: str
    compartment: Compartment
    epoch: int


def holders_of(holdings: Iterable[Holding], compartment: Compartment) -> set[str]:
    """Who holds a key of a compartment, the recovery key included."""
    return {each.holder for each in holdings if each.compartment == compartment}


def newest_epoch(holdings: Iterable[Holding], compartment: Compartment) -> int:
    """The number of the key pair that is in use; 0 is that of the hand-over."""
    return max((each.epoch for each in holdings if each.compartment == compartment), default=0)


def orphaned(holdings: Collection[Holding], leaving: str, published: Publication | None) -> set[Holding]:
    """What nobody would hold any more without somebody; who has left the organ holds nothing."""
    present = {person.staff_id for person in published.people} if published else set()
    left = {each.compartment for each in holdings if each.holder in present - {leaving}}
    return {each for each in holdings if each.holder == leaving and each.compartment not in left}


def readers_at(desk: str | None, holdings: Iterable[Holding], published: Publication | None) -> set[str]:
    """Members who hold the facts: those of a desk, or of all."""
    readers = holders_of(holdings, Compartment.FACTS) - {RECOVERY}
    people = published.people if published else ()
    return {one.staff_id for one in people if one.staff_id in readers and (desk is None or desk in one.desks)}


def renewable(
    stale: Collection[Compartment], holdings: Iterable[Holding], published: Publication | None
) -> set[Compartment]:
    """Compartments that owe a fresh key and have a member who can make one; others owe it to who is given them next."""
    present = {person.staff_id for person in published.people} - {RECOVERY} if published else set()
    return {each.compartment for each in holdings if each.compartment in stale and each.holder in present}
