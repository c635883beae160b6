"""O-38, O-39, O-41, O-43: many organs on one deployment, and what the law says on the day of a report."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import aiohttp
import pytest
import pytest_asyncio

from backend.contract import AlertKind, Obligation
from tests.support.desk_staff import words_of
from tests.support.hall import STORY, Filed, Hall
from tests.support.handled_cases import alerts, comes_to_read, one_time, owed, today, until
from tests.support.second_hall import open_halls

pytestmark = pytest.mark.asyncio(loop_scope="module")

DAY = timedelta(days=1)
UNDECIDED = "you have not been told whether there will be an investigation"
ELSEWHERE = "Article 3 of the Whistleblower Protection Act"


class Organs(NamedTuple):
    """One under the Act and the Guidelines, one under the Directive, on one deployment."""

    ministry: Hall
    agency: Hall


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def organs(organ: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Organs]:
    """Both, running."""
    async with open_halls(organ, tmp_path_factory.mktemp("organs")) as halls:
        yield Organs(*halls)


@pytest.fixture(autouse=True)
def _one_time(organs: Organs, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let days go by for everyone."""
    one_time(organs.ministry, monkeypatch)


# O-38: common platform


async def test_nobody_of_one_organ_comes_to_a_case_of_another(organs: Organs) -> None:
    """O-38: neither desk, executive nor bot; the same staff id and the right number of the case open nothing."""
    filed = await organs.ministry.hand_over()
    theirs = await organs.agency.hand_over()
    await organs.agency.staff().know_rules()
    assert STORY not in await organs.agency.type("open", filed.number, "--no-conflict", status=1)
    for command, who in (("inbox", "sato"), ("overview", "tanaka")):
        seen = await organs.agency.type(command, who=who)
        assert filed.number not in seen
        assert theirs.number in seen
    assert "Nothing opens with that token" in await organs.agency.reads(filed)
    assert "Nothing opens with that token" in await organs.ministry.reads(theirs)
    acts = organs.ministry.rows("SELECT organ, act FROM log WHERE case_number = ?", filed.number)
    assert acts == [("demo", "received")]


async def test_a_key_of_one_organ_is_unknown_to_another(organs: Organs) -> None:
    """O-38: each has keys and people of its own; what one publishes changes nothing of the other."""
    ours, theirs = await organs.ministry.hand_over(), await organs.agency.hand_over()
    assert STORY in words_of(await organs.ministry.staff().open(ours.number))
    assert STORY in words_of(await organs.agency.staff().open(theirs.number))
    keys = {hall.staff().key.sealing_seed for hall in organs}
    assert len(keys) == len(organs)
    before = await organs.ministry.type("rules")
    await organs.agency.system.publish(lambda text: text.replace("version = 1", "version = 2"))
    assert await organs.ministry.type("rules") == before
    assert "version 2" in await organs.agency.type("rules")


async def test_each_organ_has_desks_rules_and_texts_of_its_own(organs: Organs) -> None:
    """O-38: in the chat, on its public page and at its desk, in both languages."""
    for hall, name, desk in (
        (organs.ministry, ("Ministry of Examples", "見本省"), "Internal desk"),
        (organs.agency, ("Agency of Samples", "見本庁"), "Trust desk"),
    ):
        async with aiohttp.ClientSession() as http:
            for language, words in zip(("en", "ja"), name, strict=True):
                async with http.get(f"{hall.system.url}public/?lang={language}") as answer:
                    assert words in await answer.text()
        person = hall.person()
        await person.walk({"story": STORY}, until="desk")
        assert desk in person.text
    assert "With us, nobody searches" in await organs.agency.type("rules")
    assert "With us" not in await organs.ministry.type("rules")


# O-39: the Act as amended in 2025


@pytest.mark.parametrize(
    ("position", "label"),
    [
        ("freelance", "I am a freelancer for it, or was within the last year"),
        ("former", "I used to work here (such as within the last year)"),
        ("dispatched", "I work here as a temporary or dispatched worker"),
        ("officer", "I am an officer"),
        ("staff", "I work for this organ"),
    ],
)
async def test_everyone_whom_the_act_protects_finds_their_position(organs: Organs, position: str, label: str) -> None:
    """O-39: it is offered in the chat in these words, and the desk that reads the report knows how the law protects."""
    hall = organs.ministry
    person = hall.person()
    await person.walk({}, until="relation")
    assert label in person.text
    hall.news()
    await person.report({"relation": position, "story": STORY, "desk": "naibu"})
    (number,) = hall.news()
    answer = (await hall.opens(number)).partition("Your position")[2].splitlines()[:2]
    assert label in " ".join(answer)


