"""Taking back what was said, asking for a report, and the survey: from an open inbox, never at one tap."""

import pytest

from bot.anonymity.purposes import WISHES
from bot.conversation.effects import AnswerSurvey, OpenInbox, Wish
from bot.conversation.events import Command, DeskUnreachable, InboxClosed, Opened, SurveyAnswered, Wished
from bot.conversation.session import State
from bot.conversation.wishing_deeds import BECOME_REPORT, SURVEY, WITHDRAW_REPORT, WITHDRAW_STATEMENT
from tests.support.talk import CATALOG, Talk, shown

EVERYTHING = (WITHDRAW_STATEMENT, WITHDRAW_REPORT, BECOME_REPORT, "survey")


def reading(*wishes: str, letters: tuple[int, ...] = ()) -> Talk:
    """An open inbox in which this is possible."""
    opened = Opened("h", 1, told=False, can_be_told=True, wishes=wishes, letters_kept=letters)
    return Talk().taps("menu", "token").does(shown(), opened)


def test_only_what_is_possible_is_offered() -> None:
    """Nothing to take back, no consultation, no end: none of it stands there."""
    assert {"withdraw", "become_report", "survey"}.isdisjoint(reading().options)
    assert {"withdraw", "become_report", "survey"} <= set(reading(*EVERYTHING).options)


@pytest.mark.parametrize("wish", sorted(WISHES))
def test_the_talk_and_the_letters_mean_the_same_by_a_wish(wish: str) -> None:
    """One word in the table, in the letter, and with a text that says what follows."""
    assert wish in (WITHDRAW_STATEMENT, WITHDRAW_REPORT, BECOME_REPORT)
    assert f"wish.{wish}" in CATALOG


def test_ones_own_letters_are_listed_newest_first_and_not_too_many() -> None:
    """Then the whole; by number, for a stored screen knows no days."""
    talk = reading(*EVERYTHING, letters=tuple(range(1, 21))).taps("inbox", "withdraw")
    assert talk.options == ["20", "19", "18", "17", "16", "15", "14", "13", "whole", "back"]


def test_a_letter_is_taken_back_after_one_more_question() -> None:
    """The desk is told then, and what it knows is said; the inbox is opened anew."""
    talk = reading(*EVERYTHING, letters=(1, 3)).taps("inbox", "withdraw").taps("withdraw", "3")
    assert (talk.state, talk.acts) == (State.CONFIRMING_WISH, [])
    talk.taps("wish_withdraw_statement", "yes")
    assert talk.acts == [Wish("h", WITHDRAW_STATEMENT, 3)]
    talk.does(Wished(WITHDRAW_STATEMENT))
    assert (talk.state, talk.said, talk.acts) == (State.OPENING, ["wish.withdraw_statement"], [OpenInbox("h")])
    assert (talk.session.wish, talk.session.letter) == ("", 0)


@pytest.mark.parametrize(("option", "about"), [("whole", WITHDRAW_REPORT), ("become_report", BECOME_REPORT)])
def test_the_whole_is_taken_back_or_becomes_a_report_likewise(option: str, about: str) -> None:
    """No letter is named."""
    talk = reading(*EVERYTHING)
    talk = talk.taps("inbox", "withdraw").taps("withdraw", "whole") if option == "whole" else talk.taps("inbox", option)
    assert talk.taps(f"wish_{about}", "yes").acts == [Wish("h", about)]


@pytest.mark.parametrize("way", ["no", Command.BACK, Command.CANCEL, Command.SKIP])
def test_whoever_thinks_again_takes_nothing_back(way: str) -> None:
    """The inbox is there as before, and the wish is forgotten."""
    talk = reading(*EVERYTHING).taps("inbox", "withdraw").taps("withdraw", "whole")
    talk = talk.taps("wish_withdraw_report", "no") if way == "no" else talk.orders(Command(way))
    assert (talk.state, talk.acts, talk.session.wish) == (State.READING, [], "")


