"""O-14, O-25 to O-28, O-30, O-40 to O-42: what people say and hear afterwards, at a terminal and in a browser."""

import asyncio
from contextlib import AbstractAsyncContextManager
from datetime import date

import pytest

from backend.contract import AlertKind, CaseKind, Obligation
from tests.support.either_way import WAYS, Answers, Person, turning
from tests.support.hall import STORY, Filed, Hall
from tests.support.handled_cases import alerts, one_time, owed, today, until

pytestmark = pytest.mark.asyncio(loop_scope="module")

#: The day from which the Act as amended in 2025 is in force.
AMENDED = date(2026, 12, 1)
PRESUMED = "this is presumed to be because of the report"
RELIEF = "National Public Service Act, Art. 90"


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    """Where the person is."""
    return str(request.param)


@pytest.fixture(autouse=True)
def _one_time(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let days go by for everyone; all that is said here is said under the Act as amended."""
    one_time(hall, monkeypatch)
    until(hall, AMENDED)


def somebody(hall: Hall, way: str) -> AbstractAsyncContextManager[Person]:
    """Somebody who has not said anything yet."""
    return turning(way, hall.system)


async def reported(hall: Hall, **answers: str | list[str]) -> Filed:
    """A case with a story, made at a terminal."""
    return await hall.report(answers)


async def says_about(hall: Hall, way: str, filed: Filed, matter: str, answers: Answers) -> None:
    """Open the case and say something beside the matter itself."""
    async with somebody(hall, way) as person:
        await person.comes_back(filed.token)
        await person.tap(matter)
        await person.walk(answers)
        await person.tap("hand_over")
        assert "It is with the desk now." in await person.sees()


async def says_anew(hall: Hall, way: str, matter: str, answers: Answers) -> Filed:
    """Say it without a token."""
    async with somebody(hall, way) as person:
        await person.begin()
        await person.tap("other")
        await person.tap(matter)
        await person.walk(answers)
        token = await person.hands_over()
    (number,) = hall.news()
    return Filed(number, token)


async def reads(hall: Hall, way: str, filed: Filed, words: str) -> str:
    """Look again until something stands in the inbox."""
    seen = ""
    for _ in range(60):
        async with somebody(hall, way) as person:
            await person.comes_back(filed.token)
            seen = await person.sees()
            if words in seen:
                return seen
        await asyncio.sleep(0.1)
    raise AssertionError(f"it never came: {seen}")


async def ended(hall: Hall) -> Filed:
    """A case that has come to its end."""
    filed = await reported(hall)
    sato = hall.staff()
    await sato.move(filed.number, "accept")
    await sato.move(filed.number, "no-investigation", reason="already_settled", text="It is settled.")
    await sato.move(filed.number, "close", category="other")
    return filed


# O-14


async def test_a_token_that_staff_could_have_seen_is_replaced_before_it_opens_anything(hall: Hall, way: str) -> None:
    """O-14: what is on paper opens nothing but a new token, which opens all; the old one opens nothing."""
    filed = await hall.hand_over()
    async with somebody(hall, way) as person:
        await person.comes_back(filed.token)
        await person.tap("renew")
        await person.tap("yes")
        new = person.token
        await person.tap("saved")
    assert new not in ("", filed.token)
    async with somebody(hall, way) as person:
        await person.comes_back(filed.token)
        assert "Nothing opens with that token" in await person.sees()
    await reads(hall, way, Filed(filed.number, new), filed.number)


# O-25


async def test_feedback_is_answered_with_a_token_and_without(hall: Hall, way: str) -> None:
    """O-25: on a case and on its own; an answer is owed by a day, and is read with the token."""
    filed = await reported(hall)
    await says_about(hall, way, filed, "feedback", {"feedback_about": "waiting", "feeding_back": "Too slow."})
    alone = await says_anew(hall, way, "feedback", {"feedback_about": "mechanism", "feeding_back": "Clear words."})
    assert (await hall.staff().open(alone.number)).file.line.kind is CaseKind.FEEDBACK
    for each, words in ((filed, "Too slow."), (alone, "Clear words.")):
        assert words in await hall.opens(each.number)
        assert Obligation.ANSWER_FEEDBACK in await owed(hall, each)
        await hall.acts(each.number, "answer-feedback", "--text", "Thank you; we look into it.")
        await reads(hall, way, each, "Thank you; we look into it.")


# O-26, O-40


@pytest.mark.parametrize("concern", ["retaliation", "search", "silence", "leak"])
async def test_a_concern_about_a_case_goes_to_desk_and_executive(hall: Hall, way: str, concern: str) -> None:
    """O-26, O-40: treated badly, searched for, sworn to silence, told on; relief is owed from that day."""
    filed = await reported(hall)
    await says_about(hall, way, filed, "concern", {"concern": concern, "concerning": "They ask each of us."})
    assert await alerts(hall, filed) == {AlertKind.CONCERN}
    assert Obligation.RELIEVE in await owed(hall, filed)
    assert "They ask each of us." in await hall.opens(filed.number)


async def test_a_concern_without_a_token_goes_to_executive_and_counsel(hall: Hall, way: str) -> None:
    """O-26, O-40: as a matter of its own; counsel know that there is one, and hold no key by it."""
    filed = await says_anew(hall, way, "concern", {"concern": "search", "concerning": STORY})
    assert (await hall.staff().open(filed.number)).file.line.kind is CaseKind.RELIEF
    assert await alerts(hall, filed) == {AlertKind.CONCERN}
    assert await alerts(hall, filed, "suzuki") == {AlertKind.CONCERN}
    await hall.type("open", filed.number, who="suzuki", status=1)
    await hall.acts(filed.number, "answer-concern", "--text", "The search has been stopped.")
    await reads(hall, way, filed, "The search has been stopped.")


async def test_nobody_hears_of_it_whom_the_reporter_kept_out(hall: Hall, way: str) -> None:
    """O-26: neither the executive nor a colleague; the deputy hears in the executive's place."""
    filed = await reported(hall, keep_from=["tanaka"])
    await says_about(hall, way, filed, "concern", {"concern": "retaliation", "concerning": "My work was taken."})
    assert await alerts(hall, filed) == set()
    assert await alerts(hall, filed, "ito") == {AlertKind.CONCERN}


# O-27, O-28, O-42


@pytest.mark.parametrize("answer", ["fine", "badly", "stop"])
async def test_a_check_in_is_answered_by_one_tap(hall: Hall, way: str, answer: str) -> None:
    """O-27, O-28, O-42: asked after the end, with relief and the presumption beside; being treated badly alerts."""
    filed = await ended(hall)
    first = min(
        duty.due_on for duty in (await hall.file(filed.number)).duties if duty.obligation is Obligation.CHECK_IN
    )
    until(hall, first)
    seen = await reads(hall, way, filed, "How are you?")
    assert RELIEF in seen
    assert PRESUMED in seen
    async with somebody(hall, way) as person:
        await person.comes_back(filed.token)
        await person.tap(answer)
        assert "Thank you" in await person.sees() or "You will not be asked again." in await person.sees()
    assert await alerts(hall, filed) == ({AlertKind.CONCERN} if answer == "badly" else set())


# O-28, O-30, O-41, O-42


async def test_the_mechanism_explains_itself_at_any_point(hall: Hall, way: str) -> None:
    """O-28, O-30, O-42: the desk, the Act, the procedure, the days, relief, figures; before a word is said."""
    async with somebody(hall, way) as person:
        await person.begin()
        for command, words in (
            ("about", "Whistleblower Protection Act"),
            ("rules", "It is forbidden to dismiss"),
            ("relief", RELIEF),
            ("relief", "presumed to be because of"),
            ("procedure", "20 days"),
            ("figures", "/public/"),
        ):
            await person.order(command)
            assert words in await person.sees(), command


async def test_at_receipt_the_days_and_the_presumption_are_told(hall: Hall, way: str) -> None:
    """O-41, O-42: by which day it is said whether there is an investigation; and what is presumed within a year."""
    filed = await reported(hall)
    due = (await owed(hall, filed))[Obligation.DECIDE_INVESTIGATION]
    seen = await reads(hall, way, filed, PRESUMED)
    assert f"{due.day} {due:%B %Y}" in seen
    until(hall, date.fromordinal(today(hall).toordinal() + 21))
    await reads(hall, way, filed, "Article 3 of the Whistleblower Protection Act")


async def test_a_name_can_be_said_later_and_goes_to_nobody_else(hall: Hall, way: str) -> None:
    """O-11, O-07: sealed apart; whoever may not know names reads the case without it."""
    filed = await reported(hall)
    await says_about(hall, way, filed, "identity", {"name": "Aoki Minoru", "contact": "aoki@home.example"})
    assert "Aoki Minoru" in await hall.opens(filed.number, "--identity")
    assert "Aoki Minoru" not in await hall.opens(filed.number, who="kato")
