"""Reports arrive once, whole or not at all."""

import asyncio
from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from backend import commands, queries
from backend.contract import AlertKind, CaseKind, Compartment, Escalation, Fault, Locate, Receipt, Submission
from backend.domain.case import Refused
from backend.ports import CaseStore, StoreUnavailableError
from tests.support.reports import TODAY, CountedChance, circumstances, locator, submission

ORGAN = "ministry"


class StuckChance(CountedChance):
    """Dice that always show what they showed first."""

    def bytes(self, count: int) -> bytes:
        """The same as ever."""
        self.drawn = 0
        return super().bytes(count)


async def hand_over(store: CaseStore, sent: Submission, organ: str = ORGAN) -> tuple[Receipt, bool] | Refused:
    """Submit a report."""
    at = circumstances()
    return await store.write(organ, lambda work: commands.submit(work, at, sent))


async def put(store: CaseStore, file_id: str, content: bytes = b"sealed file", organ: str = ORGAN) -> Refused | None:
    """Put up a file."""
    return await store.write(organ, lambda work: commands.put_file(work, circumstances(), file_id, content))


async def lines(store: CaseStore, who: str = "sato", organ: str = ORGAN) -> Sequence[object]:
    """The cases that someone sees."""
    return (await store.read(organ, lambda work: queries.staff_inbox(work, who))).cases


async def test_a_report_becomes_a_case(store: CaseStore) -> None:
    """The receipt names desk and day, and whoever has a grant sees the case as waiting for an answer."""
    outcome = await hand_over(store, submission())
    assert isinstance(outcome, tuple)
    receipt, is_new = outcome
    assert is_new
    assert (receipt.desk, receipt.received_on) == ("integrated", TODAY)
    inbox = await store.read(ORGAN, lambda work: queries.staff_inbox(work, "sato"))
    assert [(line.case_number, line.awaits_answer, line.letters) for line in inbox.cases] == [
        (receipt.case_number, True, 0)
    ]


async def test_a_repeat_gets_the_same_receipt_and_makes_nothing(store: CaseStore) -> None:
    """A bot that never heard the answer may ask again: same receipt, one case."""
    first = await hand_over(store, submission())
    again = await hand_over(store, submission())
    assert isinstance(first, tuple)
    assert again == (first[0], False)
    assert len(await lines(store)) == 1


async def test_sixty_four_parallel_submitters_of_one_report_make_one_case(store: CaseStore) -> None:
    """All get the receipt of the one case, and exactly one is told that it is new."""
    outcomes = await asyncio.gather(*(hand_over(store, submission()) for _ in range(64)))
    receipts = [outcome for outcome in outcomes if isinstance(outcome, tuple)]
    assert len(receipts) == 64
    assert len({receipt.case_number for receipt, _ in receipts}) == 1
    assert sum(is_new for _, is_new in receipts) == 1
    assert len(await lines(store)) == 1


async def test_a_number_that_is_taken_is_drawn_again(store: CaseStore) -> None:
    """Two reports whose dice fall alike get different numbers."""
    outcomes = [await hand_over(store, submission(name)) for name in ("first", "second")]
    numbers = {outcome[0].case_number for outcome in outcomes if isinstance(outcome, tuple)}
    assert len(numbers) == 2


async def test_a_report_whose_file_is_missing_leaves_nothing(store: CaseStore) -> None:
    """Refused as a whole: the same report goes through once the file is there."""
    sent = submission(file_ids=("f1", "f2"))
    await put(store, "f1")
    assert await hand_over(store, sent) == Refused(Fault.FILE_MISSING)
    assert await lines(store) == ()
    assert await store.read(
        ORGAN, lambda work: queries.inbox_of_locator(work, TODAY, Locate(locator=sent.locator))
    ) == Refused(Fault.NOT_FOUND)
    await put(store, "f2")
    assert isinstance(await hand_over(store, sent), tuple)


async def test_a_file_of_another_case_cannot_be_taken(store: CaseStore) -> None:
    """What belongs to one case is missing for every other."""
    await put(store, "f1")
    await hand_over(store, submission("first", file_ids=("f1",)))
    assert await hand_over(store, submission("second", file_ids=("f1",))) == Refused(Fault.FILE_MISSING)


