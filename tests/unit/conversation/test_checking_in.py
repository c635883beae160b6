"""Being asked how one is treated: three buttons, and room for what happened."""

import pytest

from bot.conversation.effects import AnswerCheckIn, CloseInbox
from bot.conversation.events import CheckInAnswered, DeskUnreachable, InboxClosed, Opened, Sent
from bot.conversation.session import State
from tests.support.talk import Talk, shown

ASKED = Opened("h", 1, told=False, can_be_told=True, asked=True)


def asked() -> Talk:
    """An open inbox in which a check-in waits."""
    return Talk().taps("menu", "token").does(shown(), ASKED)


def test_a_check_in_that_waits_is_answered_by_a_button() -> None:
    """The three answers stand above everything else that can be done, and only while one waits."""
    assert asked().options[:4] == ["fine", "badly", "stop", "reply"]
    other = Talk().taps("menu", "token").does(shown(), Opened("h", 1, told=False, can_be_told=True))
    assert "fine" not in other.options


@pytest.mark.parametrize("answer", ["fine", "stop"])
def test_an_answer_is_acknowledged_and_asked_for_no_more(answer: str) -> None:
    """The inbox stays open; the buttons go."""
    talk = asked().taps("inbox", answer)
    assert talk.acts == [AnswerCheckIn("h", answer)]
    talk.does(CheckInAnswered(answer))
    assert (talk.state, talk.said) == (State.READING, [f"check_in.{answer}"])
    assert "fine" not in talk.options


def test_who_is_treated_badly_can_say_what_happened() -> None:
    """The desk knows by then; what is written goes as a letter like any other, or not at all."""
    talk = asked().taps("inbox", "badly").does(CheckInAnswered("badly"))
    assert (talk.state, talk.said) == (State.REPLYING, ["check_in.badly"])
    talk.says("I was moved to the archive.")
    assert talk.question.answer == "I was moved to the archive."
    assert "fine" not in asked().taps("inbox", "badly").does(CheckInAnswered("badly")).says("/back").options


def test_an_answer_that_did_not_arrive_can_be_given_again() -> None:
    """The buttons stay while it is not known to be kept."""
    talk = asked().taps("inbox", "badly").does(DeskUnreachable())
    assert (talk.state, talk.said) == (State.READING, ["inbox.unreachable"])
    assert "badly" in talk.options


def test_an_inbox_that_closed_meanwhile_is_asked_for_again() -> None:
    """Nothing is known of the answer then: the question waits behind the token."""
    talk = asked().taps("inbox", "fine").does(InboxClosed())
    assert talk.state is State.WANTING_TOKEN


def test_an_answer_that_is_known_late_is_acknowledged_wherever_the_person_is() -> None:
    """Nobody is led away from what they do meanwhile."""
    talk = asked().taps("inbox", "badly").taps("inbox", "close").does(CheckInAnswered("badly"))
    assert (talk.state, talk.said) == (State.NEW, ["check_in.badly"])


def test_what_was_asked_goes_with_the_inbox() -> None:
    """The next case that is opened here may have nothing to answer."""
    talk = asked().taps("inbox", "close")
    assert CloseInbox("h") in talk.acts
    assert not talk.session.asked
    assert not Talk().does(Sent()).session.asked
