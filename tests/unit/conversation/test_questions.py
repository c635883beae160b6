"""The walk through the questions of a report, as a chat asks them."""

import pytest

from bot.conversation.events import Attached, Chose, Command, Corrected, Said
from bot.conversation.session import Session, State
from tests.support.talk import DESKS, FILE, Talk, machine

TO_CONTACT = ("1", "2", "Aoki", "aoki@example.org")


def begun() -> Talk:
    """A talk at the first question."""
    return Talk().taps("menu", "report")


def at(question: str) -> Talk:
    """A talk that has skipped its way to a question."""
    talk = begun()
    while talk.question.id != question:
        talk.orders(Command.SKIP)
    return talk


def test_a_report_is_asked_from_exposure_to_summary() -> None:
    """O-13: the whole way of someone who answers question by question and gives a name."""
    talk = begun().says(*TO_CONTACT, "1", "2", "Altered books", "Head office", "In May", "1")
    talk.says("The chief", "2", "The clerk", "1", "I saw it")
    assert talk.question.id == "evidence"
    talk.says("Invoices").does(Attached(FILE)).orders(Command.DONE)
    talk.says("Mori", "No", "Nothing more", "1", "2", "2", "none", "1")
    assert (talk.state, talk.ask.group) == (State.CHECKING, "summary")
    assert talk.said[0] == "explanation.treatment"
    assert talk.session.answers == {
        "exposure": "go_on", "anonymity": "named", "name": "Aoki", "contact": "aoki@example.org", "relation": "staff",
        "way": "questions", "what": "Altered books", "where": "Head office", "when": "In May", "dates_more": "no",
        "who": "The chief", "people_more": "yes", "who.2": "The clerk", "people_more.2": "no",
        "how_known": "I saw it", "evidence": "Invoices", "others_know": "Mori", "reported_elsewhere": "No",
        "remarks": "Nothing more", "category": "law", "desk": "gaibu", "keep_from": ["tanaka"],
        "keep_from_others": "none", "explanation": "show",
    }  # fmt: skip


def test_whoever_skips_everything_arrives_at_the_summary() -> None:
    """Anonymous, in own words, to the integrated desk: that is what silence means."""
    talk = begun()
    while talk.state is State.ASKING:
        talk.orders(Command.SKIP)
    asked = set(talk.session.skipped)
    assert {"anonymity", "story", "keep_from"} <= asked
    assert not {"name", "what"} & asked
    assert talk.line("anonymity") == "Stay anonymous"


def test_progress_counts_the_groups_that_are_asked() -> None:
    """The number of steps follows the answers."""
    talk = begun()
    assert (talk.ask.step, talk.ask.steps) == (1, 11)
    talk.says("1", "2")
    assert (talk.ask.step, talk.ask.steps) == (3, 12)


def test_with_one_desk_no_desk_is_asked() -> None:
    """One desk is no choice; the report goes there."""
    engine = machine(DESKS[:1])
    talk = Talk(engine=engine).says("A story").orders(Command.DONE).taps("summary", "hand_over")
    assert all(line != "desk" for line in talk.session.skipped)
    assert engine.report_of(talk.session).desk == "naibu"


def test_without_any_desk_a_report_can_still_be_written() -> None:
    """Before the first roster there is no desk to name; nothing breaks."""
    talk = Talk(engine=machine(())).says("A story").orders(Command.DONE)
    assert talk.engine.report_of(talk.session).desk == ""


@pytest.mark.parametrize("typed", ["2", "２", "question by question", "質問にひとつずつ答える"])
def test_a_choice_is_made_by_number_or_label_in_either_language(typed: str) -> None:
    """The label someone saw before switching languages still counts."""
    assert at("way").says(typed).question.id == "what"


@pytest.mark.parametrize("typed", ["7", "1,2", "I cannot decide", "0"])
def test_words_at_a_choice_are_kept_and_the_question_comes_again(typed: str) -> None:
    """What was typed is kept under the remarks, and said so."""
    talk = at("way").says(typed)
    assert (talk.said, talk.question.id) == (["kept.remark", "hint.choice"], "way")
    assert talk.session.answers["remarks"] == typed


def test_a_tap_on_a_question_that_has_passed_changes_nothing() -> None:
    """Two taps before a keyboard goes away arrive twice."""
    talk = begun().does(Chose("exposure", "go_on"))
    before = talk.session
    talk.does(Chose("exposure", "go_on"))
    assert (talk.said, talk.session) == (["hint.late"], before)


def test_a_tap_on_something_that_is_not_offered_changes_nothing() -> None:
    """A made-up option is no answer."""
    talk = at("way")
    assert talk.taps("way", "yes").said == ["hint.late"]
    assert "way" not in talk.session.answers


def test_files_are_collected_until_the_person_is_done() -> None:
    """The question stays; the same file twice is one file; words there go to the remarks."""
    talk = at("files").does(Attached(FILE), Attached(FILE))
    assert (talk.session.files, talk.question.id, talk.question.files) == ((FILE,), "files", (FILE,))
    assert talk.says("the second page matters").said == ["kept.remark", "hint.files"]
    assert talk.orders(Command.DONE).question.id == "others_know"


