"""Who asks: a role at one organ, and for staff which member. Holds no credential and no name."""

from typing import Final

import msgspec

from backend.contract import Role

#: How the log names the reporter; no staff member may be called so, lest they speak as one.
REPORTER: Final = "reporter"


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """A credential, understood."""

    role: Role
    organ: str
    #: Given for staff, absent for the others.
    staff_id: str | None = None
