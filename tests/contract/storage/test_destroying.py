"""What is destroyed is gone from both databases, leaves a receipt, and does not come back with a backup."""

from datetime import timedelta
from functools import partial
from typing import Any

from msgspec.structs import replace
from sqlalchemy import text

from backend import commands, queries
from backend.batches import release_some
from backend.contract import (
    Concern,
    Decided,
    DestroyCase,
    Fault,
    HoldCase,
    Locate,
    Obligation,
    Stage,
    TransferCase,
)
from backend.domain.case import Refused
from backend.domain.chain import broken_at, genesis
from backend.ports import CaseStore, Circumstances, Work
from backend.storage import tables as t
from backend.storage.erasing import EMPTIED, STAYS
from tests.support.ended_cases import ENDED_ON, MAILBOX, ORGAN, OVER_ON, end_case, full_case, organ_of
from tests.support.reports import circumstances, from_reporter, locator, submission

AT = circumstances(today=OVER_ON)


async def destroy(store: CaseStore, number: str, who: str = "tanaka", at: Circumstances = AT) -> Decided | Refused:
    """Confirm the destruction of a case."""
    sent = DestroyCase(confirmed=number)
    return await store.write(ORGAN, lambda work: commands.destroy_case(work, at, who, number, sent))


async def destroyed(store: CaseStore, number: str) -> Decided:
    """Destroy a case, which goes well."""
    outcome = await destroy(store, number)
    assert isinstance(outcome, Decided)
    return outcome


async def transfer(store: CaseStore, number: str, *, keep: bool, who: str = "tanaka") -> Decided | Refused:
    """Transfer a case."""
    sent = TransferCase(confirmed=number, archive="national-archives", keep=keep)
    return await store.write(ORGAN, lambda work: commands.transfer_case(work, AT, who, number, sent))


async def undecided(store: CaseStore, who: str = "tanaka", at: Circumstances = AT) -> list[Any]:
    """What somebody must decide about."""
    return list((await store.read(ORGAN, lambda work: queries.undecided(work, at.today, who))).cases)


def rows(work: Work, organ: str = ORGAN) -> dict[str, int]:
    """How many rows each table has."""
    connection = work.cases._rows._connection  # type: ignore[attr-defined]  # noqa: SLF001 - as a thief would look
    asked = {name: f'SELECT count(*) FROM "{name}" WHERE organ = :organ' for name in t.metadata.tables}  # noqa: S608 - words of ours
    return {name: many for name in asked if (many := connection.execute(text(asked[name]), {"organ": organ}).scalar())}


def run(statement: str, **given: object) -> Any:  # noqa: ANN401 - an act for `write`
    """Change rows beside all commands, as a backup that is restored does."""
    return lambda work: work.cases._rows._connection.execute(text(statement), given)  # noqa: SLF001 - see above


def tells_of_a_case(column: str) -> bool:
    """Tell whether a column's name says that a case, a submission or a file is named in it."""
    return any(word in column for word in ("case", "number", "submission", "message_id", "file_id", "locator"))


async def test_a_destroyed_case_leaves_its_number_and_a_receipt(store: CaseStore) -> None:
    """Every other row of it is gone, the half-year it came in stays; other cases are as they were."""
    other = await full_case(store, "other", holds=True)
    alone = await store.read(ORGAN, rows)
    number = await full_case(store, holds=True)
    both = await store.read(ORGAN, rows)
    assert {"grants", "parts", "letters", "held_letters", "files", "file_contents", "duties", "outbox"} <= set(both)
    outcome = await destroyed(store, number)
    left = await store.read(ORGAN, rows)
    assert {name: many - alone.get(name, 0) for name, many in left.items() if many != alone.get(name)} == {
        "cases": 1,
        "log": 1,
        "destroyed_mailboxes": 1,
        "trail_hashes": left["trail_hashes"],
    }
    case = await store.read(ORGAN, lambda work: work.retention.case(number))
    assert case is not None
    assert (case.stage, case.log_head, case.card) == (Stage.DESTROYED, outcome.receipt.entry_hash, b"")  # type: ignore[union-attr]
    assert (await store.read(ORGAN, lambda work: work.cases.file(other, "sato"))).grants  # type: ignore[union-attr]