# O-41: the Act, Art. 3


async def test_the_decision_on_an_investigation_is_due_within_twenty_days(organs: Organs) -> None:
    """O-41: counted from the report, whenever it is accepted; the reporter sees the day from the first visit on."""
    hall = organs.ministry
    filed = await hall.hand_over()
    begun = today(hall)
    due = (await owed(hall, filed))[Obligation.DECIDE_INVESTIGATION]
    assert due - begun <= 20 * DAY
    told = f"By {due.day} {due:%B %Y} you are told whether there will be an investigation."
    assert told in await hall.reads(filed)
    await hall.staff().move(filed.number, "accept")
    assert (await owed(hall, filed))[Obligation.DECIDE_INVESTIGATION] == due


async def test_after_twenty_days_the_reporter_reads_what_the_law_says_about_reporting_elsewhere(
    organs: Organs,
) -> None:
    """O-41: not a day earlier, and not where it was decided; the executive hears that it is late."""
    hall = organs.ministry
    late, decided = await hall.hand_over(), await hall.hand_over()
    for command, typed in (("accept", {}), ("investigate", {"start": "2027-01-12"})):
        await hall.staff().move(decided.number, command, **typed)
    received = today(hall)
    until(hall, received + 20 * DAY)
    assert UNDECIDED not in await hall.reads(late)
    until(hall, received + 21 * DAY)
    person = await comes_to_read(hall, late, UNDECIDED)
    assert ELSEWHERE in person.text
    assert "20 days have passed" in person.text
    assert UNDECIDED not in await hall.reads(decided)
    assert AlertKind.OVERDUE in await alerts(hall, late)


# O-43: other regimes


async def test_another_regime_has_other_periods_laws_and_grounds(organs: Organs) -> None:
    """O-43: three months in place of 90 days, its own presumption and relief, fewer check-ins and grounds."""
    hall = organs.agency
    filed = await hall.hand_over()
    seen = await hall.reads(filed)
    assert "usually takes 3 months." in seen
    assert "Directive (EU) 2019/1937, Art. 21(5)" in seen
    assert "Whistleblower Protection Act)" not in seen
    await hall.staff().move(filed.number, "accept")
    unsaid = ("no-investigation", "--reason", "minor", "--text", "It is minor.", "--unsaid")
    refused = await hall.acts(filed.number, *unsaid, "honour", status=1)
    assert "does not list honour" in refused
    assert "secrets" in refused
    await hall.acts(filed.number, *unsaid, "secrets")
    await hall.acts(filed.number, "close", "--category", "finance")
    assert "Directive (EU) 2019/1937, Art. 20 and 21" in await hall.reads(filed)
    duties = (await hall.file(filed.number)).duties
    assert len([duty for duty in duties if duty.obligation is Obligation.CHECK_IN]) == 2


async def test_receipt_is_acknowledged_within_seven_days_there(organs: Organs, tmp_path: Path) -> None:
    """O-43: in the place of three business days; by naming a profile, with no code for it."""
    due = {}
    for hall, name in zip(organs, ("ministry", "agency"), strict=True):
        entered = ("enter", "--kind", "letter", "--arrived", str(today(hall) - DAY), "--out", str(tmp_path / name))
        await hall.type(*entered, lines=STORY)
        (number,) = [
            line.case_number for line in (await hall.staff().inbox()).cases if line.owes is Obligation.ACKNOWLEDGE
        ]
        due[name] = (await owed(hall, Filed(number, "")))[Obligation.ACKNOWLEDGE]
    arrived = today(organs.agency) - DAY
    assert timedelta(days=5) <= due["agency"] - arrived <= timedelta(days=7)
    assert due["ministry"] != due["agency"]


async def test_feedback_is_due_within_three_months_there(organs: Organs) -> None:
    """O-43: the end of handling, from acceptance on, is told as a day."""
    hall = organs.agency
    filed = await hall.hand_over()
    await hall.staff().move(filed.number, "accept")
    due = (await owed(hall, filed))[Obligation.FINISH]
    assert 80 <= (due - today(hall)).days <= 92
    assert f"by {due.day} {due:%B %Y}." in await hall.reads(filed)
