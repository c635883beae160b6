"""Who asks: a role at one organ, and for staff which member. Holds no credential and no name."""

from typing import Final

import msgspec

from backend.contract import Office, Publication, Role

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


def holds(published: Publication | None, staff_id: str, *offices: Office) -> bool:
    """Tell whether somebody holds one of these offices, by what the organ has published."""
    if published is None:
        return False
    named = {published.executive: Office.EXECUTIVE, published.deputy: Office.DEPUTY}
    held = {office for person in published.people if person.staff_id == staff_id for office in person.offices}
    return not held.isdisjoint(offices) or named.get(staff_id) in offices