def test_a_wish_that_did_not_arrive_can_be_said_again() -> None:
    """It is said that the desk does not know yet."""
    talk = reading(*EVERYTHING).taps("inbox", "become_report").taps("wish_become_report", "yes")
    talk.does(DeskUnreachable())
    assert (talk.state, talk.said) == (State.CONFIRMING_WISH, ["wish.unreachable"])
    assert talk.taps("wish_become_report", "yes").acts == [Wish("h", BECOME_REPORT)]


def test_an_inbox_that_closed_meanwhile_takes_the_wish_along() -> None:
    """The token is asked for; what was chosen is not said behind the person's back."""
    talk = reading(*EVERYTHING, letters=(1,)).taps("inbox", "withdraw").taps("withdraw", "1").does(InboxClosed())
    assert (talk.state, talk.session.wish, talk.session.letters_kept) == (State.WANTING_TOKEN, "", ())


def test_a_wish_that_is_known_late_is_acknowledged_wherever_the_person_is() -> None:
    """Nobody is led away."""
    talk = reading(*EVERYTHING).does(Wished(BECOME_REPORT))
    assert (talk.state, talk.said) == (State.READING, ["wish.become_report"])


def test_words_typed_instead_of_a_choice_are_kept_for_the_desk() -> None:
    """They become the reply; nothing is taken back by them."""
    for talk in (
        reading(*EVERYTHING).taps("inbox", "withdraw"),
        reading(*EVERYTHING).taps("inbox", "become_report"),
        reading(*EVERYTHING).taps("inbox", "survey"),
    ):
        talk.says("It was on Monday after all.")
        assert (talk.state, talk.question.answer) == (State.REPLYING, "It was on Monday after all.")
        assert talk.session.wish == ""


def test_the_survey_asks_one_short_question_after_the_other() -> None:
    """From 1 to 5 by button or number; the answers leave when the last is given, once."""
    talk = reading("survey").taps("inbox", "survey")
    assert (talk.said, talk.options) == (["survey.lead"], ["1", "2", "3", "4", "5"])
    talk.taps("survey_clear", "4").says("5").orders(Command.SKIP)
    assert (talk.state, talk.acts) == (State.SURVEYING, [])
    talk.taps("survey_would_again", "1")
    assert talk.acts == [AnswerSurvey("h", {"clear": 4, "safe": 5, "would_again": 1})]
    talk.does(SurveyAnswered())
    assert (talk.state, talk.said) == (State.READING, ["survey.thanks"])
    assert "survey" not in talk.options


def test_a_survey_without_an_answer_counts_nothing() -> None:
    """Whoever passes every question over has said nothing; it can be answered later."""
    talk = reading("survey").taps("inbox", "survey")
    talk.orders(*(Command.SKIP for _ in SURVEY))
    assert (talk.state, talk.acts, talk.said) == (State.READING, [], ["survey.left"])
    assert "survey" in talk.options


def test_leaving_the_survey_counts_nothing() -> None:
    """And begins anew the next time."""
    talk = reading("survey").taps("inbox", "survey").taps("survey_clear", "2").orders(Command.BACK)
    assert (talk.state, talk.acts, talk.said) == (State.READING, [], ["survey.left"])
    assert talk.taps("inbox", "survey").question.id == "survey_clear"


def test_a_second_tap_on_a_question_of_the_survey_is_late() -> None:
    """A double click answers one question, not two."""
    talk = reading("survey").taps("inbox", "survey").taps("survey_clear", "4").taps("survey_clear", "4")
    assert (talk.session.scores, talk.said) == ((4,), ["hint.late"])


def test_a_survey_that_did_not_arrive_is_still_offered() -> None:
    """Nothing is known of it."""
    talk = reading("survey").taps("inbox", "survey")
    for question in SURVEY:
        talk.taps(f"survey_{question}", "3")
    talk.does(DeskUnreachable())
    assert (talk.state, "survey" in talk.options) == (State.READING, True)