def test_a_file_at_any_question_is_kept() -> None:
    """Nobody has to wait for the question about files, which is then not asked."""
    talk = at("way").does(Attached(FILE))
    assert (talk.question.id, talk.session.files) == ("way", (FILE,))
    while talk.question.id != "evidence":
        talk.orders(Command.SKIP)
    assert talk.says("That photo").question.id == "others_know"


def test_people_are_kept_out_by_taps_one_after_the_other() -> None:
    """A second tap takes the mark away again; done goes on."""
    talk = at("keep_from").taps("keep_from", "sato").taps("keep_from", "tanaka").taps("keep_from", "sato")
    assert (talk.session.answers["keep_from"], talk.question.id) == (["tanaka"], "keep_from")
    assert talk.orders(Command.DONE).question.id == "keep_from_others"
    talk.orders(Command.BACK).taps("keep_from", "tanaka")
    assert "keep_from" not in talk.session.answers


def test_people_are_kept_out_by_numbers() -> None:
    """Several numbers in one message choose several people."""
    assert at("keep_from").says("1、3").session.answers["keep_from"] == ["sato", "tanaka"]


def test_a_name_typed_instead_of_a_number_keeps_that_person_out() -> None:
    """The person is told who is meant; the question stays for more names."""
    talk = at("keep_from").says("鈴木さん")
    assert (talk.said, talk.question.id) == (["keep_from.meant"], "keep_from")
    assert "Ichiro Suzuki" in talk.words
    assert talk.engine.report_of(talk.session).excluded == ("suzuki",)


def test_a_name_that_is_nobodys_stays_as_words() -> None:
    """It is said plainly that no staff member bears it."""
    talk = at("keep_from_others").says("高橋")
    assert talk.said == ["keep_from.nobody_meant"]
    assert talk.engine.report_of(talk.session).facts["keep_from_others"] == "高橋"


def test_back_leads_to_the_question_before_and_shows_its_answer() -> None:
    """What stands there can be added to."""
    talk = at("story").says("First.").orders(Command.BACK)
    assert (talk.question.id, talk.question.answer) == ("story", "First.")
    talk.says("Second.")
    assert (talk.session.answers["story"], talk.said[0]) == ("First.\n\nSecond.", "answer.added")


def test_rewriting_empties_the_answer_because_the_person_said_so() -> None:
    """It is offered only where there is something to empty."""
    talk = at("story").says("Wrong.").orders(Command.BACK)
    assert Command.REWRITE in talk.ask.commands
    assert talk.orders(Command.REWRITE).said == ["answer.emptied"]
    assert talk.says("Right.").session.answers["story"] == "Right."
    assert "answer.emptied" not in talk.orders(Command.REWRITE).said


def test_back_at_the_first_question_stays_there() -> None:
    """There is nothing before it, and it is not offered."""
    talk = begun()
    assert Command.BACK not in talk.ask.commands
    assert talk.orders(Command.BACK).question.id == "exposure"


def test_done_passes_over_all_that_is_left() -> None:
    """Someone in a hurry is at the summary at once, and can still change everything there."""
    talk = begun().orders(Command.DONE)
    assert talk.state is State.CHECKING


def test_a_changed_answer_opens_the_questions_that_follow_from_it() -> None:
    """Whoever decides to give a name is asked for it, and nothing else twice."""
    talk = Talk().says("A story").orders(Command.DONE).taps("edit", "anonymity")
    assert talk.says("2").question.id == "name"
    assert talk.says("Aoki").question.id == "contact"
    assert talk.says("aoki@example.org").state is State.CHECKING


def test_the_explanation_can_be_declined() -> None:
    """O-13: the reporter may decline it, and that is kept with the facts."""
    talk = at("explanation").says("2")
    assert talk.said == []
    assert talk.engine.report_of(talk.session).facts["explanation"] == "no_thanks"


def test_o42_the_explanation_tells_of_the_presumption() -> None:
    """O-42: dismissal or discipline within a year is presumed to be because of the report."""
    assert "within one year" in at("explanation").says("1").words


def test_a_draft_from_an_older_form_goes_on() -> None:
    """A group that no longer exists leads to the first one; its answers stay and are handed over as they are."""
    old = Session(channel="web", language="en", state=State.ASKING, group="gone", at="lost", answers={"lost": "kept"})
    talk = Talk(old).does(Said("1"))
    assert talk.question.id == "anonymity"
    talk.orders(Command.DONE)
    assert talk.line("lost") == "kept"
    assert talk.engine.report_of(talk.session).facts["lost"] == "kept"
    talk.session = Session(channel="web", language="en", state=State.CHECKING, answers={"lost": ["a", "b"]})
    assert talk.orders(Command.STATUS).line("lost") == "a, b"


def test_changed_words_do_not_answer_the_question_that_is_asked_now() -> None:
    """They are kept beside the answers, and their person is told how to change the answer itself."""
    talk = begun().taps("exposure", "go_on")
    asked = talk.question.id
    talk.does(Corrected("The books were altered in June, not in May."))
    assert (talk.question.id, talk.said) == (asked, ["kept.correction"])
    assert talk.session.answers["remarks"] == "The books were altered in June, not in May."
