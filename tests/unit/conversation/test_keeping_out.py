"""Keeping people out: what a typed name means, who is asked about, and what becomes of the desk that was chosen."""

import pytest
from msgspec.structs import replace

from bot.conversation.effects import ShowSummary
from bot.conversation.events import Chose, Command
from bot.conversation.organ import DeskOffer, Person
from bot.conversation.session import Answer, State
from tests.support.talk import DESKS, ORGAN, Talk, drafted, machine

#: A branch desk with two people whose names sound alike, beside the made-up organ's two.
BRANCH = DeskOffer(
    "shibu",
    "branch",
    {"ja": "支部窓口", "en": "Branch desk"},
    (
        Person("ito", {"ja": "伊藤 裕子", "en": "Yuko Ito"}, "いとう ゆうこ"),
        Person("itoh", {"ja": "伊東 優", "en": "Masaru Itoh"}, "いとう まさる"),
    ),
    readers=("ito",),
)
ENGINE = machine((*DESKS, BRANCH))


def at(question: str, answers: dict[str, Answer] | None = None) -> Talk:
    """A talk of an organ with three desks, at a question."""
    return Talk(drafted(answers=answers).session, ENGINE).taps("summary", "change").taps("edit", question)


def excluded(talk: Talk) -> tuple[str, ...]:
    """Whom the report is kept from."""
    return talk.engine.report_of(talk.session).excluded


def test_a_name_that_may_mean_several_is_asked_about_by_full_name_and_desk() -> None:
    """The person decides; nobody is kept out or let in by a guess."""
    talk = at("keep_from_others").says("いとうさん")
    assert (talk.question.id, talk.options, talk.said) == ("keep_from_meant", ["ito", "itoh", "no_one"], [])
    assert excluded(talk) == ()
    talk.taps("keep_from_meant", "itoh").orders(Command.DONE)
    assert (talk.state, excluded(talk)) == (State.CHECKING, ("itoh",))
    assert talk.line("keep_from") == "Masaru Itoh"
    assert talk.line("keep_from_meant") == "Masaru Itoh (Branch desk)"


def test_none_of_these_keeps_nobody_out_and_the_name_stays_as_words() -> None:
    """Somebody else was meant; the desk reads the name."""
    talk = at("keep_from_others").says("いとうさん").says("3")
    assert (talk.state, excluded(talk)) == (State.CHECKING, ())
    assert talk.engine.report_of(talk.session).facts["keep_from_others"] == "いとうさん"


def test_who_is_surely_meant_is_said_and_who_may_be_is_asked_in_one_go() -> None:
    """Two names in one line: one is clear and one is not."""
    talk = at("keep_from_others").says("佐藤さん、いとうさん")
    assert (talk.said, talk.question.id, excluded(talk)) == (["keep_from.meant"], "keep_from_meant", ("sato",))
    assert "Hanako Sato" in talk.words


def test_an_executive_who_may_be_meant_is_listed_as_such() -> None:
    """They sit at no desk."""
    talk = at("keep_from_others").says("田中大輔")
    assert talk.options == ["tanaka", "no_one"]
    shown = talk.question.options[0].label
    assert shown is not None
    assert ENGINE.house.catalog.text("en", shown) == "Dai Tanaka (executive or deputy)"


def test_a_further_name_asks_again_and_keeps_out_whom_the_person_confirmed() -> None:
    """What was said once need not be said twice."""
    talk = at("keep_from_others").says("いとうさん").says("1").taps("edit", "keep_from_others").says("花子")
    assert (talk.question.id, talk.options) == ("keep_from_meant", ["sato", "itoh", "no_one"])
    talk.says("1")
    assert excluded(talk) == ("ito", "sato")


def test_a_further_clear_name_leaves_what_was_confirmed_as_it_is() -> None:
    """Nobody new is in doubt, so nothing is asked again."""
    talk = at("keep_from_others").says("いとうさん").says("1").taps("edit", "keep_from_others").says("林さん")
    assert (talk.state, excluded(talk)) == (State.CHECKING, ("hayashi", "ito"))


