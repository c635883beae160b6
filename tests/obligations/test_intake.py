"""O-12 and O-13: nothing is refused at intake; what is asked, what may be skipped, and what is explained."""

import asyncio
from pathlib import Path

import pytest

from bot.conversation.catalog import load_catalog
from bot.conversation.effects import Text
from tests.support.desk_staff import words_of
from tests.support.hall import STORY, Hall
from tests.support.terminal_reporter import TerminalReporter, asked

pytestmark = pytest.mark.asyncio(loop_scope="module")

#: What Guidelines 3(1)ii wants to be asked for.
FACTS = ("what", "when", "where", "who", "how_known", "evidence", "others_know", "reported_elsewhere")
EXPLAINED = ("treatment", "secrecy", "data")


def said(key: str) -> str:
    """A text of the talk."""
    return load_catalog().text("en", Text(key))


# O-12: 3(1)i


async def test_one_word_is_enough_in_any_language_and_nothing_else_is_asked_for(hall: Hall) -> None:
    """O-12: no category, no desk, no position; whatever is skipped, the desk has it."""
    for story in ("賄賂", "взятка", "🚨"):
        person = hall.person()
        await person.look()
        await person.choose("en")
        await person.say(story)
        await person.report({})
        (number,) = hall.news()
        assert story in words_of(await hall.staff().open(number))


async def test_neither_length_nor_a_strange_file_loses_a_report(hall: Hall, tmp_path: Path) -> None:
    """O-12: forty pages, and a program under the name of a picture, come out at the desk as they went in."""
    long, strange = "二日早く開けられました。" * 2_000, b"MZ\x90\x00 not a picture" * 50
    person = hall.person()
    await person.walk({"story": long}, until="files")
    await person.attach("proof.jpg", strange)
    await person.report({})
    (number,) = hall.news()
    assert long in words_of(await hall.staff().open(number))
    assert await hall.staff().save(number, tmp_path / "saved") == [strange]


async def test_what_cannot_be_taken_now_is_kept_and_said_so(hall: Hall) -> None:
    """O-12: while the desk's side is down; it goes over by itself afterwards, and the token comes then."""
    person = hall.person()
    await person.walk({"story": STORY, "desk": "naibu"})
    await hall.system.stop_backend()
    await person.choose("hand_over")
    assert "Your report is sealed and kept here." in person.text
    assert person.token == ""
    await hall.system.start_backend()
    async with asyncio.timeout(20):
        while not person.token:
            await asyncio.sleep(0.05)
            await person.look()
    (number,) = hall.news()
    assert STORY in words_of(await hall.staff().open(number))


async def test_whoever_is_in_danger_is_told_whom_to_call_at_any_point(hall: Hall) -> None:
    """O-12: on the first screen, in the middle of a report, and with a case open; and can go on afterwards."""
    person = hall.person()
    await person.look()
    await calls_for_help(person)
    await person.walk({"story": STORY}, until="category")
    await calls_for_help(person)
    assert asked(person.screen) == "category"
    filed = await hall.report()
    await calls_for_help(await hall.comes_back(filed))


async def calls_for_help(person: TerminalReporter) -> None:
    """Say that one is in danger, and be told whom to call."""
    await person.say("/danger")
    assert "Police 110" in person.text
    assert "Ambulance and fire 119" in person.text


# O-13: 3(1)ii


async def test_all_facts_are_asked_for_and_every_question_can_be_skipped(hall: Hall) -> None:
    """O-13: who, what, when, where, how known, evidence, who else knows, told elsewhere; one sentence is enough."""
    person = hall.person()
    answers, questions = {"way": "questions", "what": STORY}, []
    await person.walk(answers, until="exposure")
    for _ in range(40):
        question = asked(person.screen)
        if question == "summary":
            break
        questions.append(question)
        await (person.choose("questions") if question == "way" else person.say(answers.get(question, "/skip")))
    assert set(FACTS) <= set(questions)
    assert not {"name", "contact"} & set(questions)
    await person.report({})
    (number,) = hall.news()
    assert [name for name in FACTS if name in (await hall.staff().open(number)).case.facts.answers] == ["what"]


async def test_name_and_contact_are_asked_for_unless_somebody_stays_anonymous(hall: Hall) -> None:
    """O-13: and even then they can be skipped."""
    person = hall.person()
    await person.walk({"anonymity": "named"}, until="name")
    await person.say("/skip")
    assert asked(person.screen) == "contact"
    await person.report({"story": STORY, "contact": "home@example.org"})
    (number,) = hall.news()
    identity = (await hall.staff().open(number)).case.identity
    assert identity is not None
    assert identity.answers == {"contact": "home@example.org"}


async def test_what_protects_a_reporter_and_what_comes_next_is_explained(hall: Hall) -> None:
    """O-13: treatment, secrecy, personal information, what happens next and how long it takes."""
    person = hall.person()
    await person.walk({"story": STORY}, until="explanation")
    await person.choose("show")
    assert [key for key in EXPLAINED if said(f"explanation.{key}") not in person.text] == []
    assert "You are told without delay whether the report is accepted" in person.text
    filed = await hall.report()
    told = await hall.reads(filed)
    assert "you are told whether your report is accepted" in told
    assert "you are told whether there will be an investigation" in told
    assert "From acceptance to the end usually takes 90 days." in told


async def test_the_explanation_can_be_declined(hall: Hall) -> None:
    """O-13: nothing of it is shown, and the report goes over all the same."""
    person = hall.person()
    await person.walk({"story": STORY}, until="explanation")
    await person.choose("no_thanks")
    assert [key for key in EXPLAINED if said(f"explanation.{key}") in person.text] == []
    await person.report({})
    assert len(hall.news()) == 1
