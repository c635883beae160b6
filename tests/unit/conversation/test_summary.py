"""The summary: everything that is handed over, each answer changeable, and what goes into which compartment."""

import pytest
from msgspec.structs import replace

from bot.conversation.events import Attached, Command
from bot.conversation.organ import OrganCard, in_language
from bot.conversation.session import Session, State
from tests.support.talk import FILE, OTHER_FILE, Talk, drafted, machine


def test_the_summary_shows_every_question_answered_or_not() -> None:
    """What is missing can be added there as well."""
    talk = drafted()
    assert talk.line("story") == "The books were altered."
    assert talk.line("evidence") == ""
    assert talk.line("desk") == "I do not know; you choose"


def test_files_can_be_added_at_the_summary() -> None:
    """They join the draft, and words join the remarks."""
    talk = drafted().does(Attached(FILE)).says("Look at page two")
    assert (talk.session.files, talk.session.answers["remarks"], talk.said) == (
        (FILE,),
        "Look at page two",
        ["kept.remark"],
    )


def test_one_answer_is_changed_by_number() -> None:
    """A chat lists the answers; changing one leads back to the summary."""
    talk = drafted().says("2")
    assert (talk.state, talk.options[0]) == (State.CHANGING, "anonymity")
    talk.says(str(talk.options.index("relation") + 1))
    assert (talk.question.id, talk.session.editing) == ("relation", True)
    assert talk.says("8").state is State.CHECKING
    assert talk.line("relation") == "I am a citizen, or something else"


def test_back_from_changing_leads_to_the_summary() -> None:
    """From the list as well as from the question."""
    assert drafted().says("2").orders(Command.BACK).state is State.CHECKING
    talk = drafted().taps("edit", "story").orders(Command.BACK)
    assert (talk.state, talk.session.editing) == (State.CHECKING, False)


def test_back_from_the_summary_leads_to_the_last_question() -> None:
    """The way back is the way that was come."""
    assert drafted().orders(Command.BACK).question.id == "explanation"


def test_an_answer_that_is_not_asked_cannot_be_changed() -> None:
    """A made-up edit is a late tap."""
    assert drafted().taps("edit", "nonsense").said == ["hint.late"]
    assert drafted().taps("menu", "report").said == ["hint.late"]


def test_an_empty_draft_is_not_handed_over_but_asked_for_a_sentence() -> None:
    """The only thing that is ever asked for: one word or one file."""
    talk = Talk().taps("menu", "report").orders(Command.DONE).says("1")
    assert (talk.state, talk.said, talk.acts) == (State.CHECKING, ["hand_over.empty"], [])
    assert talk.does(Attached(FILE)).says("1").state is State.HANDING_OVER


def test_the_facts_hold_no_name() -> None:
    """Name and contact go to a compartment of their own."""
    talk = drafted(answers={"anonymity": "named", "name": "Aoki", "contact": "x@example.org"})
    report = talk.engine.report_of(talk.session)
    assert report.identity == {"name": "Aoki", "contact": "x@example.org"}
    assert not {"name", "contact", "exposure", "way"} & set(report.facts)


def test_whoever_goes_back_to_anonymous_hands_over_no_name() -> None:
    """A name that was typed before is neither shown nor handed over."""
    talk = drafted(answers={"anonymity": "anonymous", "name": "Aoki"}).orders(Command.STATUS)
    assert talk.engine.report_of(talk.session).identity == {}
    with pytest.raises(StopIteration):
        talk.line("name")


def test_words_stay_in_the_report_when_the_way_of_telling_changes() -> None:
    """A story is handed over although the questions were answered as well."""
    talk = drafted(answers={"way": "questions", "what": "Altered books"}).orders(Command.STATUS)
    assert talk.line("story") == "The books were altered."
    assert set(talk.engine.report_of(talk.session).facts) >= {"story", "what"}


def test_o08_everyone_kept_out_is_shown_by_full_name() -> None:
    """O-08: chosen from the list or typed by family name, at whatever desk they sit."""
    talk = drafted(answers={"keep_from": ["tanaka", "left-last-year"], "keep_from_others": "林さん"})
    talk.orders(Command.STATUS)
    assert talk.line("keep_from") == "Dai Tanaka, left-last-year, Masako Hayashi"
    assert talk.engine.report_of(talk.session).excluded == ("tanaka", "left-last-year", "hayashi")


def test_an_answer_of_the_wrong_shape_excludes_nobody_and_breaks_nothing() -> None:
    """An old draft may hold a word where a list is expected, or a list where words are."""
    talk = drafted(answers={"keep_from": "sato", "keep_from_others": ["sato"], "story": ["a"], "name": ["b"]})
    assert talk.engine.report_of(talk.session).excluded == ()
    assert talk.orders(Command.STATUS).line("story") == ""


def test_the_report_says_where_it_goes_and_how_it_was_written() -> None:
    """Desk, language, channel, form version and files come along."""
    talk = drafted(answers={"desk": "gaibu"}).does(Attached(FILE), Attached(OTHER_FILE))
    report = talk.engine.report_of(talk.session)
    assert (report.desk, report.language, report.channel, report.form) == ("gaibu", "en", "web", 2)
    assert report.files == (FILE, OTHER_FILE)


def test_o03_an_unsure_reporter_goes_to_the_integrated_desk() -> None:
    """O-03: to the one that the organ names, else to the first."""
    engine = machine(organ=OrganCard({}, "", {}, "", integrated_desk="gaibu"))
    talk = drafted(answers={"desk": "unsure"})
    assert engine.report_of(talk.session).desk == "gaibu"
    assert talk.engine.report_of(talk.session).desk == "naibu"


def test_a_desk_that_is_gone_is_not_used() -> None:
    """The roster may have changed since the desk was chosen."""
    talk = drafted(answers={"desk": "closed-last-week"})
    assert talk.engine.report_of(talk.session).desk == "naibu"


def test_names_are_given_in_the_language_of_the_talk() -> None:
    """Where a name is missing in it, any other does; before a language is known, all of them."""
    names = {"ja": "甲", "en": "A"}
    assert [in_language(names, each) for each in ("ja", "en", "")] == ["甲", "A", "甲 / A"]
    assert in_language({"ja": "甲"}, "en") == "甲"
    assert in_language({}, "en") == ""


def test_an_organ_without_a_name_is_still_called_something() -> None:
    """Before the first roster the texts read well all the same."""
    talk = Talk(Session(channel="web", language="en"), machine((), OrganCard({}, "", {}, "")))
    assert "of this organ" in talk.orders(Command.START).words
    assert "none listed" in talk.orders(Command.DANGER).words


def test_done_and_skip_at_the_summary_show_it_again() -> None:
    """There is nothing to skip; nothing is handed over by accident."""
    for command in (Command.DONE, Command.SKIP, Command.REWRITE, Command.REPORT, Command.START):
        talk = drafted().orders(command)
        assert (talk.state, talk.acts) == (State.CHECKING, [])


def test_the_session_at_the_summary_can_be_drawn_anew() -> None:
    """A channel that lost its screen asks for it; a person who only looks gets the menu with its welcome."""
    talk = drafted()
    assert talk.engine.screen(talk.session) == talk.effects
    fresh = talk.engine.screen(replace(Talk().session, language="ja"))
    assert len(fresh) == 2
