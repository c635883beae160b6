"""O-03 to O-05, O-08 to O-13, O-31, O-36, O-39: every way to turn to a desk, at a terminal and in a browser."""

from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from backend.contract import CaseKind
from madoguchi.staff.opening import Sheet
from tests.support.either_way import WAYS, Answers, Person, turning
from tests.support.hall import STORY, Filed, Hall

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    """Where the person is."""
    return str(request.param)


def somebody(hall: Hall, way: str) -> AbstractAsyncContextManager[Person]:
    """Somebody who has not said anything yet."""
    return turning(way, hall.system)


async def told(hall: Hall, way: str, first: str, answers: Answers) -> Filed:
    """Begin with these options, answer, hand over: the case that comes of it."""
    async with somebody(hall, way) as person:
        await person.begin()
        for option in first.split():
            await person.tap(option)
        await person.walk(answers)
        token = await person.hands_over()
    (number,) = hall.news()
    return Filed(number, token)


async def opened(hall: Hall, filed: Filed, who: str = "sato") -> Sheet:
    """What the desk reads."""
    return await hall.staff(who).open(filed.number)


def answers_of(sheet: Sheet) -> dict[str, Any]:
    """What was answered, by question."""
    return dict(sheet.case.facts.answers)


# O-03, O-04, O-08: which desk, and who must not read it


async def test_a_branch_can_be_chosen_and_the_unsure_go_to_the_integrated_desk(hall: Hall, way: str) -> None:
    """O-03: what goes to a branch is read there; whoever does not know is read at the desk for the whole organ."""
    at_branch = await told(hall, way, "report", {"story": STORY, "desk": "shibu"})
    assert answers_of(await opened(hall, at_branch, "mori"))["story"] == STORY
    assert at_branch.number not in await hall.type("inbox", "--all")
    unsure = await told(hall, way, "report", {"story": STORY, "desk": "unsure"})
    assert answers_of(await opened(hall, unsure))["story"] == STORY


async def test_counsel_alone_reads_what_goes_to_them_and_this_is_said(hall: Hall, way: str) -> None:
    """O-04: before choosing, people are told who works where and that the organ cannot read it there."""
    async with somebody(hall, way) as person:
        await person.begin()
        await person.tap("report")
        await person.walk({"story": STORY}, until="desk")
        seen = await person.sees()
        assert "Suzuki" in seen
        await person.walk({"desk": "gaibu"})
        await person.hands_over()
    (number,) = hall.news()
    assert answers_of(await hall.staff("suzuki").open(number))["story"] == STORY
    assert number not in await hall.type("inbox", "--all")


async def test_people_are_kept_out_by_choice_and_by_name(hall: Hall, way: str) -> None:
    """O-08: the executive by a tap, a colleague by a name with a title; the summary says who is meant."""
    async with somebody(hall, way) as person:
        await person.begin()
        await person.tap("report")
        await person.walk({"story": STORY, "desk": "naibu", "keep_from": ["tanaka"], "keep_from_others": "加藤さん"})
        seen = await person.sees()
        assert "Tanaka" in seen
        assert "Kato" in seen
        await person.hands_over()
    (number,) = hall.news()
    assert number not in await hall.type("overview", who="tanaka")
    assert number in await hall.type("overview", who="ito")
    assert number not in await hall.type("inbox", "--all", who="kato")
    assert number in await hall.type("inbox", "--all")


# O-05: asking first


async def test_what_was_asked_becomes_a_report_without_retyping(hall: Hall, way: str) -> None:
    """O-05: asked, answered in the same thread, wished by its asker, and made a report by the desk."""
    filed = await told(hall, way, "consult", {"consulting": "May I report this?"})
    assert (await opened(hall, filed)).file.line.kind is CaseKind.CONSULTATION
    await hall.staff().answer(filed.number, "You may, and nobody need know.")
    async with somebody(hall, way) as person:
        await person.comes_back(filed.token)
        assert "You may, and nobody need know." in await person.sees()
        await person.tap("become_report")
        await person.tap("yes")
    await hall.staff().move(filed.number, "become-report")
    sheet = await opened(hall, filed)
    assert (sheet.file.line.kind, answers_of(sheet)["story"]) == (CaseKind.REPORT, "May I report this?")


async def test_a_question_can_become_a_report_before_it_is_handed_over(hall: Hall, way: str) -> None:
    """O-05: the answers stay, and only what a report asks besides is asked."""
    async with somebody(hall, way) as person:
        await person.begin()
        await person.tap("consult")
        await person.walk({"consulting": STORY})
        await person.tap("as_report")
        await person.walk({"category": "law"})
        await person.hands_over()
    (number,) = hall.news()
    sheet = await hall.staff().open(number)
    assert sheet.file.line.kind is CaseKind.REPORT
    assert (answers_of(sheet)["story"], answers_of(sheet)["category"]) == (STORY, "law")


# O-09 to O-13, O-39: what, by whom, and how little is enough


