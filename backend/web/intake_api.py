"""What the bot hands over: sealed files first, then the sealed report that names them."""

from typing import Final

from backend import commands
from backend.contract import Fault, Receipt, Role, Submission
from backend.domain.case import Refused
from backend.web.routes import Answer, Call, Created, Route


async def submit(call: Call, sent: Submission) -> Answer:
    """Make a case of a report, once."""
    outcome = await call.write(commands.submit, sent)
    if isinstance(outcome, Refused):
        return outcome
    receipt, is_new = outcome
    if not is_new:
        return receipt
    call.count("reports")
    return Created(receipt)


async def put_file(call: Call, content: bytes) -> Answer:
    """Keep a sealed file."""
    if not content:
        return Refused(Fault.UNREADABLE)
    return await call.write(commands.put_file, call.path["file_id"], content)


_INTAKE: Final = frozenset({Role.INTAKE})

ROUTES: Final = (
    Route(
        method="PUT",
        path="/files/{file_id}",
        # Staff put up what came with a letter that they enter.
        roles=frozenset({Role.INTAKE, Role.STAFF}),
        does=put_file,
        takes=bytes,
        summary="Put up a sealed file, under an id of the bot's making",
    ),
    Route(
        method="POST",
        path="/submissions",
        roles=_INTAKE,
        does=submit,
        takes=Submission,
        gives=Receipt,
        makes=True,
        summary="Hand over a sealed report, once",
    ),
)