def test_names_are_told_while_the_language_is_unknown() -> None:
    """With commas, which every language has."""
    assert ENGINE.house.listed(["A", "B"], "") == "A, B"
    assert ENGINE.house.listed(["A", "B", "C"], "ja") == "A、B、C"


def test_a_story_where_names_are_asked_is_kept_and_its_writer_told() -> None:
    """Not every name in it is found; the person writes the names alone."""
    talk = at("keep_from_others").says("It all began last year. " * 100 + "佐藤さん")
    assert (talk.said, excluded(talk)) == (["keep_from.too_long"], ())
    talk.taps("edit", "keep_from_others").says("林さん")
    assert (talk.said, excluded(talk)) == (["answer.added", "keep_from.too_long"], ())
    assert talk.taps("edit", "keep_from_others").orders(Command.REWRITE).says("佐藤さん").said == ["keep_from.meant"]


def test_a_name_taken_back_leaves_no_question_and_keeps_nobody_out() -> None:
    """The answer to a question that is gone counts for nothing."""
    talk = at("keep_from_others").says("いとうさん").says("1").taps("edit", "keep_from_others")
    talk.orders(Command.REWRITE).says("高橋")
    assert (talk.state, excluded(talk)) == (State.CHECKING, ())
    assert "keep_from_meant" not in talk.session.answers


def test_o03_each_desk_is_shown_with_its_kind_and_its_people_before_one_is_chosen() -> None:
    """O-03, O-04: the person sees who works where, and that nobody in the organ opens what counsel gets."""
    talk = at("desk")
    assert talk.said == ["above.desks"]
    assert "Internal desk: Hanako Sato, Ichiro Suzuki. It is inside the organ." in talk.words
    assert "Branch desk: Yuko Ito, Masaru Itoh. It belongs to a branch office." in talk.words
    assert "External desk: Masako Hayashi. This is outside counsel: nobody in the organ can open" in talk.words


def test_o08_a_desk_whose_readers_are_all_kept_out_is_not_offered() -> None:
    """O-08: whoever else works there opens nothing; nor does "I do not know" lead to an empty integrated desk."""
    assert at("desk", {"keep_from": ["ito"]}).options == ["naibu", "gaibu", "unsure"]
    assert at("desk", {"keep_from": ["itoh"]}).options == ["naibu", "gaibu", "shibu", "unsure"]
    talk = at("desk", {"keep_from": ["sato"], "keep_from_others": "鈴木"})
    assert (talk.options, talk.said) == (["gaibu", "shibu"], ["desks.emptied", "above.desks"])
    assert "Internal desk" in talk.words
    assert "Ichiro Suzuki" not in talk.words
    assert (talk.question.answer, talk.question.hint) == ("", None)


def test_o08_whoever_empties_the_chosen_desk_is_told_at_once_and_chooses_another() -> None:
    """O-08: the first choice is gone, and all else stands."""
    talk = at("keep_from", {"desk": "gaibu"}).taps("keep_from", "hayashi").orders(Command.DONE)
    assert (talk.question.id, talk.options) == ("desk", ["naibu", "shibu", "unsure"])
    assert talk.said[0] == "desks.emptied"
    assert "desk" not in talk.session.answers
    talk.taps("desk", "shibu")
    assert talk.state is State.CHECKING
    assert (talk.engine.report_of(talk.session).desk, excluded(talk)) == ("shibu", ("hayashi",))


@pytest.mark.parametrize("typed", ["佐藤花子、鈴木一郎", "Hanako Sato, Ichiro Suzuki"])
def test_names_that_empty_the_integrated_desk_lead_to_the_desks(typed: str) -> None:
    """Also for somebody who did not know which desk, and passed the question over."""
    talk = at("keep_from_others").says(typed)
    assert (talk.question.id, talk.options) == ("desk", ["gaibu", "shibu"])