@pytest.mark.parametrize("position", ["freelance", "former"])
async def test_whoever_stands_near_the_organ_may_report(hall: Hall, way: str, position: str) -> None:
    """O-10, O-39: freelance workers and former personnel too; what it is about, O-09, is asked and never decides."""
    filed = await told(hall, way, "report", {"relation": position, "story": STORY, "category": "unsure"})
    found = answers_of(await opened(hall, filed))
    assert (found["relation"], found["category"]) == (position, "unsure")


async def test_one_sentence_without_a_name_is_enough(hall: Hall, way: str) -> None:
    """O-11, O-12, O-13: whoever just types is not made to press a menu; all else is passed over."""
    async with somebody(hall, way) as person:
        await person.begin()
        await person.say(STORY)
        await person.walk({})
        token = await person.hands_over()
    (number,) = hall.news()
    sheet = await hall.staff().open(number)
    assert (answers_of(sheet)["story"], sheet.case.identity) == (STORY, None)
    await hall.staff().answer(number, "Which bridge?")
    async with somebody(hall, way) as person:
        await person.comes_back(token)
        await person.sends("The one by the mill.")
    assert "The one by the mill." in await hall.opens(number)


async def test_whoever_is_in_danger_is_told_whom_to_call(hall: Hall, way: str) -> None:
    """O-12: on the first screen and in the middle of an answer; what was written stays."""
    async with somebody(hall, way) as person:
        await person.begin()
        await person.order("danger")
        assert "Police 110" in await person.sees()
        await person.tap("report")
        await person.walk({"story": STORY}, until="evidence")
        await person.order("danger")
        assert "Ambulance and fire 119" in await person.sees()
        await person.walk({})
        assert STORY in await person.sees()


async def test_everything_is_asked_for_and_several_people_and_times_fit(hall: Hall, way: str) -> None:
    """O-13: who, what, when, where, how known, evidence, who else knows, told elsewhere; each as often as there is."""
    asked: dict[str, str | list[str]] = {
        "way": "questions", "what": "Bids are opened early.", "where": "Head office",
        "when": ["In May", "In June"], "dates_more": ["yes", "no"],
        "who": ["The chief", "The clerk", "A builder"], "people_more": ["yes", "yes", "no"],
        "how_known": "I saw the envelope.", "evidence": "A photo", "others_know": "No", "reported_elsewhere": "No",
        "explanation": "show",
    }  # fmt: skip
    found = answers_of(await opened(hall, await told(hall, way, "report", asked)))
    assert (found["when"], found["when.2"]) == ("In May", "In June")
    assert [found[name] for name in ("who", "who.2", "who.3")] == ["The chief", "The clerk", "A builder"]
    assert {"what", "where", "how_known", "evidence", "others_know", "reported_elsewhere"} <= found.keys()


# O-31, O-36


async def test_a_supervisor_passes_on_what_they_were_told(hall: Hall, way: str) -> None:
    """O-31: what was told, what they did, whether whoever told them was asked; the name apart, if they agree."""
    passed_on = {
        "passed_on": "Works began before there was a contract.", "told_how": "spoken",
        "asked_reporter": "agrees", "told_by": "Endo", "did": "Nothing yet.",
    }  # fmt: skip
    filed = await told(hall, way, "other supervisor", passed_on)
    sheet = await opened(hall, filed)
    assert sheet.file.line.kind is CaseKind.SUPERVISOR
    assert answers_of(sheet)["did"] == "Nothing yet."
    assert "told_by" not in answers_of(sheet)
    assert sheet.case.identity is not None
    assert sheet.case.identity.answers == {"told_by": "Endo"}
    assert "Pass" not in await hall.reads(filed)


async def test_an_approach_is_recorded_read_back_and_corrected(hall: Hall, way: str) -> None:
    """O-36: named, with each statement confirmed or corrected; both readings stay, and what follows is owed."""
    record: dict[str, str | list[str]] = {
        "recorder": "Aoki", "position": "Unit chief", "approach_matter": "individual", "approach_day": "2 December",
        "approacher": "The secretary of a Member", "developments": "A permit was asked for.",
        "statement": ["This year, please.", "The Member is watching."], "statement_more": ["yes", "no"],
        "read_back": ["right", "corrected"], "correction": "The Member is watching closely.",
        "reconfirmed": "not_yet", "minister": "not_yet",
    }  # fmt: skip
    filed = await told(hall, way, "other approach", record)
    sheet = await opened(hall, filed)
    assert sheet.file.line.kind is CaseKind.APPROACH
    found = answers_of(sheet)
    assert (found["read_back"], found["read_back.2"]) == ("right", "corrected")
    assert found["statement.2"] == "The Member is watching."
    assert found["correction.2"] == "The Member is watching closely."
    assert sheet.case.identity is not None
    assert sheet.case.identity.answers["name"] == "Aoki"


async def test_an_approach_needs_a_name_and_says_so(hall: Hall, way: str) -> None:
    """O-36: what a record cannot do without is asked again, kindly; nothing is lost meanwhile."""
    async with somebody(hall, way) as person:
        await person.begin()
        await person.tap("other")
        await person.tap("approach")
        await person.walk({}, until="name" if way == "browser" else "recorder")
        await person.order("skip")
        assert "This record cannot do without an answer here." in await person.sees()
