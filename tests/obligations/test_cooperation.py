"""O-31, O-33: reports that supervisors pass on, and cooperation that is asked for, given or refused."""

from datetime import timedelta

import pytest

from backend.contract import CaseKind, Obligation, Stage
from tests.support.desk_staff import words_of
from tests.support.hall import STORY, Hall
from tests.support.handled_cases import owed, today

pytestmark = pytest.mark.asyncio(loop_scope="module")


# O-31: 5(2)ii


async def test_what_a_supervisor_passes_on_is_handled_like_a_report(hall: Hall) -> None:
    """O-31: known as such at the desk, with acceptance and investigation owed; the supervisor hears of each step."""
    filed = await hall.hand_over(CaseKind.SUPERVISOR, name="Section chief Ueda")
    line = (await hall.file(filed.number)).line
    assert (line.kind, line.stage) == (CaseKind.SUPERVISOR, Stage.RECEIVED)
    due = await owed(hall, filed)
    assert due.keys() == {Obligation.DECIDE_ACCEPTANCE, Obligation.DECIDE_INVESTIGATION}
    assert due[Obligation.DECIDE_INVESTIGATION] - today(hall) <= timedelta(days=20)
    await hall.acts(filed.number, "accept")
    await hall.acts(filed.number, "investigate", "--start", "2026-12-01")
    seen = await hall.reads(filed)
    assert "Your report has been accepted." in seen
    assert "There will be an investigation of what you reported." in seen


async def test_the_desk_reads_what_was_told_and_who_passed_it_on_apart(hall: Hall) -> None:
    """O-31: the supervisor's name is sealed apart from what they were told, as with any reporter."""
    filed = await hall.hand_over(CaseKind.SUPERVISOR, name="Section chief Ueda")
    seen = await hall.opens(filed.number, "--identity", who="kato")
    assert STORY in seen
    assert "Ueda" not in seen
    assert "Ueda" in words_of(await hall.staff().open(filed.number))


async def test_whether_the_reporter_agreed_is_asked_and_recorded(hall: Hall) -> None:
    """O-31: the supervisor is asked in the thread; the answer is a record of its own, refusals too."""
    filed = await hall.hand_over(CaseKind.SUPERVISOR)
    await hall.acts(filed.number, "ask-consent", "--text", "Does your colleague know that you tell us?")
    person = await hall.comes_back(filed)
    assert "Does your colleague know that you tell us?" in person.text
    await person.say("She knows, and does not want to be named.")
    await person.say("/done")
    await hall.acts(filed.number, "record", "consent", "--refused", "--text", "Told by her supervisor.")
    seen = await hall.opens(filed.number, "--log")
    refused = "recorded that consent was refused"
    for words in ("She knows, and does not want to be named.", "Told by her supervisor.", refused):
        assert words in seen


# O-33: 5(3)


async def test_cooperation_is_recorded_on_the_case_with_its_answer(hall: Hall) -> None:
    """O-33: whom we ask and who asks us: own personnel, other organs, public agencies; each with its answer."""
    filed = await hall.hand_over()
    records = (
        ("--to", "Accounting section", "--text", "All invoices of May."),
        ("--to", "Accounting section", "--answered", "--text", "Invoices received."),
        ("--from", "Board of Audit", "--text", "Asks for the contract."),
        ("--from", "Board of Audit", "--answered", "--text", "The contract was given."),
    )
    for record in records:
        await hall.acts(filed.number, "record", "cooperation", *record)
    seen = await hall.opens(filed.number, "--log")
    for _, who, *_, text in records:
        assert who in seen
        assert text in seen
    assert seen.count("this is the answer") == 2
    assert [act for _, act in hall.log(filed.number)].count("record_cooperation") == len(records)
    assert "invoices" not in await hall.reads(filed)


async def test_a_refusal_to_cooperate_is_recorded_with_its_just_cause(hall: Hall) -> None:
    """O-33: only causes that the organ lists; who refuses must be named."""
    filed = await hall.hand_over()
    refusal = ("record", "refusal", "--from", "Head of the archive", "--text", "Says that it is secret by law.")
    told = await hall.acts(filed.number, *refusal, "--reason", "busy", status=1)
    assert "secrecy_by_law" in told
    await hall.acts(filed.number, "record", "refusal", "--reason", "no_bearing", "--text", "No.", status=1)
    await hall.acts(filed.number, *refusal, "--reason", "secrecy_by_law")
    seen = await hall.opens(filed.number)
    for words in (
        "Cooperation refused",
        "secrecy_by_law",
        "from Head of the archive",
        "Says that it is secret by law.",
    ):
        assert words in seen
    assert [act for _, act in hall.log(filed.number)].count("record_refusal") == 1
