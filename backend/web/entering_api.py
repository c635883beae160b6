"""What staff write down for somebody who did not come by a chat."""

from typing import Final

from backend import commands
from backend.contract import Entry, Receipt, Role
from backend.domain.case import Refused
from backend.web.routes import Answer, Call, Created, Route


async def enter(call: Call, sent: Entry) -> Answer:
    """Make a case of what was written down, once."""
    outcome = await call.write(commands.enter, call.staff_id, sent)
    if isinstance(outcome, Refused):
        return outcome
    receipt, is_new = outcome
    return Created(receipt) if is_new else receipt


async def acknowledged(call: Call, _: None) -> Answer:
    """Note that the acknowledgement has left."""
    return await call.write(commands.acknowledged, call.staff_id, call.path["number"])


_STAFF: Final = frozenset({Role.STAFF})

ROUTES: Final = (
    Route(
        method="POST",
        path="/entries",
        roles=_STAFF,
        does=enter,
        takes=Entry,
        gives=Receipt,
        makes=True,
        summary="Enter what came by letter, telephone, visit, box or mail, once",
    ),
    Route(
        method="POST",
        path="/cases/{number}/acknowledged",
        roles=_STAFF,
        does=acknowledged,
        summary="Note that the acknowledgement of what one entered has left",
    ),
)
