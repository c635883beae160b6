"""What the executive or deputy sees and does, what the auditor reads. No content, and no key is needed."""

from typing import Final

from backend.commands import approving, watching
from backend.contract import Office, Role
from backend.contract.oversight import DeclareAbsence, LogHeads, Overview, RecordCheck
from backend.contract.proposals import Approve, OpenedProposal, Proposal, Return
from backend.queries import oversight
from backend.web.routes import Answer, Call, Route


async def overview(call: Call, _: None) -> Answer:
    """Give all that this member oversees."""
    return await call.look(oversight.overview, call.staff_id)


async def log_heads(call: Call, _: None) -> Answer:
    """Give how far all logs go."""
    return await call.read(oversight.log_heads, call.staff_id)


async def record_check(call: Call, sent: RecordCheck) -> Answer:
    """Record a check."""
    return await call.write(watching.record_check, call.staff_id, call.path["number"], sent)


async def declare_absence(call: Call, sent: DeclareAbsence) -> Answer:
    """Note that this member is away."""
    return await call.write(watching.declare_absence, call.staff_id, sent)


async def read_proposal(call: Call, _: None) -> Answer:
    """Give what waits, and record that it was read."""
    return await call.write(approving.read_proposal, call.staff_id, call.path["number"])


async def approve(call: Call, sent: Approve) -> Answer:
    """Let it be carried out."""
    return await call.write(approving.approve, call.staff_id, call.path["number"], sent)


async def give_back(call: Call, sent: Return) -> Answer:
    """Give it back."""
    return await call.write(approving.give_back, call.staff_id, call.path["number"], sent)


_STAFF: Final = frozenset({Role.STAFF})
_OVERSEER: Final = frozenset({Office.EXECUTIVE, Office.DEPUTY})
_AUDITOR: Final = frozenset({Office.AUDITOR})

ROUTES: Final = (
    Route(
        method="GET",
        path="/oversight",
        roles=_STAFF,
        offices=_OVERSEER,
        does=overview,
        gives=Overview,
        summary="List the cases that this member oversees, what falls due first on top, with what the organ lacks",
    ),
    Route(
        method="GET",
        path="/oversight/logs",
        roles=_STAFF,
        offices=_AUDITOR,
        does=log_heads,
        gives=LogHeads,
        summary="List the heads of all logs, for the auditor",
    ),
    Route(
        method="POST",
        path="/oversight/cases/{number}/checks",
        roles=_STAFF,
        offices=_OVERSEER,
        does=record_check,
        takes=RecordCheck,
        summary="Record an executive's check of an investigation; the next one is owed from then on",
    ),
    Route(
        method="POST",
        path="/oversight/cases/{number}/proposal/open",
        roles=_STAFF,
        offices=_OVERSEER,
        does=read_proposal,
        gives=OpenedProposal,
        summary="Read what waits for approval; the reading is recorded in the case's log",
    ),
    Route(
        method="POST",
        path="/oversight/cases/{number}/proposal/approve",
        roles=_STAFF,
        offices=_OVERSEER,
        does=approve,
        takes=Approve,
        gives=Proposal,
        summary="Approve what waits; it is carried out now, or goes back where it does not fit any more",
    ),
    Route(
        method="POST",
        path="/oversight/cases/{number}/proposal/return",
        roles=_STAFF,
        offices=_OVERSEER,
        does=give_back,
        takes=Return,
        gives=Proposal,
        summary="Give what waits back to whoever proposed it",
    ),
    Route(
        method="POST",
        path="/oversight/absence",
        roles=_STAFF,
        does=declare_absence,
        takes=DeclareAbsence,
        summary="Say from when to when this member is away",
    ),
)
