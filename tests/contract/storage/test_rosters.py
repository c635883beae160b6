"""Rosters go forward only, and credentials live and die with them."""

import asyncio

from backend import commands, queries
from backend.contract import Fault, Office, Publication, Role
from backend.domain.case import Refused
from backend.domain.people import Caller
from backend.ports import CaseStore
from tests.support.reports import circumstances, publication, token_hash

ORGAN = "ministry"


async def publish(store: CaseStore, sent: Publication, organ: str = ORGAN) -> Refused | None:
    """The organ's administration publishes."""
    return await store.write(organ, lambda work: commands.publish_roster(work, circumstances(), sent))


async def test_nothing_is_found_before_the_first_publication(store: CaseStore) -> None:
    """An organ without a roster says so."""
    assert await store.read(ORGAN, queries.newest_roster) == Refused(Fault.NOT_FOUND)


async def test_a_newer_roster_takes_the_place_of_the_older(store: CaseStore) -> None:
    """Serials only grow; the very same roster may be sent again, another under its serial may not."""
    assert await publish(store, publication(1)) is None
    assert await publish(store, publication(3)) is None
    assert await publish(store, publication(3)) is None
    assert await publish(store, publication(2)) == Refused(Fault.OLDER_ROSTER)
    assert await publish(store, publication(3, document=b"another")) == Refused(Fault.OLDER_ROSTER)
    newest = await store.read(ORGAN, queries.newest_roster)
    assert not isinstance(newest, Refused)
    assert (newest.serial, newest.document) == (3, b"signed")


async def test_a_credential_that_is_published_no_more_opens_nothing(store: CaseStore) -> None:
    """Whoever leaves the organ is out with the next roster."""
    await publish(store, publication(1))
    sato = Caller(role=Role.STAFF, organ=ORGAN, staff_id="sato", offices=frozenset({Office.STAFF}))
    assert await store.staff_with(token_hash("token of sato")) == sato
    await publish(store, publication(2, {"suzuki": "token of suzuki"}))
    assert await store.staff_with(token_hash("token of sato")) is None
    assert await store.staff_with(token_hash("token of suzuki")) is not None


async def test_a_credential_of_two_organs_opens_neither(store: CaseStore) -> None:
    """An organ that publishes another's hash gains nothing by it."""
    await publish(store, publication(1, {"sato": "shared"}))
    await publish(store, publication(1, {"spy": "shared"}), "agency")
    assert await store.staff_with(token_hash("shared")) is None


async def test_parallel_first_publications_of_one_roster_all_go_through(store: CaseStore) -> None:
    """Whoever loses the race finds the same roster there, which is no fault."""
    outcomes = await asyncio.gather(*(publish(store, publication(1)) for _ in range(3)))
    assert outcomes == [None] * 3
