"""An organ's own questions, kinds of matter and texts in the talk."""

from typing import Any

import pytest
from msgspec.structs import replace

from bot.conversation.dressing import dressed
from bot.conversation.effects import Text
from bot.conversation.events import Command
from bot.conversation.house_style import HouseStyle, OwnQuestion, OwnRules, QuestionWords, extended
from bot.conversation.promises import Promise
from tests.support.own_talk import BUDGET, ROOM, SUBSIDIES, in_roster, laid_over, own_machine, style
from tests.support.talk import CATALOG, FORMS, MACHINE, Talk


def asked(form: str, own: HouseStyle) -> list[str]:
    """The groups of a flow, in order."""
    return [group.id for group in extended(FORMS[form], own).group]


def at_budget() -> Talk:
    """A talk that is asked the organ's question."""
    talk = Talk(engine=own_machine(style(BUDGET))).says("The books were altered.")
    while talk.question.id != "budget":
        talk.orders(Command.SKIP)
    return talk


def test_a_question_of_the_organ_comes_after_the_group_it_was_put_behind() -> None:
    """Several stand in the order in which they were written, one may follow another."""
    other = replace(BUDGET, id="line")
    last = replace(BUDGET, id="last", after="line")
    groups = asked("report", style(BUDGET, other, last))
    at = groups.index("known")
    assert groups[at : at + 4] == ["known", "budget", "line", "last"]


def test_a_question_behind_a_repeated_group_comes_after_all_times_of_it() -> None:
    """Whoever names three people is asked once."""
    groups = asked("report", style(replace(BUDGET, after="people")))
    times = [at for at, name in enumerate(groups) if name.partition(".")[0] == "people"]
    assert groups.index("budget") == max(times) + 1


def test_the_version_of_an_extended_form_tells_the_edition() -> None:
    """Seven is the roster in which the questions changed; flows without own questions stay as they are."""
    assert extended(FORMS["report"], style(BUDGET)).version == 7000 + FORMS["report"].version
    assert extended(FORMS["feedback"], style(BUDGET)) is FORMS["feedback"]


def test_the_question_is_asked_answered_and_handed_over_with_its_wording() -> None:
    """What was chosen goes with the words that stood on the screen."""
    talk = at_budget().says("yes")
    assert talk.session.answers["budget"] == "known"
    report = talk.engine.report_of(talk.session)
    assert report.facts["budget"] == "known"
    assert report.labels == {"question.budget.label": "Budget line", "option.budget.known": "Yes"}


def test_an_answer_of_the_organ_is_an_answer_whatever_it_is_called() -> None:
    """Even by a name that means something elsewhere in the talk."""
    words = {
        language: replace(each, options={"as_report": "As one", "unknown": "No"})
        for language, each in BUDGET.words.items()
    }
    odd = replace(BUDGET, flow="consultation", options=("as_report", "unknown"), words=words)
    talk = Talk(engine=own_machine(style(odd))).orders(Command.CONSULT)
    while talk.question.id != "budget":
        talk.orders(Command.SKIP)
    talk.taps("budget", "as_report")
    assert (talk.session.flow, talk.session.answers["budget"]) == ("consultation", "as_report")


def test_a_question_that_was_taken_away_keeps_its_answer_and_its_words() -> None:
    """Another roster comes into force while somebody writes: the summary and the report say what they said."""
    talk = at_budget().says("yes")
    talk.engine = MACHINE
    talk.orders(Command.DONE)
    assert talk.line("budget") == "Yes"
    report = talk.engine.report_of(talk.session)
    assert (report.facts["budget"], report.labels["question.budget.label"]) == ("known", "Budget line")


def test_wording_that_changes_meanwhile_is_kept_as_it_was_seen_last() -> None:
    """The summary shows the new words, so these are what was confirmed."""
    talk = at_budget().says("yes")
    english = QuestionWords("Which budget line?", "Line", options={"known": "I know it", "unknown": "No"})
    talk.engine = own_machine(style(replace(BUDGET, words={**BUDGET.words, "en": english}), edition=8))
    talk.orders(Command.DONE)
    assert talk.session.labels["option.budget.known"] == "I know it"


def test_a_draft_that_is_wiped_keeps_no_wording() -> None:
    """What was chosen could be read from it."""
    talk = at_budget().says("yes").orders(Command.CANCEL).taps("cancel", "yes")
    assert talk.session.labels == {}


def test_who_somebody_is_is_asked_of_those_who_give_their_name_alone() -> None:
    """The same condition as of the questions that come with the product."""
    talk = Talk(engine=own_machine(style(ROOM))).says("The books were altered.", "1", "2", "Abe", "home", "1")
    assert talk.question.id == "room"
    talk.says("Room 5").orders(Command.DONE)
    report = talk.engine.report_of(talk.session)
    assert report.identity["room"] == "Room 5"
    assert "room" not in report.facts