async def test_a_file_can_be_put_twice_but_not_changed(store: CaseStore) -> None:
    """The same bytes under the same id are a repeat; other bytes are refused."""
    assert await put(store, "f1", b"same") is None
    assert await put(store, "f1", b"same") is None
    assert await put(store, "f1", b"other") == Refused(Fault.CHANGED_MEANWHILE)


async def test_a_locator_leads_to_one_case_only(store: CaseStore) -> None:
    """A second report under the locator of a first is refused whole, whatever its id."""
    await hand_over(store, submission("first"))
    assert await hand_over(store, submission("second", locator=locator("first"))) == Refused(Fault.CHANGED_MEANWHILE)
    assert len(await lines(store)) == 1


async def test_a_report_past_its_desk_alerts_whom_it_names(store: CaseStore) -> None:
    """The executive learns that there is a case and that its desk could not be given it; and opens nothing."""
    await hand_over(store, submission(holders=("recovery",), escalation=Escalation.RECOVERY, overseer="mori", desk=""))
    inbox = await store.read(ORGAN, lambda work: queries.staff_inbox(work, "mori"))
    assert inbox.cases == ()
    assert [(alert.what, alert.on, alert.desk) for alert in inbox.alerts] == [(AlertKind.RECOVERY, TODAY, "")]


async def test_bad_treatment_without_a_report_alerts_whom_it_names(store: CaseStore) -> None:
    """A relief matter is as grave as a concern on a case that is known; a question is not."""
    await hand_over(store, submission("asked", overseer="mori", kind=CaseKind.CONSULTATION))
    outcome = await hand_over(store, submission("treated badly", overseer="mori", kind=CaseKind.RELIEF))
    assert isinstance(outcome, tuple)
    inbox = await store.read(ORGAN, lambda work: queries.staff_inbox(work, "mori"))
    assert [(alert.case_number, alert.what) for alert in inbox.alerts] == [(outcome[0].case_number, AlertKind.CONCERN)]


async def test_parts_of_a_compartment_go_to_its_holders_only(store: CaseStore) -> None:
    """Who holds the facts alone does not even see that a name was given."""
    sent = submission(holders=("sato", "suzuki"))
    facts_alone = tuple(g for g in sent.grants if g.holder == "sato" or g.compartment is Compartment.FACTS)
    outcome = await hand_over(store, submission(grants=facts_alone))
    assert isinstance(outcome, tuple)
    number = outcome[0].case_number
    whole = await store.read(ORGAN, lambda work: work.cases.file(number, "sato"))
    partly = await store.read(ORGAN, lambda work: work.cases.file(number, "suzuki"))
    assert whole is not None
    assert partly is not None
    assert [part.part_id for part in whole.parts] == ["facts", "identity"]
    assert [part.part_id for part in partly.parts] == ["facts"]
    assert {grant.holder for grant in partly.grants} == {"suzuki"}


@pytest.mark.parametrize("organ", ["agency", ""])
async def test_another_organ_finds_nothing(store: CaseStore, organ: str) -> None:
    """The same ids and the same locator are other rows, or none, in another organ."""
    await put(store, "f1")
    outcome = await hand_over(store, submission(file_ids=("f1",)))
    assert isinstance(outcome, tuple)
    number = outcome[0].case_number
    assert await lines(store, organ=organ) == ()
    assert await store.read(organ, lambda work: work.cases.behind(locator("first"))) is None
    assert await store.read(organ, lambda work: work.cases.submitted_as("first")) is None
    assert await store.read(organ, lambda work: work.cases.granted(number, "sato")) is None
    assert await store.read(organ, lambda work: work.files.content(number, "f1", "sato")) is None
    assert await hand_over(store, submission(file_ids=("f1",)), organ) == Refused(Fault.FILE_MISSING)
    assert isinstance(await hand_over(store, submission(), organ), tuple)


async def test_broken_dice_are_told_from_a_busy_year(store: CaseStore) -> None:
    """When every number that is drawn is taken, the report is put off and nothing of it is kept."""
    await hand_over(store, submission("first"))
    stuck = replace(circumstances(), chance=StuckChance())
    with pytest.raises(StoreUnavailableError):
        await store.write(ORGAN, lambda work: commands.submit(work, stuck, submission("second")))
    assert len(await lines(store)) == 1
