"""O-21, O-22, O-24, O-25: measures, the time that handling takes, whether measures work, and complaints."""

from datetime import date, timedelta

import pytest

from backend.contract import AlertKind, CaseKind, Concern, Ending, Obligation, Stage
from tests.support.hall import Filed, Hall
from tests.support.handled_cases import alerts, comes_to_read, one_time, owed, raise_concern, today, until

pytestmark = pytest.mark.asyncio(loop_scope="module")

#: Long enough for what was said at its end to be due.
AFTER = timedelta(days=1)
MEASURE = "The bids stay closed until noon."


@pytest.fixture(autouse=True)
def _one_time(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let days go by for everyone."""
    one_time(hall, monkeypatch)


async def concluded(hall: Hall) -> Filed:
    """A case whose investigation has a result."""
    filed = await hall.hand_over()
    sato = hall.staff()
    await sato.move(filed.number, "accept")
    await sato.move(filed.number, "investigate", start="2026-12-01")
    await sato.move(filed.number, "conclude", finding="violation")
    return filed


# O-21: 3(4)i


async def test_measures_are_told_to_the_reporter(hall: Hall) -> None:
    """O-21: they are owed from the result on; what was done, and on which day, stands in the inbox."""
    filed = await concluded(hall)
    assert Obligation.TAKE_MEASURES in await owed(hall, filed)
    await hall.acts(filed.number, "measures", "--on", "2026-11-20", "--text", MEASURE)
    seen = await hall.reads(filed)
    for words in ("This is what is being done about it.", MEASURE, "The measures were taken on 20 November 2026."):
        assert words in seen
    assert Obligation.TAKE_MEASURES not in await owed(hall, filed)


async def test_measures_are_withheld_on_a_listed_ground_only_and_that_is_recorded(hall: Hall) -> None:
    """O-21: without one, the grounds that there are are shown; with one, the reporter hears nothing of it."""
    filed = await concluded(hall)
    unsaid = ("measures", "--text", "It names a colleague.", "--unsaid")
    refused = await hall.acts(filed.number, *unsaid, "inconvenient", status=1)
    assert "privacy: It would touch on the privacy of somebody concerned." in refused
    await hall.acts(filed.number, *unsaid, "privacy")
    assert "what is being done" not in await hall.reads(filed)
    assert "not told to the reporter: It would touch on the privacy" in await hall.opens(filed.number)
    ended = {duty.obligation: duty.ending for duty in (await hall.file(filed.number)).duties}
    assert ended[Obligation.TAKE_MEASURES] is Ending.UNSAID


# O-22: 3(4)ii


async def test_how_long_handling_takes_is_told_at_receipt_and_dated_at_acceptance(hall: Hall) -> None:
    """O-22: the standard period in the chat before and after the report; from acceptance on, the day."""
    filed = await hall.report()
    assert "From acceptance to the end usually takes 90 days." in await hall.reads(filed)
    await hall.staff().move(filed.number, "accept")
    due = (await owed(hall, filed))[Obligation.FINISH]
    assert f"It should be dealt with by {due.day} {due:%B %Y}." in await hall.reads(filed)


async def test_a_case_may_have_an_expected_time_of_its_own_and_changes_of_it_are_told(hall: Hall) -> None:
    """O-22: given at acceptance; changed later with a reason, never to a day that is over."""
    filed = await hall.hand_over()
    await hall.acts(filed.number, "accept", "--expected", "2027-06-30")
    assert "It should be dealt with by 30 June 2027." in await hall.reads(filed)
    refused = await hall.acts(filed.number, "period", "--until", "2020-01-31", "--text", "Late.", status=1)
    assert "give a day after today" in refused
    await hall.acts(filed.number, "period", "--until", "2027-09-30", "--text", "A witness is ill.")
    seen = await hall.reads(filed)
    for words in ("has changed", "30 September 2027", "A witness is ill."):
        assert words in seen
    assert (await owed(hall, filed))[Obligation.FINISH] == date(2027, 9, 30)


async def test_each_organ_sets_a_standard_period_of_its_own(hall: Hall) -> None:
    """O-22: what comes in under it is told it; cases that were there before keep theirs."""
    before = await hall.hand_over()
    since = today(hall) + timedelta(days=1)
    own = f"\n[[policy.editions]]\nsince = {since}\nperiods = {{ finish = {{ counts = [45] }} }}\n\n[rules]\n"
    await hall.system.publish(lambda text: text.replace("\n[rules]\n", own, 1))
    until(hall, since)
    after = await hall.hand_over()
    assert "From acceptance to the end usually takes 45 days." in await hall.reads(after)
    assert "From acceptance to the end usually takes 90 days." in await hall.reads(before)


async def test_a_day_that_passed_is_admitted_to_the_reporter(hall: Hall) -> None:
    """O-22: nobody is left to wait for what was promised."""
    filed = await hall.hand_over()
    await hall.staff().move(filed.number, "accept")
    due = (await owed(hall, filed))[Obligation.FINISH]
    until(hall, due + AFTER)
    person = await comes_to_read(hall, filed, "That day has passed and it is not finished.")
    assert f"dealt with by {due.day} {due:%B %Y}" in person.text


# O-24: 3(6)


async def test_whether_measures_work_is_reviewed_and_may_reopen_them(hall: Hall) -> None:
    """O-24: owed from the end on, reminded of when it is due; measures that fail are owed again, and that is told."""
    filed = await concluded(hall)
    sato = hall.staff()
    await sato.move(filed.number, "measures", text=MEASURE)
    await sato.move(filed.number, "close", category="procurement")
    due = (await owed(hall, filed))[Obligation.REVIEW]
    assert (due - today(hall)).days > 170
    until(hall, due)
    await _reminded(hall, filed, Obligation.REVIEW)
    await hall.acts(filed.number, "review", "--result", "does_not_work")
    assert Obligation.REVIEW not in await owed(hall, filed)
    await hall.acts(filed.number, "take-up-again", "--reason", "measures_fail")
    assert (await hall.file(filed.number)).line.stage is Stage.MEASURES
    assert {Obligation.TAKE_MEASURES, Obligation.FINISH} <= (await owed(hall, filed)).keys()
    seen = await hall.reads(filed)
    for words in ("Finding: they do not work.", "Your report is taken up again.", "the measures do not work."):
        assert words in seen


async def test_measures_that_work_are_left_as_they_are(hall: Hall) -> None:
    """O-24: nothing of them is owed any more; a case that ended without measures has nothing to review."""
    filed, declined = await concluded(hall), await hall.hand_over()
    sato = hall.staff()
    await sato.move(filed.number, "measures", text=MEASURE)
    await sato.move(filed.number, "close", category="procurement")
    await sato.move(filed.number, "review", result="works")
    assert (await hall.file(filed.number)).line.stage is Stage.REVIEWED
    assert not {Obligation.REVIEW, Obligation.TAKE_MEASURES} & (await owed(hall, filed)).keys()
    await sato.move(declined.number, "decline", reason="no_facts", text="Nothing can be checked.")
    await sato.move(declined.number, "close", category="other")
    assert Obligation.REVIEW not in await owed(hall, declined)


async def _reminded(hall: Hall, filed: Filed, obligation: Obligation) -> None:
    for _ in range(100):
        reminders = (await hall.staff().inbox()).reminders
        if (filed.number, obligation) in [(one.case_number, one.obligation) for one in reminders]:
            return
    raise AssertionError("nobody was reminded")


# O-25: 3(7)


async def test_a_complaint_with_a_token_is_answered_by_a_day(hall: Hall) -> None:
    """O-25: said on a case in any stage; the answer is owed from that day on, and stands in the inbox."""
    filed = await hall.hand_over()
    await hall.staff().move(filed.number, "decline", reason="no_facts", text="Nothing can be checked.")
    await raise_concern(hall, filed, Concern.FEEDBACK, "You did not even ask me.")
    assert (await owed(hall, filed))[Obligation.ANSWER_FEEDBACK] - today(hall) <= timedelta(days=14)
    assert "You did not even ask me." in await hall.opens(filed.number)
    await hall.acts(filed.number, "answer-feedback", "--text", "You are right; we ask you now.")
    assert Obligation.ANSWER_FEEDBACK not in await owed(hall, filed)
    assert "You are right; we ask you now." in await hall.reads(filed)
    assert AlertKind.CONCERN not in await alerts(hall, filed)


async def test_a_complaint_without_a_token_gets_one_and_an_answer_by_a_day_that_is_told(hall: Hall) -> None:
    """O-25: a matter of its own; whoever leaves it unanswered has the executive told."""
    filed = await hall.hand_over(CaseKind.FEEDBACK)
    due = (await owed(hall, filed))[Obligation.ANSWER_FEEDBACK]
    assert f"You get an answer by {due.day} {due:%B %Y}." in await hall.reads(filed)
    late = await hall.hand_over(CaseKind.FEEDBACK)
    await hall.staff().move(filed.number, "answer-feedback", text="Thank you; the form is shorter now.")
    assert "Thank you; the form is shorter now." in await hall.reads(filed)
    until(hall, due + 2 * AFTER)
    for _ in range(100):
        if await alerts(hall, late):
            break
    assert AlertKind.OVERDUE in await alerts(hall, late)
    assert AlertKind.OVERDUE not in await alerts(hall, filed)
