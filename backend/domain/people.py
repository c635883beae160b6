"""Who asks: a role at one organ, and for staff which member. Holds no credential and no name."""

from typing import Final

import msgspec

from backend.contract import Office, Publication, Role
from backend.domain.holdings import RECOVERY

#: How the log names the reporter; no staff member may be called so, lest they speak as one.
REPORTER: Final = "reporter"
#: How it names what is done by the clock; nor so.
MECHANISM: Final = "mechanism"


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """A credential, understood."""

    role: Role
    organ: str
    #: Given for staff, absent for the others.
    staff_id: str | None = None
    #: What they are at the organ for; none for the other roles.
    offices: frozenset[Office] = frozenset()

    def may(self, offices: frozenset[Office]) -> bool:
        """Tell whether somebody may do what is for these offices; an administrator may never, whatever else they are.

        Who comes with the recovery key holds no office and comes as staff: what they may open, keys decide.
        """
        held = self.offices or ({Office.STAFF} if self.staff_id == RECOVERY else frozenset())
        return self.role is not Role.STAFF or (Office.ADMINISTRATOR not in held and not offices.isdisjoint(held))


def offices_of(published: Publication | None, staff_id: str) -> frozenset[Office]:
    """What somebody is at the organ for, by what it has published."""
    if published is None:
        return frozenset()
    named = {Office.EXECUTIVE: published.executive, Office.DEPUTY: published.deputy}
    held = {office for person in published.people if person.staff_id == staff_id for office in person.offices}
    held |= {office for office, who in named.items() if who == staff_id}
    # Auditors read the logs of all cases: nobody does whom a case may be kept from.
    return frozenset(held if held.isdisjoint(named) else held - {Office.AUDITOR})


def holds(published: Publication | None, staff_id: str, *offices: Office) -> bool:
    """Tell whether somebody holds one of these offices."""
    return not offices_of(published, staff_id).isdisjoint(offices)
