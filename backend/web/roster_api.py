"""Rosters: published by the organ's administration, fetched by everyone with a credential of the organ."""

from typing import Final

from backend import commands, queries
from backend.contract import Publication, Role, RosterDocument
from backend.web.routes import READERS, Answer, Call, Route


async def newest(call: Call, _: None) -> Answer:
    """Give the newest roster."""
    return await call.read(queries.newest_roster)


async def publish(call: Call, sent: Publication) -> Answer:
    """Take a newer one."""
    return await call.write(commands.publish_roster, sent)


ROUTES: Final = (
    Route(
        method="GET",
        path="/roster",
        roles=frozenset(Role),
        offices=READERS,
        does=newest,
        gives=RosterDocument,
        summary="Fetch the newest signed roster",
    ),
    Route(
        method="PUT",
        path="/roster",
        roles=frozenset({Role.PUBLISHER}),
        does=publish,
        takes=Publication,
        summary="Publish a newer signed roster, with credentials and reason codes",
    ),
)
