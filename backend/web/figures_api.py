"""Figures: what is published, what staff, executive and auditor may see; materials. Commands judge offices."""

from typing import Final

from backend import commands, queries
from backend.contract import Role
from backend.contract.figures import Counted
from backend.contract.improving import FiguresBook
from backend.contract.materials import Materials
from backend.contract.releases import Published
from backend.web.routes import READERS, Answer, Call, Route


async def published(call: Call, _: None) -> Answer:
    """Give what anyone may know."""
    return await call.read(queries.published, call.services.circumstances().today)


async def book(call: Call, _: None) -> Answer:
    """Give what is known of figures within the organ."""
    return await call.read(queries.figures_book, call.staff_id)


async def publish(call: Call, _: None) -> Answer:
    """Publish what is due."""
    return await call.write(commands.publish_by_hand, call.staff_id)


async def exact(call: Call, _: None) -> Answer:
    """Give exact counts, and record it."""
    return await call.write(commands.exact_counts, call.staff_id, call.path["half"])


async def materials(call: Call, _: None) -> Answer:
    """Give the materials on cases."""
    return await call.read(queries.materials, call.staff_id)


_STAFF: Final = frozenset({Role.STAFF})

ROUTES: Final = (
    Route(
        method="GET",
        path="/published",
        roles=frozenset(Role),
        offices=READERS,
        does=published,
        gives=Published,
        summary="Fetch what the public may know: figures, released information, periods",
    ),
    Route(
        method="GET",
        path="/figures",
        roles=_STAFF,
        offices=READERS,
        does=book,
        gives=FiguresBook,
        summary="List figures, drafts, improvements and awareness sessions, for staff, executive and auditor",
    ),
    Route(
        method="POST",
        path="/figures/publish",
        roles=_STAFF,
        does=publish,
        summary="Publish the half-years that are over, for the executive; the clock does it as well",
    ),
    Route(
        method="POST",
        path="/figures/{half}/exact",
        roles=_STAFF,
        does=exact,
        gives=Counted,
        summary="Fetch the exact counts of a half-year, for the executive; that they were asked for is recorded",
    ),
    Route(
        method="GET",
        path="/materials",
        roles=_STAFF,
        offices=READERS,
        does=materials,
        gives=Materials,
        summary="Fetch the materials on cases, for whoever oversees them and for auditors",
    ),
)
