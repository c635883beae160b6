"""Released information, findings and improvements, awareness sessions. Offices are judged in the commands."""

from typing import Final

from backend import commands
from backend.contract import Role
from backend.contract.improving import Improvement, Session
from backend.contract.releases import ApproveRelease, DraftRelease, Release
from backend.web.routes import Answer, Call, Route


async def draft(call: Call, sent: DraftRelease) -> Answer:
    """Keep a draft."""
    return await call.write(commands.draft_release, call.staff_id, sent)


async def approve(call: Call, sent: ApproveRelease) -> Answer:
    """Make a draft public."""
    return await call.write(commands.approve_release, call.staff_id, call.path["release_id"], sent)


async def improve(call: Call, sent: Improvement) -> Answer:
    """Record a finding or an improvement."""
    return await call.write(commands.record_improvement, call.staff_id, sent)


async def session(call: Call, sent: Session) -> Answer:
    """Record an awareness session."""
    return await call.write(commands.record_session, call.staff_id, sent)


_STAFF: Final = frozenset({Role.STAFF})

ROUTES: Final = (
    Route(
        method="POST",
        path="/releases",
        roles=_STAFF,
        does=draft,
        takes=DraftRelease,
        gives=Release,
        summary="Draft information to be released, or change a draft",
    ),
    Route(
        method="POST",
        path="/releases/{release_id}/approve",
        roles=_STAFF,
        does=approve,
        takes=ApproveRelease,
        gives=Release,
        summary="Release a draft to the public, for the executive",
    ),
    Route(
        method="POST",
        path="/improvements",
        roles=_STAFF,
        does=improve,
        takes=Improvement,
        summary="Record a finding on the mechanism, or an improvement",
    ),
    Route(
        method="POST",
        path="/awareness",
        roles=_STAFF,
        does=session,
        takes=Session,
        summary="Record an awareness session",
    ),
)
