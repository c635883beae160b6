"""What only the SQLite file must promise: it leaves nothing behind, and it says when it cannot take more."""

import asyncio
import sqlite3
import stat
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, create_engine, make_url

from backend import commands, telling
from backend.bootstrap import SystemChance
from backend.ports import CaseStore, StoreUnavailableError, Work
from backend.storage import schema
from backend.storage.embedded import SqliteCaseStore
from backend.storage.engine import sqlite_engine
from backend.storage.erasure_places import open_erasure
from backend.storage.writer import GroupWriter
from tests.support.reports import circumstances, submission, told
from tests.support.stores import erasure_beside, fresh_file, open_store

ORGAN = "ministry"
AT = circumstances()


@pytest.fixture
async def file_store(tmp_path: Path) -> AsyncIterator[CaseStore]:
    """A store in a file."""
    opened = await open_store(fresh_file(tmp_path / "data"))
    yield opened
    await opened.close()


def bytes_on_disk(folder: Path) -> bytes:
    """All that the database and its side files hold."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def rights(folder: Path) -> list[int]:
    """Who may do what with each file, as `chmod` spells it."""
    return [stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()]


async def test_a_forgotten_mailbox_is_in_no_file_any_more(file_store: CaseStore, tmp_path: Path) -> None:
    """After the reporter had it forgotten, no byte of it is left in the database or beside it."""
    await file_store.write(ORGAN, lambda work: commands.submit(work, AT, submission()))
    await file_store.write(ORGAN, lambda work: telling.set_told(work, AT, told("canary-mailbox")))
    assert b"canary-mailbox" in bytes_on_disk(tmp_path)
    forgotten = told(None, card_version=2)
    await file_store.write(ORGAN, lambda work: telling.set_told(work, AT, forgotten))
    await file_store.scrub()
    assert b"canary-mailbox" not in bytes_on_disk(tmp_path)


async def test_nobody_else_on_the_machine_may_read_the_file(file_store: CaseStore, tmp_path: Path) -> None:
    """The database and its side files belong to the user of the store alone."""
    await file_store.write(ORGAN, lambda work: commands.submit(work, AT, submission()))
    modes = rights(tmp_path)
    assert len(modes) >= 2
    assert set(modes) == {0o600}


async def test_a_store_whose_file_is_held_by_another_says_so_and_recovers(tmp_path: Path) -> None:
    """While something else writes, a report is put off and not lost; afterwards it goes through."""
    keys = await open_erasure(erasure_beside(fresh_file(tmp_path)), SystemChance())
    store = await SqliteCaseStore.open(fresh_file(tmp_path), keys, patience=0.05)
    other = sqlite3.connect(tmp_path / "cases.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailableError):
        await store.write(ORGAN, lambda work: commands.submit(work, AT, submission()))
    assert await store.ailments() == {"database": "not writable"}
    other.execute("ROLLBACK")
    other.close()
    assert isinstance(await store.write(ORGAN, lambda work: commands.submit(work, AT, submission())), tuple)
    await store.close()


async def test_a_file_that_is_no_database_is_refused_at_the_start(tmp_path: Path) -> None:
    """The store does not begin on something that it would only spoil."""
    (tmp_path / "cases.db").write_bytes(b"these are somebody's notes, and no database at all" * 100)
    with pytest.raises(StoreUnavailableError):
        await open_store(fresh_file(tmp_path))


async def test_a_store_that_is_closing_commits_what_waits_and_takes_no_more(tmp_path: Path) -> None:
    """Whoever was let in gets an answer; whoever comes later is asked to come again."""
    store = await open_store(fresh_file(tmp_path))
    waiting = [
        asyncio.create_task(store.write(ORGAN, partial(commands.submit, at=AT, sent=submission(f"report-{n}"))))
        for n in range(20)
    ]
    await asyncio.sleep(0)
    await store.close()
    assert all(isinstance(outcome, tuple) for outcome in await asyncio.gather(*waiting))
    with pytest.raises(StoreUnavailableError):
        await store.write(ORGAN, lambda work: commands.submit(work, AT, submission()))


async def test_more_than_can_wait_are_asked_to_come_again(file_store: CaseStore) -> None:
    """Beyond some thousands the store says that it is busy rather than let people wait for minutes."""
    crowd = [asyncio.create_task(file_store.write(ORGAN, lambda _: None)) for _ in range(2100)]
    outcomes = await asyncio.gather(*crowd, return_exceptions=True)
    turned_away = sum(isinstance(outcome, StoreUnavailableError) for outcome in outcomes)
    assert 0 < turned_away < 100


async def test_a_large_file_goes_in_beside_other_work(file_store: CaseStore) -> None:
    """What takes long is written apart, in the same order as everything else."""
    large = b"x" * 3_000_000
    await file_store.write(ORGAN, lambda work: commands.put_file(work, AT, "large", large), is_bulky=True)
    outcome = await file_store.write(ORGAN, lambda work: commands.submit(work, AT, submission(file_ids=("large",))))
    assert isinstance(outcome, tuple)
    number = outcome[0].case_number
    assert await file_store.read(ORGAN, lambda work: work.files.content(number, "large", "sato")) == large


async def test_a_full_disk_loses_nothing_that_was_answered(tmp_path: Path) -> None:
    """Reports are put off once nothing fits any more; those with a receipt are there, and later ones go through."""
    await (await open_store(fresh_file(tmp_path))).close()
    engine = sqlite_engine(make_url(fresh_file(tmp_path)), writing=True)
    connection = engine.connect()
    await asyncio.to_thread(limit_pages, connection, 120)
    keys = await open_erasure(erasure_beside(fresh_file(tmp_path)), SystemChance())
    writer = GroupWriter(connection, keys)
    sent = [submission(f"report-{n}", card=b"x" * 9000) for n in range(100)]
    acts = [partial(commands.submit, at=AT, sent=each) for each in sent]
    outcomes = [await outcome_of(writer, act) for act in acts]
    assert {type(outcome) for outcome in outcomes} == {tuple, StoreUnavailableError}
    await writer.alone(partial(limit_pages, pages=100_000))
    again = [await outcome_of(writer, act) for act in acts]
    assert [new for _, new in again] == [isinstance(outcome, StoreUnavailableError) for outcome in outcomes]
    await writer.close()
    connection.close()
    engine.dispose()
    await keys.close()


def limit_pages(connection: Connection, pages: int) -> None:
    """Let the database grow to so many pages and no further."""
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA max_page_count = {pages}")


async def outcome_of(writer: GroupWriter, act: Callable[[Work], Any]) -> Any:  # noqa: ANN401 - whatever the act answers
    """What became of an act, a failure included."""
    try:
        return await writer.write(ORGAN, act, is_bulky=False)
    except StoreUnavailableError as lost:
        return lost


async def test_cases_from_before_there_were_batches_stay_before_staff(tmp_path: Path) -> None:
    """A file of the first tables is brought up to date with everything in it, and nothing of it is held."""
    address = fresh_file(tmp_path)
    engine = create_engine(make_url(address))
    with engine.begin() as connection:
        config = schema._config()  # noqa: SLF001 - the product itself never stops half-way
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql(
            "INSERT INTO cases VALUES ('ministry', '2026-7K3QF9', 'first', 'integrated', 'received', '2026-11-21',"
            " NULL, 'none', NULL, x'00', 1, NULL, 0, 1, 0, x'00')"
        )
        connection.exec_driver_sql("INSERT INTO grants VALUES ('ministry', '2026-7K3QF9', 'sato', 'facts', x'00')")
    engine.dispose()
    store = await open_store(address)
    lines = await store.read(ORGAN, lambda work: work.cases.lines("sato"))
    await store.close()
    assert [line.case_number for line in lines] == ["2026-7K3QF9"]
