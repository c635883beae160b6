"""What an organ has set, for its staff and its bot: lists of codes, periods, approvals. No case, no person."""

from typing import Final

from backend import queries
from backend.contract import InForce, Role
from backend.web.routes import READERS, Answer, Call, Route


async def in_force(call: Call, _: None) -> Answer:
    """Give policy and rules version."""
    return await call.read(queries.in_force)


ROUTES: Final = (
    Route(
        method="GET",
        path="/policy",
        roles=frozenset({Role.STAFF, Role.INTAKE}),
        offices=READERS,
        does=in_force,
        gives=InForce,
        summary="Fetch what counts at the organ today: its policy, and the version of its rules",
    ),
)
