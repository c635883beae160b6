"""O-26, O-27, O-28, O-40, O-42: whoever reported is looked after, and nobody looks for them."""

import asyncio
from datetime import date

import pytest

from backend.contract import AlertKind, CaseKind, Concern, Obligation
from tests.support.desk_staff import replies_of
from tests.support.hall import Filed, Hall
from tests.support.handled_cases import alerts, comes_to_read, one_time, owed, raise_concern, today, until

pytestmark = pytest.mark.asyncio(loop_scope="module")

#: The day from which the Act as amended in 2025 is in force.
AMENDED = date(2026, 12, 1)
RELIEF = "National Public Service Act, Art. 90"
PRESUMED = "this is presumed to be because of the report"
ASKED = "How are you?"
WAITING = "There is something new to read. Send your token to see it. You need not say who you are."
#: After one, three, six and twelve months; the business day before where the day is closed.
MONTHS = ((24, 31), (85, 92), (176, 184), (358, 366))


@pytest.fixture(autouse=True)
def _one_time(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let days go by for everyone; all that is reported here comes in under the Act as amended."""
    one_time(hall, monkeypatch)
    until(hall, AMENDED)


async def ended(hall: Hall, filed: Filed | None = None) -> Filed:
    """A case that has come to its end."""
    filed = filed or await hall.hand_over()
    sato = hall.staff()
    await sato.move(filed.number, "accept")
    await sato.move(filed.number, "no-investigation", reason="already_settled", text="It is settled.")
    await sato.move(filed.number, "close", category="other")
    return filed


# O-26: 4(1)


@pytest.mark.parametrize("kind", [CaseKind.REPORT, CaseKind.CONSULTATION])
async def test_bad_treatment_goes_to_desk_and_executive(hall: Hall, kind: CaseKind) -> None:
    """O-26: of reporters and of those who asked; the desk reads it and owes an answer, the executive knows of it."""
    filed = await hall.hand_over(kind)
    assert await alerts(hall, filed) == set()
    await raise_concern(hall, filed, Concern.RETALIATION, "My contract is not renewed.")
    assert await alerts(hall, filed) == {AlertKind.CONCERN}
    assert "My contract is not renewed." in await hall.opens(filed.number)
    assert Obligation.RELIEVE in await owed(hall, filed)
    await hall.acts(filed.number, "answer-concern", "--text", "We speak with the personnel section today.")
    assert "We speak with the personnel section today." in await hall.reads(filed)
    assert await alerts(hall, filed) == set()


async def test_bad_treatment_can_be_said_without_a_token(hall: Hall) -> None:
    """O-26: it becomes a matter of its own, goes to desk and executive, and is answered like any other."""
    filed = await hall.hand_over(CaseKind.RELIEF)
    assert await alerts(hall, filed) == {AlertKind.CONCERN}
    due = (await owed(hall, filed))[Obligation.RELIEVE]
    assert f"You get an answer by {due.day} {due:%B %Y}." in await hall.reads(filed)
    await hall.acts(filed.number, "answer-concern", "--text", "You stay where you are.")
    assert "You stay where you are." in await hall.reads(filed)


async def test_it_never_goes_to_those_whom_the_reporter_excluded(hall: Hall) -> None:
    """O-26: neither at the desk nor above it; the deputy hears of it in the executive's place."""
    filed = await hall.report({"keep_from": ["sato", "tanaka"]})
    await raise_concern(hall, filed, Concern.RETALIATION, "Sato shouts at me.")
    assert await alerts(hall, filed, "tanaka") == set()
    assert await alerts(hall, filed, "ito") == {AlertKind.CONCERN}
    assert filed.number not in await hall.type("inbox", "--all")
    assert filed.number not in await hall.type("overview", who="tanaka")
    assert "Sato shouts at me." in await hall.opens(filed.number, who="kato")


async def test_a_breach_of_secrecy_is_said_the_same_way_and_action_is_recorded(hall: Hall) -> None:
    """O-26: what is done about those who told, or treated somebody badly, stands in the case and in its log."""
    filed = await hall.hand_over()
    await raise_concern(hall, filed, Concern.LEAK, "The whole section knows it was me.")
    assert await alerts(hall, filed) == {AlertKind.CONCERN}
    assert Obligation.RELIEVE in await owed(hall, filed)
    await hall.acts(filed.number, "record", "action", "--text", "A reprimand for whoever told.")
    seen = await hall.opens(filed.number, "--log")
    assert "A reprimand for whoever told." in seen
    assert "recorded action taken" in seen
    assert "reprimand" not in await hall.reads(filed)


# O-27, O-28: 4(2), 4(3)


async def test_whoever_reported_is_asked_for_a_year_after_the_end(hall: Hall) -> None:
    """O-27, O-42: four times, the last of them not before a year has gone by; nobody at the desk has to think of it."""
    filed = await ended(hall)
    begun = today(hall)
    duties = (await hall.file(filed.number)).duties
    days = [(duty.due_on - begun).days for duty in duties if duty.obligation is Obligation.CHECK_IN]
    assert [low <= count <= high for count, (low, high) in zip(days, MONTHS, strict=True)] == [True] * len(MONTHS)


async def test_at_the_end_the_relief_systems_are_told(hall: Hall) -> None:
    """O-28: review of an adverse disposition, request on working conditions, complaint processing."""
    seen = await hall.reads(await ended(hall))
    for words in (RELIEF, "Art. 86", "complaint processing"):
        assert words in seen


async def test_a_check_in_is_answered_in_a_chat(hall: Hall) -> None:
    """O-27, O-28, O-42: no problem, treated badly, stop asking; each question with relief and presumption."""
    asked = await hall.report()
    filed = await ended(hall, asked)
    told_before = (await hall.reads(filed)).count(RELIEF)
    first, second, third, _ = await _check_ins(hall, filed)
    until(hall, first)
    person = await comes_to_read(hall, filed, ASKED)
    assert person.text.count(RELIEF) == told_before + 1
    assert PRESUMED in person.text.partition(ASKED)[2]
    await person.say("Check-in: no problem")
    assert "you need not wait for the next question" in person.text
    assert await alerts(hall, filed) == set()

    until(hall, second)
    person = await comes_to_read(hall, filed, ASKED, 2)
    await person.say("Check-in: I am treated badly")
    assert "The desk is told that you are treated badly." in person.text
    await person.say("I was moved to the archive.")
    await person.say("/done")
    assert replies_of(await hall.staff().open(filed.number))[-1] == "I was moved to the archive."
    assert Obligation.RELIEVE in await owed(hall, filed)
    assert await alerts(hall, filed) == {AlertKind.CONCERN}

    until(hall, third)
    person = await comes_to_read(hall, filed, ASKED, 3)
    await person.say("Check-in: stop asking")
    assert "You will not be asked again." in person.text
    assert Obligation.CHECK_IN not in await owed(hall, filed)


async def test_whoever_left_an_address_is_told_that_a_check_in_waits(hall: Hall) -> None:
    """O-27: in the chat they asked to be told in, and without a word of what it is about."""
    filed = await ended(hall)
    person = await hall.comes_back(filed)
    await person.choose("told_on")
    until(hall, (await _check_ins(hall, filed))[0])
    for _ in range(100):
        if WAITING in (await person.look()).text:
            break
        await asyncio.sleep(0.05)
    assert WAITING in person.screen.text
    assert ASKED not in person.text


async def _check_ins(hall: Hall, filed: Filed) -> list[date]:
    duties = (await hall.file(filed.number)).duties
    return sorted(duty.due_on for duty in duties if duty.obligation is Obligation.CHECK_IN)


# O-40: the Act as amended in 2025


@pytest.mark.parametrize("concern", [Concern.SEARCH, Concern.SILENCE])
async def test_a_search_and_a_forced_promise_go_to_whoever_oversees(hall: Hall, concern: Concern) -> None:
    """O-40: said on a case at any stage, the end included; the executive, else the deputy, is alerted."""
    filed = await ended(hall)
    await raise_concern(hall, filed, concern, "They ask everyone where they were on Monday.")
    assert await alerts(hall, filed) == {AlertKind.CONCERN}
    kept = await hall.report({"keep_from": ["tanaka"]})
    await raise_concern(hall, kept, concern, "I had to sign that I say nothing.")
    assert (await alerts(hall, kept), await alerts(hall, kept, "ito")) == (set(), {AlertKind.CONCERN})


async def test_a_search_can_be_told_to_counsel_without_a_token(hall: Hall) -> None:
    """O-40: the external desk reads it, and whoever oversees hears that there is something grave."""
    filed = await hall.hand_over(CaseKind.RELIEF, desk="gaibu")
    assert Obligation.RELIEVE in await owed(hall, filed, "suzuki")
    assert await alerts(hall, filed) == {AlertKind.CONCERN}


async def test_staff_are_reminded_at_opening_that_nobody_searches(hall: Hall) -> None:
    """O-40: whatever the stage."""
    for filed in (await hall.hand_over(), await ended(hall)):
        assert "Nobody tries to find out who reported" in await hall.opens(filed.number)


async def test_a_question_who_somebody_is_is_held_until_there_is_a_just_cause(hall: Hall) -> None:
    """O-40: nothing leaves before that; the cause, with the very words, is recorded before the letter goes."""
    filed = await hall.hand_over()
    question = "Which section do you work in?"
    held = await hall.acts(filed.number, "answer", question, status=1)
    assert "The law forbids that without just cause." in held
    assert "investigation_impossible" in held
    await hall.acts(filed.number, "answer", question, "--just-cause", "curious", status=1)
    assert question not in await hall.reads(filed)
    await hall.acts(filed.number, "answer", question, "--just-cause", "investigation_impossible")
    assert question in await hall.reads(filed)
    acts = [act for _, act in hall.log(filed.number) if act in ("record_inquiry", "wrote")]
    assert acts == ["record_inquiry", "wrote"]
    assert "Just cause for asking who the reporter is" in await hall.opens(filed.number)


async def test_somebody_who_gave_a_name_may_be_asked(hall: Hall) -> None:
    """O-40: it protects whoever is not known; a member who may not know the name asks as little as ever."""
    filed = await hall.hand_over(name="Yamada")
    question = "Which section do you work in?"
    await hall.acts(filed.number, "answer", question, who="kato", status=1)
    await hall.acts(filed.number, "answer", question)
    assert question in await hall.reads(filed)


# O-42: the Act as amended in 2025


async def test_the_presumption_is_told_at_receipt_to_those_for_whom_it_holds(hall: Hall) -> None:
    """O-42: in the chat, with the first thing that the token opens; and again when the report has been dealt with."""
    filed = await hall.report()
    assert PRESUMED in await hall.reads(filed)
    await ended(hall, filed)
    assert (await hall.reads(filed)).count(PRESUMED) == 2
