"""What a store promises whatever is kept in it."""

import asyncio
from datetime import timedelta
from functools import partial

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine, make_url
from sqlalchemy.ext.asyncio import create_async_engine

from backend import commands
from backend.contract import Fault
from backend.domain.case import Refused
from backend.ports import CaseStore, StoreUnavailableError, Work
from backend.scheduler import sweep
from backend.storage.tables import metadata
from tests.support.reports import circumstances, locator, submission
from tests.support.stores import open_store

ORGAN = "ministry"
AT = circumstances()


def submit(work: Work, name: str) -> bool:
    """Hand over a report that goes by a name."""
    outcome = commands.submit(work, AT, submission(name))
    return not isinstance(outcome, Refused)


def is_kept(work: Work, name: str) -> bool:
    """Tell whether a report that goes by a name has become a case."""
    return work.cases.submitted_as(name) is not None


def differences(connection: Connection) -> list[object]:
    """What the tables lack of those that the program knows."""
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


@pytest.mark.usefixtures("store")
async def test_the_steps_lead_to_the_tables_that_the_program_knows(address: str) -> None:
    """Migrations and tables agree to the last column, key and index."""
    if address.startswith("sqlite"):
        engine = create_engine(address)
        with engine.connect() as connection:
            found = differences(connection)
        engine.dispose()
    else:
        server = create_async_engine(address)
        async with server.connect() as held:
            found = await held.run_sync(differences)
        await server.dispose()
    assert found == []


async def test_a_store_that_is_opened_again_has_kept_everything(store: CaseStore, address: str) -> None:
    """A second start finds the tables as they should be, and the cases."""
    await store.write(ORGAN, lambda work: submit(work, "first"))
    again = await open_store(address)
    found = await again.read(ORGAN, lambda work: work.cases.behind(locator("first")))
    await again.close()
    assert found is not None


async def test_one_command_that_breaks_sinks_no_other(store: CaseStore) -> None:
    """Of commands that arrive together, what one breaks or refuses is undone, and the others are kept."""

    def break_down(work: Work) -> bool:
        submit(work, "broken")
        raise LookupError

    def refuse(work: Work) -> Refused:
        submit(work, "refused")
        return Refused(Fault.BUSY)

    acts = (lambda work: submit(work, "one"), break_down, refuse, lambda work: submit(work, "two"))
    outcomes = await asyncio.gather(*(store.write(ORGAN, act) for act in acts), return_exceptions=True)
    assert isinstance(outcomes[1], LookupError)
    assert outcomes[2] == Refused(Fault.BUSY)
    kept = [await store.read(ORGAN, partial(is_kept, name=name)) for name in ("one", "broken", "refused", "two")]
    assert kept == [True, False, False, True]


async def test_whoever_stops_waiting_does_not_hold_up_the_others(store: CaseStore) -> None:
    """A request that is given up leaves the store working."""
    waiting = asyncio.create_task(store.write(ORGAN, lambda work: submit(work, "given up")))
    await asyncio.sleep(0)
    waiting.cancel()
    assert await store.write(ORGAN, lambda work: submit(work, "first"))


async def test_a_question_cannot_write(store: CaseStore) -> None:
    """What only asks is stopped by the database itself from changing anything."""
    with pytest.raises(StoreUnavailableError):
        await store.read(ORGAN, lambda work: submit(work, "first"))
    assert await store.read(ORGAN, lambda work: work.cases.submitted_as("first")) is None


async def test_files_that_no_letter_named_are_destroyed_after_a_week(store: CaseStore) -> None:
    """What belongs to a case stays, however old; a report that comes in time finds its file."""
    for file_id in ("named", "orphan"):
        await store.write(ORGAN, partial(commands.put_file, at=AT, file_id=file_id, content=b"sealed"))
    await store.write(ORGAN, lambda work: commands.submit(work, AT, submission(file_ids=("named",))))
    for days, dropped in ((7, 0), (8, 1), (9, 0)):
        assert await sweep(store, [ORGAN], circumstances(today=AT.today + timedelta(days=days))) == dropped
    missing = submission("second", file_ids=("orphan",))
    assert await store.write(ORGAN, lambda work: commands.submit(work, AT, missing)) == Refused(Fault.FILE_MISSING)


async def test_a_store_that_works_has_no_ailments(store: CaseStore) -> None:
    """It can be asked whether a report could be taken now."""
    assert await store.ailments() == {}


async def test_tables_of_another_time_are_an_ailment(store: CaseStore, address: str) -> None:
    """A store whose tables are not those of this program says so instead of failing report by report."""
    statement = "UPDATE alembic_version SET version_num = 'other'"
    url = make_url(address)
    if address.startswith("sqlite"):
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()
    else:
        server = create_async_engine(url)
        async with server.begin() as held:
            await held.exec_driver_sql(statement)
        await server.dispose()
    assert await store.ailments() == {"database": "not migrated"}