async def test_the_receipt_is_the_end_of_the_log(store: CaseStore) -> None:
    """It says who destroyed the case and when, and commits to all entries before it."""
    number = await full_case(store)
    before = await store.read(ORGAN, lambda work: work.checkpoints.log(number))
    outcome = await destroyed(store, number)
    receipt = outcome.receipt
    assert receipt is not None
    assert (receipt.act, receipt.actor, receipt.on, receipt.sequence) == ("destroyed", "tanaka", OVER_ON, len(before))
    assert broken_at([*before, receipt], genesis(ORGAN, "first"), receipt.entry_hash) is None
    assert await destroy(store, number) == outcome


async def test_nobody_finds_a_destroyed_case(store: CaseStore) -> None:
    """Its token opens nothing, its staff have no such case, and a bot that repeats the report makes no new one."""
    number = await full_case(store)
    await destroyed(store, number)
    assert await store.read(
        ORGAN, lambda work: queries.inbox_of_locator(work, AT.today, Locate(locator=locator("first")))
    ) == Refused(Fault.NOT_FOUND)
    assert await store.write(ORGAN, lambda work: commands.open_case(work, AT, "sato", number)) == Refused(
        Fault.NOT_FOUND
    )
    assert not (await store.read(ORGAN, lambda work: queries.staff_inbox(work, "sato"))).cases
    again = await store.write(ORGAN, lambda work: commands.submit(work, AT, submission()))
    assert isinstance(again, tuple)
    assert (again[0].case_number, again[1]) == (number, False)


async def test_nothing_is_destroyed_before_its_time_or_by_anybody_else(store: CaseStore) -> None:
    """Not a day too early, not by a colleague, not from another organ, not without the number typed once more."""
    number = await full_case(store)
    early = replace(AT, today=OVER_ON - timedelta(days=1))
    assert await destroy(store, number, at=early) == Refused(Fault.NOT_YET)
    for who in ("sato", "ito", "suzuki", ""):
        assert await destroy(store, number, who) == Refused(Fault.NOT_FOUND)
    mistyped = DestroyCase(confirmed="2026-000000")
    act = partial(commands.destroy_case, at=AT, staff_id="tanaka", number=number, sent=mistyped)
    assert await store.write(ORGAN, act) == Refused(Fault.UNREADABLE)
    assert await store.write("agency", act) == Refused(Fault.NOT_FOUND)
    assert (await store.read(ORGAN, lambda work: work.cases.file(number, "sato"))).grants  # type: ignore[union-attr]


async def test_what_a_reporter_complains_of_at_the_last_moment_stops_destruction(store: CaseStore) -> None:
    """Staff have not seen it yet, and it is still there for them to see."""
    number = await full_case(store)
    held, bad = replace(AT, holds=True), from_reporter("first", "r2", card_version=3, concern=Concern.RETALIATION)
    assert await store.write(ORGAN, lambda work: commands.write_as_reporter(work, held, bad)) is None
    assert await destroy(store, number) == Refused(Fault.NOT_YET)
    assert await store.write(ORGAN, release_some) == 1
    owed = await store.read(ORGAN, lambda work: work.duties.of(number))
    assert Obligation.RELIEVE in {duty.obligation for duty in owed if duty.ended_on is None}


async def test_a_hold_stops_destruction_until_it_is_released(store: CaseStore) -> None:
    """Set and released by owner or overseer, logged with its reason; a repeat leaves no second entry."""
    number = await full_case(store)
    held = HoldCase(reason="litigation")
    for _ in range(2):
        assert await store.write(ORGAN, lambda work: commands.hold_case(work, AT, "sato", number, held)) is None
    assert await destroy(store, number) == Refused(Fault.ON_HOLD)
    assert await transfer(store, number, keep=False) == Refused(Fault.ON_HOLD)
    assert [(line.hold, line.held_since) for line in await undecided(store)] == [("litigation", OVER_ON)]
    for _ in range(2):
        assert await store.write(ORGAN, lambda work: commands.release_hold(work, AT, "tanaka", number)) is None
    acts = [entry.act for entry in await store.read(ORGAN, lambda work: work.checkpoints.log(number))]
    assert acts[-2:] == ["held", "hold_released"]
    assert acts.count("held") == 1
    await destroyed(store, number)
    assert await store.write(ORGAN, lambda work: commands.hold_case(work, AT, "tanaka", number, held)) == Refused(
        Fault.NOT_FOUND
    )
    assert await store.write(ORGAN, lambda work: commands.release_hold(work, AT, "tanaka", number)) == Refused(
        Fault.NOT_FOUND
    )


