"""What was destroyed stays so: after a crash half-way, and with a backup of either database put back."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import text

from backend import commands, queries, reconciling
from backend.commands.destroying import Mended
from backend.contract import AlertKind, Decided, DestroyCase, Fault, Stage
from backend.domain.case import Refused
from backend.ports import CaseStore, Circumstances, Work
from backend.storage import tables as t
from tests.support.ended_cases import ORGAN, OVER_ON, full_case
from tests.support.reports import circumstances

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


def rows(work: Work, organ: str = ORGAN) -> dict[str, int]:
    """How many rows each table has."""
    connection = work.cases._rows._connection  # type: ignore[attr-defined]  # noqa: SLF001 - as a thief would look
    asked = {name: f'SELECT count(*) FROM "{name}" WHERE organ = :organ' for name in t.metadata.tables}  # noqa: S608 - words of ours
    return {name: many for name in asked if (many := connection.execute(text(asked[name]), {"organ": organ}).scalar())}


def run(statement: str, **given: object) -> Any:  # noqa: ANN401 - an act for `write`
    """Change rows beside all commands, as a backup that is restored does."""
    return lambda work: work.cases._rows._connection.execute(text(statement), given)  # noqa: SLF001 - see above


async def test_a_key_that_went_before_its_case_takes_it_along(store: CaseStore) -> None:
    """The power may go between the two: the case is destroyed to the end, under the receipt that was given first."""
    number = await full_case(store)

    def half(work: Work) -> Refused:
        commands.destroy_case(work, AT, "tanaka", number, DestroyCase(confirmed=number))
        # Whatever is refused is undone; the key is not.
        return Refused(Fault.BUSY)

    await store.write(ORGAN, half)
    assert (await store.read(ORGAN, rows))["letters"] == 2
    assert await reconciling.replay(store, (ORGAN, "agency"), replace(AT, today=OVER_ON + timedelta(days=9))) == 1
    case = await store.read(ORGAN, lambda work: work.retention.case(number))
    receipt = await store.read(ORGAN, lambda work: work.retention.receipt(number))
    assert case is not None
    assert receipt is not None
    assert (case.stage, receipt.on, receipt.actor) == (Stage.DESTROYED, OVER_ON, "tanaka")
    assert await reconciling.replay(store, (ORGAN,), AT) == 0
    assert await reconciling.count_keyless(store, (ORGAN,), AT) == 0


async def test_of_two_attempts_the_first_receipt_counts(store: CaseStore) -> None:
    """An overseer who tries again after a failure on a later day gets the receipt of the first day."""
    number = await full_case(store)

    def half(work: Work) -> Refused:
        commands.destroy_case(work, AT, "tanaka", number, DestroyCase(confirmed=number))
        return Refused(Fault.BUSY)

    await store.write(ORGAN, half)
    outcome = await destroy(store, number, at=replace(AT, today=OVER_ON + timedelta(days=1)))
    assert isinstance(outcome, Decided)
    assert outcome.receipt is not None
    assert outcome.receipt.on == OVER_ON


async def test_a_key_that_a_backup_brought_back_is_destroyed_again(store: CaseStore) -> None:
    """A month-old copy of the keys knows neither the destruction nor its mark; the case's remains do."""
    number = await full_case(store)
    keys = store._keys  # type: ignore[attr-defined]  # noqa: SLF001 - no command brings a key back

    def keep(work: Work) -> tuple[str, bytes]:
        ((erasure_id,),) = run("SELECT erasure_id FROM cases")(work).all()
        return erasure_id, keys.find(ORGAN, erasure_id)

    erasure_id, key = await store.read(ORGAN, keep)
    outcome = await destroyed(store, number)

    def restore(_: Work) -> None:
        with keys._rows(ORGAN, writing=True) as there:  # noqa: SLF001 - see above
            there.run(text("DELETE FROM destroyed"))
            there.run(text("INSERT INTO erasure_keys VALUES (:bound_organ, :id, :key)"), id=erasure_id, key=key)

    await store.write(ORGAN, restore)
    assert await reconciling.replay(store, (ORGAN,), AT) == 1
    assert await store.read(ORGAN, lambda work: work.erasure.keyless([erasure_id])) == [erasure_id]
    assert await store.read(ORGAN, lambda work: work.erasure.receipts(["first"])) == {"first": outcome.receipt}
    assert await reconciling.replay(store, (ORGAN,), AT) == 0


async def test_a_case_whose_key_is_missing_is_told_of_and_not_touched(store: CaseStore) -> None:
    """Every time it is looked at; whoever oversees it has an alert, and nothing of it is deleted."""
    number, other = await full_case(store), await full_case(store, "other")
    before = await store.read(ORGAN, rows)
    await store.write(ORGAN, run("UPDATE cases SET erasure_id = 'lost' WHERE number = :number", number=number))
    for _ in range(2):
        assert await reconciling.count_keyless(store, (ORGAN, "agency"), AT) == 1
    assert await reconciling.replay(store, (ORGAN,), AT) == 0
    alerts = (await store.read(ORGAN, lambda work: queries.staff_inbox(work, "tanaka"))).alerts
    assert [(alert.case_number, alert.what) for alert in alerts] == [(number, AlertKind.KEY_MISSING)]
    assert await store.read(ORGAN, rows) == {**before, "alerts": 1}
    assert await store.write(ORGAN, lambda work: commands.mend(work, AT, "2026-000000")) is Mended.WELL
    assert (await store.read(ORGAN, lambda work: work.cases.file(other, "sato"))).grants  # type: ignore[union-attr]


@pytest.mark.parametrize("hour", [2, 3, 27])
async def test_free_space_is_scoured_at_night(store: CaseStore, hour: int) -> None:
    """Nothing is asked of anybody for it, and nothing is lost by it."""
    number = await full_case(store)
    await destroyed(store, number)
    assert await reconciling.scour(store, (ORGAN,), replace(AT, hour=hour)) == 0
    assert await store.ailments() == {}
