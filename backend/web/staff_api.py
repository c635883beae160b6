"""What a staff member may do with the cases granted to them. Without a grant in a case one hears that there is none."""

from typing import Final

from backend import commands, queries
from backend.contract import CaseFile, CaseLine, Fault, FromStaff, MoveCase, Role, StaffInbox
from backend.domain.case import Refused
from backend.web.routes import Answer, Call, Route


async def inbox(call: Call, _: None) -> Answer:
    """Give the member's cases, what is due first on top."""
    return await call.read(queries.staff_inbox, call.staff_id)


async def open_case(call: Call, _: None) -> Answer:
    """Give a case, and record that it was opened; that somebody without a key tried to is recorded too."""
    opened = await call.write(commands.open_case, call.staff_id, call.path["number"])
    if opened == Refused(Fault.NOT_FOUND):
        # In a transaction of its own: what is refused leaves nothing behind.
        await call.write(commands.record_attempt, call.staff_id, call.path["number"])
    return opened


async def fetch_file(call: Call, _: None) -> Answer:
    """Give a sealed file of a case."""
    return await call.look(queries.file_of_case, call.staff_id, call.path["number"], call.path["file_id"])


async def write(call: Call, sent: FromStaff) -> Answer:
    """Take an answer or a note."""
    return await call.write(commands.write_as_staff, call.staff_id, call.path["number"], sent)


async def move(call: Call, sent: MoveCase) -> Answer:
    """Move a case to another stage."""
    return await call.write(commands.move_case, call.staff_id, call.path["number"], sent)


_STAFF: Final = frozenset({Role.STAFF})

ROUTES: Final = (
    Route(
        method="GET",
        path="/cases",
        roles=_STAFF,
        does=inbox,
        gives=StaffInbox,
        summary="List the cases granted to this member, what is due first on top",
    ),
    Route(
        method="POST",
        path="/cases/{number}/open",
        roles=_STAFF,
        does=open_case,
        gives=CaseFile,
        summary="Open a case; the opening is recorded in its log",
    ),
    Route(
        method="GET",
        path="/cases/{number}/files/{file_id}",
        roles=_STAFF,
        does=fetch_file,
        gives=bytes,
        summary="Fetch a sealed file of a case",
    ),
    Route(
        method="POST",
        path="/cases/{number}/letters",
        roles=_STAFF,
        does=write,
        takes=FromStaff,
        summary="Put an answer or a note into the thread",
    ),
    Route(
        method="POST",
        path="/cases/{number}/moves",
        roles=_STAFF,
        does=move,
        takes=MoveCase,
        gives=CaseLine,
        summary="Move a case to another stage, with its notice",
    ),
)