async def test_a_hold_needs_a_listed_reason_and_somebody_who_may(store: CaseStore) -> None:
    """A second reason takes the place of the first."""
    number = await full_case(store)

    async def hold(who: str, reason: str) -> Refused | None:
        sent = HoldCase(reason=reason)
        return await store.write(ORGAN, lambda work: commands.hold_case(work, AT, who, number, sent))

    assert await hold("sato", "because") == Refused(Fault.REASON_NEEDED)
    assert await hold("suzuki", "litigation") == Refused(Fault.NOT_FOUND)
    assert await hold("sato", "litigation") is await hold("tanaka", "request") is None
    present = await store.read(ORGAN, lambda work: work.retention.hold(number))
    assert (present.code, present.set_by) == ("request", "tanaka")  # type: ignore[union-attr]
    release = await store.write(ORGAN, lambda work: commands.release_hold(work, AT, "suzuki", number))
    assert release == Refused(Fault.NOT_FOUND)


async def test_what_is_due_is_listed_for_whoever_decides(store: CaseStore) -> None:
    """From the day the period is over, longest due on top, and for nobody whom the case is kept from."""
    first, second = await full_case(store), await full_case(store, "second")
    await store.write(ORGAN, lambda work: end_case(work, second, ENDED_ON - timedelta(days=30)))
    third = await full_case(store, "third")
    await store.write(ORGAN, lambda work: end_case(work, third, overseer="ito"))
    assert [line.case_number for line in await undecided(store)] == [second, first]
    assert [line.case_number for line in await undecided(store, "ito")] == [third]
    assert await undecided(store, "sato") == []
    assert await undecided(store, at=circumstances()) == []
    later = organ_of("sato", executive="kato", serial=2)
    await store.write(ORGAN, lambda work: commands.publish_roster(work, AT, later))
    assert await undecided(store, "tanaka") == await undecided(store, "kato") == []


async def test_a_case_that_goes_to_an_archive_is_destroyed_here(store: CaseStore) -> None:
    """Where it went stays readable, and the receipt commits to it."""
    number, other = await full_case(store), await full_case(store, "other")
    outcome = await transfer(store, number, keep=False)
    assert isinstance(outcome, Decided)
    assert outcome.receipt is not None
    assert outcome.receipt.content_hash != (await destroyed(store, other)).receipt.content_hash  # type: ignore[union-attr]
    left = await store.read(ORGAN, rows)
    assert (left["transfers"], left["cases"], left["log"]) == (1, 2, 2)


async def test_a_case_that_is_transferred_and_kept_is_preserved_once_more(store: CaseStore) -> None:
    """Five more years begin, after which the decision is owed again; the list says which archive has a copy."""
    number = await full_case(store)
    assert await transfer(store, number, keep=True) == Decided(case_number=number)
    assert await destroy(store, number) == Refused(Fault.NOT_YET)
    duties = await store.read(ORGAN, lambda work: work.duties.of(number))
    ended, begun = [duty for duty in duties if duty.obligation is Obligation.DECIDE_DESTRUCTION]
    assert (ended.ended_on, begun.begun_on, begun.ended_on) == (OVER_ON, OVER_ON, None)
    later = replace(AT, today=OVER_ON.replace(year=2036))
    (line,) = await undecided(store, at=later)
    assert (line.case_number, line.archive) == (number, "national-archives")
    assert isinstance(await destroy(store, number, at=later), Decided)


async def test_the_bot_is_told_which_mailboxes_to_forget_until_it_has(store: CaseStore) -> None:
    """Of destroyed cases alone, and of its own organ's."""
    number = await full_case(store)
    await full_case(store, "other")
    await destroyed(store, number)
    mailboxes = (await store.read(ORGAN, queries.destroyed_mailboxes)).mailboxes
    assert mailboxes == (f"{MAILBOX}-first",)
    assert not (await store.read("agency", queries.destroyed_mailboxes)).mailboxes
    for organ in ("agency", ORGAN, ORGAN):
        await store.write(organ, lambda work: work.retention.forgotten(mailboxes))
    assert not (await store.read(ORGAN, queries.destroyed_mailboxes)).mailboxes


def test_each_table_is_emptied_of_a_case_or_named_as_one_that_stays() -> None:
    """A table that somebody adds is destroyed with its cases: what is not emptied knows of no case."""
    others = set(t.metadata.tables.values()) - set(EMPTIED) - STAYS - {t.file_contents}
    named = {f"{table.name}.{column.name}" for table in others for column in table.c if tells_of_a_case(column.name)}
    referring = {table.name for table in others for key in table.foreign_keys if key.column.table in (t.cases, t.files)}
    assert (named, referring) == (set(), set())
