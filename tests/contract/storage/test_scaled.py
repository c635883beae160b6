"""What only the server's store must promise: it says when the server is away, and wakes up with it."""

import pytest
from sqlalchemy import make_url

from backend import commands
from backend.ports import StoreUnavailableError
from tests.support.postgres import cluster, missing
from tests.support.reports import circumstances, submission
from tests.support.stores import fresh_database, open_store, run_on_server

ORGAN = "ministry"


@pytest.mark.skipif(bool(missing()), reason=missing())
async def test_a_server_that_goes_away_is_said_so() -> None:
    """Every question and every command is put off; nothing pretends to have been done."""
    with cluster() as address:
        store = await open_store(address)
        await store.write(ORGAN, lambda work: commands.submit(work, circumstances(), submission()))
    with pytest.raises(StoreUnavailableError):
        await store.write(ORGAN, lambda work: commands.submit(work, circumstances(), submission("second")))
    with pytest.raises(StoreUnavailableError):
        await store.read(ORGAN, lambda work: work.cases.lines("sato"))
    with pytest.raises(StoreUnavailableError):
        await store.staff_with(b"hash")
    assert await store.ailments() == {"database": "not reachable", "erasure": "not reachable"}
    with pytest.raises(StoreUnavailableError):
        await open_store(address)
    await store.close()


async def test_a_server_that_only_reads_is_said_so(server: str) -> None:
    """After a switch to a replica the store is not ready, though it can be reached."""
    address = await fresh_database(server)
    await (await open_store(address)).close()
    await run_on_server(server, f"ALTER DATABASE {make_url(address).database} SET default_transaction_read_only = on")
    store = await open_store(address)
    assert await store.ailments() == {"database": "not writable"}
    with pytest.raises(StoreUnavailableError):
        await store.write(ORGAN, lambda work: commands.submit(work, circumstances(), submission()))
    await store.close()
