"""O-36: what politicians ask of officials is recorded with names, checked, confirmed by the minister, and filed."""

import pytest

from backend.contract import CaseKind, Ending, Obligation, Stage
from tests.support.hall import Filed, Hall
from tests.support.handled_cases import owed

pytestmark = pytest.mark.asyncio(loop_scope="module")

NAME = "Mr Hara's secretary, to Deputy director Endo"
CHECKED = {Obligation.READ_BACK, Obligation.RECONFIRM, Obligation.CONFIRM_BY_MINISTER}


async def recorded(hall: Hall) -> Filed:
    """A record that came in, named."""
    return await hall.hand_over(CaseKind.APPROACH, name=NAME)


async def owed_now(hall: Hall, filed: Filed) -> set[Obligation]:
    """What is owed beside the end."""
    return (await owed(hall, filed)).keys() - {Obligation.FINISH}


async def goes_on(hall: Hall, filed: Filed, step: str, *words: str, status: int = 0) -> str:
    """Somebody at the desk, who has just looked at the record, brings it on."""
    await hall.staff().open(filed.number)
    return await hall.type("approach", step, filed.number, *words, status=status)


async def test_a_record_is_named_and_says_by_when_it_is_checked_and_confirmed(hall: Hall) -> None:
    """O-36: read-back, reconfirmation and the minister's confirmation are owed from the first day on."""
    filed = await recorded(hall)
    assert await owed_now(hall, filed) == CHECKED
    assert NAME in await hall.opens(filed.number, "--identity")
    assert "approach" in str((await hall.file(filed.number)).line.kind)


async def test_nothing_is_filed_before_it_was_read_back_reconfirmed_and_confirmed(hall: Hall) -> None:
    """O-36: each step ends what it was owed as, is recorded with its words, and only then may the record be filed."""
    filed = await recorded(hall)
    steps = (
        ("read-back", Obligation.READ_BACK, ("--text", "1: as said. 2: corrected to 'soon'. 3: as said.")),
        ("reconfirmed", Obligation.RECONFIRM, ("--from", "Mr Hara", "--outcome", "corrected", "--text", "Not 2.")),
        ("minister", Obligation.CONFIRM_BY_MINISTER, ("--text", "Spoke with Mr Hara; it is not taken up.")),
    )
    open_still = set(CHECKED)
    for step, obligation, words in steps:
        await goes_on(hall, filed, "file", "--text", "Filed.", status=1)
        await goes_on(hall, filed, step, *words)
        open_still -= {obligation}
        assert await owed_now(hall, filed) == open_still
    await goes_on(hall, filed, "file", "--text", "Filed under 2026-14.")
    assert (await hall.file(filed.number)).line.stage is Stage.CLOSED
    seen = await hall.opens(filed.number, "--log")
    for _, _, words in steps:
        assert words[-1] in seen
    for act in ("read the record back", "recorded the minister’s confirmation", "filed the record"):
        assert act in seen


@pytest.mark.parametrize("outcome", ["confirmed", "corrected", "refused"])
async def test_whoever_made_a_statement_is_asked_and_answers_or_refuses(hall: Hall, outcome: str) -> None:
    """O-36: that they were asked is not yet an answer; what came of it is one of the organ's list."""
    filed = await recorded(hall)
    await goes_on(hall, filed, "ask", "--to", "Mr Hara", "--text", "Sent him statements 1 to 3.")
    assert Obligation.RECONFIRM in await owed(hall, filed)
    await goes_on(hall, filed, "reconfirmed", "--from", "Mr Hara", "--outcome", "maybe", "--text", "?", status=1)
    await goes_on(hall, filed, "reconfirmed", "--from", "Mr Hara", "--outcome", outcome, "--text", "By telephone.")
    duties = {duty.obligation: duty.ending for duty in (await hall.file(filed.number)).duties}
    assert duties[Obligation.RECONFIRM] is Ending.DONE
    assert f"[{outcome}]" in await hall.opens(filed.number)


async def test_what_is_filed_is_only_added_to(hall: Hall) -> None:
    """O-36, O-37: a later word stands behind what there was; nothing of it can be taken up, moved or written again."""
    filed = await recorded(hall)
    await goes_on(hall, filed, "read-back", "--text", "As said.")
    await goes_on(hall, filed, "reconfirmed", "--from", "Mr Hara", "--outcome", "confirmed", "--text", "Yes.")
    await goes_on(hall, filed, "minister", "--text", "Not taken up.")
    await goes_on(hall, filed, "file", "--text", "Filed.")
    before = hall.rows("SELECT sequence, entry_hash FROM log WHERE case_number = ? ORDER BY sequence", filed.number)
    await goes_on(hall, filed, "file", "--text", "Filed otherwise.", status=1)
    await hall.acts(filed.number, "take-up-again", "--reason", "mistake", status=1)
    await goes_on(hall, filed, "read-back", "--text", "Added: the date was the 3rd.")
    after = hall.rows("SELECT sequence, entry_hash FROM log WHERE case_number = ? ORDER BY sequence", filed.number)
    assert after[: len(before)] == before
    seen = await hall.opens(filed.number)
    assert "As said." in seen
    assert "Added: the date was the 3rd." in seen


async def test_a_record_is_no_report(hall: Hall) -> None:
    """O-36: it is neither accepted nor declined nor investigated, and a report is not read back."""
    filed, report = await recorded(hall), await hall.hand_over()
    await hall.acts(filed.number, "accept", status=1)
    await goes_on(hall, report, "read-back", "--text", "As said.", status=1)
    assert (await hall.file(filed.number)).line.stage is Stage.RECEIVED
