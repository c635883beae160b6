"""Who asks: a role at one organ, and for staff which member. Holds no credential and no name."""

from typing import Final

import msgspec

from backend.contract import Role

#: How the log names the reporter.
REPORTER: Final = "reporter"
#: Who holds the grants of a case that nobody at the organ could be given.
RECOVERY: Final = "recovery"
#: Words that no staff member may be called, lest they speak as someone else.
RESERVED: Final = frozenset({REPORTER, RECOVERY})


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """A credential, understood."""

    role: Role
    organ: str
    #: Given for staff, absent for the others.
    staff_id: str | None = None
