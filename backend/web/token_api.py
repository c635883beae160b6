"""A new token in place of an old one."""

from typing import Final

from backend import commands
from backend.contract import RenewedToken, Role
from backend.domain.case import Refused
from backend.web.routes import Answer, Call, Route


async def renew(call: Call, sent: RenewedToken) -> Answer:
    """Let the new locator lead to the case, and leave nothing of the old one behind, in side files neither."""
    outcome = await call.write(commands.renew_token, sent)
    if not isinstance(outcome, Refused):
        await call.services.store.scrub()
    return outcome


ROUTES: Final = (
    Route(
        method="POST",
        path="/inbox/renew",
        roles=frozenset({Role.INTAKE}),
        does=renew,
        takes=RenewedToken,
        summary="Put a new token in the place of an old one, which then opens nothing",
    ),
)