@pytest.mark.parametrize(("named", "handed"), [("named", {"room": "Room 5"}), ("anonymous", {})])
def test_who_somebody_is_never_slips_into_the_facts_when_its_question_is_gone(
    named: str, handed: dict[str, str]
) -> None:
    """It goes with the name or not at all."""
    talk = Talk(engine=own_machine(style(ROOM))).says("The books were altered.", "1", "2", "Abe", "home", "1", "Room 5")
    talk.engine = MACHINE
    answers = {**talk.session.answers, "anonymity": named}
    talk.session = replace(talk.session, answers=answers)
    talk.orders(Command.DONE)
    report = talk.engine.report_of(talk.session)
    assert "room" not in report.facts
    assert {name: words for name, words in report.identity.items() if name == "room"} == handed
    assert ("question.room.label" in report.labels) == bool(handed)


def test_o09_the_organs_own_kinds_of_matter_stand_between_the_law_and_unsure() -> None:
    """O-09: (a) violations of law, (b) what the organ has listed, and nobody must know which."""
    talk = Talk(engine=own_machine(style(categories=(SUBSIDIES,)))).says("The books were altered.")
    while talk.question.id != "category":
        talk.orders(Command.SKIP)
    assert talk.options == ["law", "subsidies", "unsure"]
    talk.taps("category", "subsidies").orders(Command.DONE)
    assert talk.line("category") == "Improper handling of subsidies"
    talk.engine = MACHINE
    talk.orders(Command.STATUS)
    assert talk.engine.report_of(talk.session).labels == {
        "option.category.subsidies": "Improper handling of subsidies",
    }


def test_a_text_of_the_organ_takes_the_place_of_ours() -> None:
    """With what is filled in, in each language."""
    own = {"ja": {"figures.where": "数字: {public}"}, "en": {"figures.where": "Figures: {public}"}}
    talk = Talk(engine=own_machine(style(texts=own))).orders(Command.FIGURES)
    assert talk.words == "Figures: https://talk.example/public/"


@pytest.mark.parametrize(
    "own",
    [
        style(replace(BUDGET, after="gone")),
        style(replace(BUDGET, flow="gone")),
        style(replace(BUDGET, id="story")),
        style(BUDGET, BUDGET),
        style(texts={"ja": {"gone": "x"}, "en": {"gone": "x"}}),
        style(texts={"ja": {"figures.where": "{web}"}, "en": {"figures.where": "{public}"}}),
        style(texts={"en": {"figures.where": "{public}"}}),
        style(replace(BUDGET, words={"ja": BUDGET.words["ja"]})),
    ],
)
def test_what_does_not_fit_this_version_leaves_the_talk_as_it_comes(own: HouseStyle) -> None:
    """Somebody must look; people are asked what everybody is asked, and the rules still count."""
    made = laid_over(replace(own, rules=OwnRules(1, {"en": "Be kind."})))
    assert made.misfits > 0
    assert (made.forms, made.catalog) == (FORMS, CATALOG)
    assert made.style.rules.version == 1


@pytest.mark.parametrize(
    "talk",
    [
        {"questions": [{"id": "x"}]},
        {"questions": [{**in_roster(style(BUDGET))["questions"][0], "colour": "red"}]},
        {"texts": ["x"]},
        {"promises": {"finish": [{"since": "2026-04-01", "counts": [1], "unit": "weeks"}]}},
    ],
)
def test_what_a_newer_version_signed_leaves_the_talk_as_it_comes(talk: dict[str, Any]) -> None:
    """A report is never refused over the shape of a style."""
    made = dressed(talk, FORMS, CATALOG)
    assert (made.misfits, made.forms, made.catalog) == (1, FORMS, CATALOG)


def test_a_style_that_says_more_than_we_know_is_read_all_the_same() -> None:
    """A later version may add what this one passes over."""
    assert dressed({**in_roster(style(BUDGET)), "colour": "red"}, FORMS, CATALOG).misfits == 0


def test_what_was_set_is_the_same_after_the_roster() -> None:
    """Nothing is lost on the way through plain values."""
    promises = {"finish": (Promise("2026-04-01", (3,), "months"),)}
    own = replace(style(BUDGET, ROOM, categories=(SUBSIDIES,)), promises=promises)
    assert laid_over(own).style == own


def test_texts_of_the_organ_are_read_in_every_language() -> None:
    """The label is the title of the page, too."""
    catalog = laid_over(style(BUDGET)).catalog
    assert catalog.text("ja", Text("group.budget")) == "費目"
    assert {"question.budget.prompt", "option.budget.known"} <= catalog.own


def test_a_question_may_ask_for_several_things() -> None:
    """Of kind many, each choice with its words."""
    several = OwnQuestion(
        flow="report",
        after="known",
        id="places",
        kind="many",
        options=("hq", "branch"),
        words={
            language: QuestionWords("?", "Places", options={"hq": "HQ", "branch": "Branch"})
            for language in ("ja", "en")
        },
    )
    talk = Talk(engine=own_machine(style(several))).says("The books were altered.")
    while talk.question.id != "places":
        talk.orders(Command.SKIP)
    talk.taps("places", "hq").taps("places", "branch").orders(Command.DONE)
    labels = talk.engine.report_of(talk.session).labels
    assert labels["option.places.branch"] == "Branch"