def test_who_is_confirmed_may_empty_the_desk_too() -> None:
    """The last answer that keeps somebody out is looked at like the first."""
    talk = at("keep_from_others", {"desk": "shibu"}).says("いとうさん").says("1")
    assert (talk.question.id, talk.said[0]) == ("desk", "desks.emptied")


def test_whoever_will_not_choose_again_goes_on() -> None:
    """The report is taken all the same; where it goes is offered at the hand-over."""
    talk = at("keep_from", {"desk": "gaibu"}).taps("keep_from", "hayashi").orders(Command.DONE, Command.SKIP)
    assert talk.state is State.CHECKING
    assert talk.engine.report_of(talk.session).desk == "naibu"


def test_when_nobody_is_left_anywhere_it_is_said_and_taken_all_the_same() -> None:
    """No desk is offered, and the way on stays open."""
    everyone: list[str] = ["sato", "suzuki", "hayashi", "ito"]
    talk = at("desk", {"keep_from": everyone})
    assert (talk.options, talk.said) == (["unsure"], [])
    talk.orders(Command.SKIP)
    assert talk.state is State.CHECKING
    assert "Nobody at “Internal desk” can read it" in _who_reads(talk)


def test_o08_the_summary_names_who_can_read_the_report_and_where() -> None:
    """O-08, O-04: nobody who is kept out, nobody without a key, and of counsel that the organ reads nothing."""
    talk = drafted(answers={"keep_from": ["sato"]}).orders(Command.STATUS)
    assert _who_reads(talk) == "Ichiro Suzuki (Internal desk)"
    assert _who_reads(at("desk").taps("desk", "shibu")) == "Yuko Ito (Branch desk)"
    counsel = at("desk").taps("desk", "gaibu")
    assert _who_reads(counsel) == "Masako Hayashi (External desk). Nobody in the organ can read it."


def test_who_can_read_it_is_changed_by_choosing_another_desk() -> None:
    """The desk stands once in the list of what can be changed."""
    talk = Talk(drafted().session, ENGINE).taps("summary", "change")
    assert talk.options.count("desk") == 1


def test_whoever_was_chosen_stays_on_the_list_when_another_desk_is_chosen() -> None:
    """A form that shows only the new desk's people must not let the old one's back in."""
    talk = at("keep_from", {"keep_from": ["hayashi"], "desk": "naibu"})
    assert talk.options == ["sato", "suzuki", "tanaka", "hayashi"]
    assert talk.question.answer == ["hayashi"]


def test_a_late_form_that_leaves_nothing_to_ask_leaves_a_way_on() -> None:
    """The names were taken back on another page while the question who is meant stood here."""
    talk = at("keep_from_others").says("いとうさん")
    talk.session.answers["keep_from_others"] = "高橋"
    talk.orders(Command.HELP)
    assert talk.options == ["no_one"]
    assert talk.does(Chose("keep_from_meant", "no_one")).orders(Command.DONE).state is State.CHECKING


def _who_reads(talk: Talk) -> str:
    """The line of the summary that names the readers."""
    talk.orders(Command.STATUS)
    lines = [line for effect in talk.effects if isinstance(effect, ShowSummary) for line in effect.lines]
    return next(line.words for line in lines if line.label.key == "readers.label")


def test_o36_records_of_approaches_go_to_the_desk_that_the_organ_names() -> None:
    """O-36: the minister's office, as a rule; whoever records one is not asked which desk."""
    named = Talk(engine=machine(organ=replace(ORGAN, approach_desk="gaibu"))).taps("menu", "other")
    named.taps("matter", "approach")
    book = named.engine.house.book(named.session)
    assert not named.engine.house.asks(named.session, book.question["desk"])
    assert named.engine.house.desk_of(named.session) == "gaibu"
    assert Talk(engine=named.engine).taps("menu", "report").engine.house.desk_of(Talk().session) == "naibu"
