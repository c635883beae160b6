"""O-09 to O-11: what may be reported, by whom, and that nobody has to say who they are."""

import pytest

from bot.conversation.catalog import load_catalog
from bot.conversation.effects import Text
from tests.support.desk_staff import replies_of
from tests.support.hall import STORY, Filed, Hall
from tests.support.web_reporter import WebReporter

pytestmark = pytest.mark.asyncio(loop_scope="module")

#: Guidelines 2(7), and who came to them by the Act as amended in 2025.
POSITIONS = ("staff", "dispatched", "seconded", "former", "contractor", "freelance", "officer", "citizen")

#: What the demo organ takes reports about although no law is broken, in its own words.
HARASSMENT = "Harassment, of you or of somebody else"


def label(question: str, option: str) -> str:
    """How an option is worded."""
    return load_catalog().text("en", Text(f"option.{question}.{option}"))


# O-09: 2(6)


async def test_scope_is_asked_in_words_and_never_decides_whether_a_report_is_taken(hall: Hall) -> None:
    """O-09: law broken or about to be, what else the organ named, or unsure; each is taken and reaches the desk."""
    person = hall.person()
    await person.walk({"story": STORY}, until="category")
    kinds = {"law": label("category", "law"), "harassment": HARASSMENT, "unsure": label("category", "unsure")}
    assert all(words in person.text for words in kinds.values())
    for category, words in kinds.items():
        filed = await hall.report({"category": category if category in ("law", "unsure") else words})
        sheet = await hall.staff().open(filed.number)
        assert sheet.case.facts.answers["category"] == category
        assert words in await hall.type("open", filed.number)


async def test_what_is_out_of_scope_is_received_and_then_answered(hall: Hall) -> None:
    """O-09: with a reason of the organ's list, which the reporter reads in their own words and language."""
    filed = await hall.report({"story": "The canteen is too loud.", "category": HARASSMENT})
    await hall.acts(filed.number, "decline", "--reason", "not_in_scope", "--text", "Please turn to the canteen.")
    told = await hall.reads(filed)
    assert "Your report has not been accepted." in told
    assert "it is not a matter for this procedure." in told
    assert "Please turn to the canteen." in told


async def test_an_organ_lists_what_else_is_out_of_its_scope(hall: Hall) -> None:
    """O-09: the list of reasons is the organ's own; a code that it does not list is refused with those that it does."""
    filed = await hall.hand_over()
    listed = '\n[policy.lists]\nnot_accepted = ["not_in_scope", "canteen"]\n'
    await hall.system.publish(lambda text: text.replace("\n[rules]\n", f"{listed}\n[rules]\n"))
    refused = await hall.acts(filed.number, "decline", "--reason", "no_facts", "--text", "No.", status=1)
    await hall.acts(filed.number, "decline", "--reason", "canteen", "--text", "Please turn to the canteen.")
    await hall.system.publish(lambda text: text.replace(listed, ""))
    assert "canteen" in refused
    assert "Please turn to the canteen." in await hall.reads(filed)


# O-10: 2(7)


async def test_every_position_is_offered_and_reaches_the_desk(hall: Hall) -> None:
    """O-10: personnel, seconded, retired, contractors' workers, officers, citizens, others; or none of one's own."""
    person = hall.person()
    await person.walk({}, until="relation")
    assert [name for name in (*POSITIONS, "rather_not_say") if label("relation", name) not in person.text] == []
    for position in ("seconded", "former", "contractor"):
        filed = await hall.report({"relation": position})
        sheet = await hall.staff().open(filed.number)
        assert sheet.case.facts.answers["relation"] == position
    assert label("relation", "citizen") in await hall.opens((await hall.report({"relation": "citizen"})).number)


async def test_somebody_who_keeps_their_position_to_themselves_is_received_all_the_same(hall: Hall) -> None:
    """O-10: the question can be skipped, and what is owed is the same."""
    open_about_it, silent = await hall.report({"relation": "staff"}), await hall.report()
    assert "relation" not in (await hall.staff().open(silent.number)).case.facts.answers
    assert owed(hall, silent) == owed(hall, open_about_it)


# O-11: 2(8)


def owed(hall: Hall, filed: Filed) -> list[tuple[object, ...]]:
    """What is owed on a case, and by when; what has ended, too."""
    question = "SELECT obligation, begun_on, due_on, ended_on, ending FROM duties WHERE case_number = ?"
    return sorted(hall.rows(question, filed.number))


async def test_anonymous_reports_get_the_same_stages_notices_and_days(hall: Hall) -> None:
    """O-11: from receipt to the end, beside one with a name."""
    named = await hall.report({"anonymity": "named", "name": "Yamada", "contact": "yamada@home.example"})
    nameless = await hall.report({"anonymity": "anonymous"})
    sato = hall.staff()
    assert (await sato.open(nameless.number)).case.identity is None
    for filed in (named, nameless):
        await sato.move(filed.number, "accept")
        await sato.move(filed.number, "investigate", start="2026-12-01")
        await sato.move(filed.number, "conclude", finding="violation")
        await sato.move(filed.number, "measures", text="The bids stay closed until noon.")
        await sato.move(filed.number, "close", category="procurement")
    told = [(await hall.reads(filed)).partition("\n")[2].replace(filed.number, "") for filed in (named, nameless)]
    assert told[0] == told[1]
    assert told[0].count("From Sato") == 5
    assert owed(hall, nameless) == owed(hall, named)


async def test_both_sides_write_without_a_name_from_any_channel_to_the_end_and_after(hall: Hall) -> None:
    """O-11: reported in a terminal, answered, replied to on the web page, and once more when all has ended."""
    filed = await hall.report()
    sato = hall.staff()
    await sato.answer(filed.number, "Which bridge was it?")
    web = WebReporter(hall.system.url)
    await web.come_back(filed.token)
    assert "Which bridge was it?" in web.page.text
    await web.choose("reply")
    await web.send({"reply": "The one by the mill."}, ("then", "done"))
    await sato.move(filed.number, "accept")
    await sato.move(filed.number, "no-investigation", reason="facts_clear", text="It is clear.")
    await sato.move(filed.number, "close", category="procurement")
    person = await hall.comes_back(filed)
    await person.say("They look at me oddly.")
    await person.say("/done")
    await sato.answer(filed.number, "Tell us who.")
    assert "Tell us who." in await hall.reads(filed)
    sheet = await sato.open(filed.number)
    assert replies_of(sheet) == ["The one by the mill.", "They look at me oddly."]
    assert sheet.case.identity is None
