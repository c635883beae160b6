"""Whose day counts where a store stands elsewhere than its organ."""

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from backend.contract import Fault
from backend.profiles import profile
from tests.support.backend_server import Client, Server
from tests.support.reports import publication

#: The store's day is the 22nd from 15:00 UTC on; in Brussels it is still the 21st.
EVENING = datetime(2026, 11, 21, 16, tzinfo=UTC)
LAST_DAY = date(2026, 11, 21)


@pytest.mark.parametrize("path", ["grants", "files/none", "log"])
async def test_training_ends_with_the_organs_day_and_not_with_the_stores(
    server: Server, sato: Client, number: str, path: str
) -> None:
    """What a member may still open until midnight, they may look into until midnight."""
    roster = publication(serial=2)
    people = tuple(replace(one, trained_until=LAST_DAY) for one in roster.people)
    abroad = replace(roster, people=people, policy=replace(profile(), time_zone="Europe/Brussels"))
    assert (await server.client("ministry publisher").ask("PUT", "/roster", abroad)).status == 204
    server.clock.moment = EVENING
    there = await sato.ask("GET", f"/cases/{number}/{path}")
    assert there.status == 200 or there.fault is Fault.NOT_FOUND
    server.clock.move(hours=8)
    assert (await sato.ask("GET", f"/cases/{number}/{path}")).fault is Fault.UNTRAINED
