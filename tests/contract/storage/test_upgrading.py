"""A store from before there was a life of cases comes up to date with all that was in it, on either database."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, MetaData, create_engine, inspect
from sqlalchemy.ext.asyncio import create_async_engine

from backend.batches import release_some
from backend.contract import Inbox, NoticeKind, Obligation
from backend.ports import CaseStore, Circumstances, Work
from backend.reconciling import adopt
from backend.storage import schema
from backend.storage.tables import metadata
from tests.support.handling import make_rounds
from tests.support.reports import circumstances, locator, publication
from tests.support.stores import open_store

T = TypeVar("T")

ORGAN = "ministry"
DAY, DUE = date(2026, 9, 1), date(2026, 9, 8)
AT: Circumstances = circumstances()
#: A case in each stage that there was; the last of them was not seen by staff yet.
STAGES = {"C1": "received", "C2": "accepted", "C3": "not_accepted", "C4": "received"}


def case(number: str, stage: str) -> Mapping[str, object]:
    """A case as it was kept."""
    return {
        "number": number, "submission_id": number.lower(), "desk": "integrated", "stage": stage, "received_on": DAY,
        "due_on": None if stage == "accepted" else DUE, "escalation": "none", "reason": None, "card": b"card",
        "card_version": 1, "mailbox": "box" if number == "C1" else None, "letters": 1, "awaits_answer": True,
        "held": number == "C4", "log_length": 1, "log_head": b"head",
    }  # fmt: skip


def of_case(number: str) -> Mapping[str, list[Mapping[str, object]]]:
    """What belonged to a case."""
    of = {"case_number": number}
    return {
        "locators": [{**of, "locator": locator(number.lower())}],
        "parts": [{**of, "part_id": "facts", "compartment": "facts", "ciphertext": b"sealed"}],
        "grants": [
            {**of, "holder": who, "compartment": "facts", "ciphertext": f"{who} {number}".encode()}
            for who in ("sato", "kato")
        ],
        "letters": [
            {**of, "message_id": "s1", "position": 0, "side": "staff", "on": DAY, "for_desk": b"d",
             "for_reporter": b"r"}
        ],
        "files": [
            {**of, "file_id": f"f-{number}", "size": 4, "digest": b"digest", "put_on": DAY, "held": number == "C4"}
        ],
        "log": [
            {**of, "sequence": 0, "on": DAY, "actor": "reporter", "act": "received", "content_hash": b"c",
             "previous_hash": b"p", "entry_hash": b"head"}
        ],
        "held_letters": [{**of, "message_id": "r1", "card_version": 1, "on": DAY, "for_desk": b"held"}],
    }  # fmt: skip


def before(connection: Connection) -> None:
    """Make the tables of that time, and put something into each of them."""
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "0002")
    rows: dict[str, list[Mapping[str, object]]] = {
        "rosters": [{"serial": 3, "document": b"signed", "desks": ["integrated"], "reasons": ["no_facts"]}],
        "staff": [{"staff_id": "sato", "credential_hash": b"hash"}],
        "cases": [case(*each) for each in STAGES.items()],
    }
    for number in STAGES:
        for table, some in of_case(number).items():
            rows.setdefault(table, []).extend(some)
    rows["file_contents"] = [{"file_id": f"f-{number}", "content": b"file"} for number in STAGES]
    rows["outbox"] = [
        {"case_number": "C1", "push_id": "p1", "mailbox": "box", "lease_until": 0, "attempts": 2, "parked": False}
    ]
    rows["alerts"] = [{"case_number": "C1", "staff_id": "mori", "escalation": "fallback", "on": DAY}]
    there = MetaData()
    there.reflect(connection)
    for name, some in rows.items():
        connection.execute(there.tables[name].insert(), [{"organ": ORGAN, **row} for row in some])


def names(connection: Connection) -> dict[str, object]:
    """What keys, references and uniquenesses are called, by table."""
    found = inspect(connection)
    return {
        table: (
            found.get_pk_constraint(table)["name"],
            {each["name"] for each in found.get_foreign_keys(table)},
            {each["name"] for each in found.get_unique_constraints(table)},
        )
        for table in found.get_table_names()
        if table in metadata.tables
    }


def made_at_once(connection: Connection) -> dict[str, object]:
    """The same, of tables that are made as the program knows them."""
    metadata.create_all(connection)
    return names(connection)


async def on(address: str, act: Callable[[Connection], T]) -> T:
    """Do something to a database, beside any store."""
    if address.startswith("sqlite"):
        engine: Engine = create_engine(address)
        with engine.begin() as connection:
            done = act(connection)
        engine.dispose()
        return done
    server = create_async_engine(address)
    async with server.begin() as held:
        done = await held.run_sync(act)
    await server.dispose()
    return done


@pytest.fixture
async def address(address: str) -> str:
    """The address of a database of that time."""
    await on(address, before)
    return address


async def inbox(store: CaseStore, number: str) -> Inbox:
    """What a token opens."""
    found = await store.read(ORGAN, lambda work: work.cases.inbox(locator(number.lower())))
    assert found is not None
    return found


async def owed(store: CaseStore, number: str) -> dict[Obligation, date]:
    """What is owed on a case, and by when."""
    duties = await store.read(ORGAN, lambda work: work.duties.of(number))
    return {duty.obligation: duty.due_on for duty in duties}


async def test_nothing_that_was_kept_is_lost(store: CaseStore) -> None:
    """Tokens open, keys stay under a new lock too, files and what was held are there, and so are alerts and pushes."""
    for number in STAGES:
        assert [letter.ciphertext for letter in (await inbox(store, number)).letters] == [b"r"]
        assert len(await store.read(ORGAN, lambda work, n=number: work.materials.log(n))) == 1  # type: ignore[misc]
    await adopt(store, (ORGAN,), AT)
    for who in ("sato", "kato"):
        grants = await store.read(ORGAN, lambda work, who=who: work.grants.grants_of("C2", who))  # type: ignore[misc]
        assert [(grant.ciphertext, grant.epoch) for grant in grants] == [(f"{who} C2".encode(), 0)]
    (alert,) = await store.read(ORGAN, lambda work: work.cases.alerts("mori"))
    assert (alert.case_number, alert.what.value, alert.on) == ("C1", "fallback", DAY)
    assert await store.read(ORGAN, lambda work: work.files.content("C1", "f-C1", "sato")) == b"file"
    seen = {line.case_number for line in await store.read(ORGAN, lambda work: work.cases.lines("sato"))}
    assert seen == {"C1", "C2", "C3"}
    assert await store.write(ORGAN, release_some) == len(STAGES)
    lines = await store.read(ORGAN, lambda work: work.cases.lines("sato"))
    assert {line.case_number: line.letters for line in lines} == dict.fromkeys(STAGES, 2)
    assert (await inbox(store, "C1")).announcing


async def test_something_is_owed_on_every_case_and_nobody_was_promised_a_day(store: CaseStore) -> None:
    """What was open stays owed by its day; reporters are not told that a promise was broken that nobody made."""
    acceptance, investigation, finish = (
        Obligation.DECIDE_ACCEPTANCE, Obligation.DECIDE_INVESTIGATION, Obligation.FINISH,
    )  # fmt: skip
    assert await owed(store, "C1") == {acceptance: DUE, investigation: DUE}
    assert await owed(store, "C2") == {investigation: DAY, finish: DAY}
    assert await owed(store, "C3") == {finish: DUE}

    def publish(work: Work) -> None:
        work.rosters.publish(publication())

    await store.write(ORGAN, publish)
    await make_rounds(store, AT.today)
    for number in STAGES:
        assert NoticeKind.OVERRUN not in {notice.kind for notice in (await inbox(store, number)).notices}


@pytest.mark.usefixtures("store")
async def test_what_later_steps_must_name_is_called_as_if_made_at_once(address: str, tmp_path: Path) -> None:
    """Keys and references bear the same names, whichever way the tables came to be."""
    made = await on(f"sqlite:///{tmp_path}/made.db", made_at_once)
    assert await on(address, names) == made


async def test_a_second_start_changes_nothing(store: CaseStore, address: str) -> None:
    """Once is enough, also where two begin at the same time."""
    again = await open_store(address)
    assert await owed(again, "C1") == await owed(store, "C1")
    await again.close()
