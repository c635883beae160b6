"""Taking back what stands in a chat: offered where it can be done, told plainly where not, never with a token on it."""

import pytest

from bot.conversation.effects import Forget, Retract, WipeDraft
from bot.conversation.events import Command, Forgotten, HandedOver, Opened, Retracted, TokenReady
from bot.conversation.session import Session, State
from tests.support.talk import Talk, handed_over, shown


def chatting() -> Talk:
    """A talk in a chat whose messages can be taken back."""
    return Talk(Session(channel="chat", language="en"))


def reading_in_chat() -> Talk:
    """The same, with an open inbox."""
    talk = chatting().orders(Command.COME_BACK)
    return talk.does(shown(), Opened("h", 1, told=False, can_be_told=True))


def test_it_is_offered_only_where_it_can_be_done() -> None:
    """A page has nothing in it that the bot could delete."""
    assert Command.CLEAR in chatting().orders(Command.START).ask.commands
    assert Command.CLEAR in reading_in_chat().ask.commands
    assert Command.CLEAR not in Talk().orders(Command.START).ask.commands


def test_the_draft_stays_when_the_messages_go() -> None:
    """What was typed is kept; only what can be seen is taken back."""
    talk = chatting().says("The books were altered.").orders(Command.CLEAR)
    assert (talk.acts, talk.state) == ([Retract()], State.ASKING)
    assert talk.session.answers["story"] == "The books were altered."


@pytest.mark.parametrize(("left", "said"), [(0, "clear.done"), (3, "clear.left")])
def test_what_could_not_be_deleted_is_said(left: int, said: str) -> None:
    """With its number, so that the person can look for it."""
    assert said in chatting().does(Retracted(gone=5, left=left)).said


def test_a_token_that_nobody_has_saved_is_not_taken_back() -> None:
    """Neither in a chat nor anywhere else."""
    talk = chatting().says("The books were altered.").orders(Command.DONE).taps("summary", "hand_over")
    talk.does(HandedOver("naibu")).orders(Command.CLEAR)
    assert (talk.acts, talk.said) == ([], ["forget.held"])


def test_where_nothing_can_be_taken_back_it_says_so() -> None:
    """With what the person can do themselves."""
    talk = Talk().orders(Command.CLEAR)
    assert (talk.acts, talk.said[0]) == ([], "clear.cannot")


def test_forgetting_a_chat_takes_its_messages_along() -> None:
    """First the messages, then everything else."""
    talk = reading_in_chat().taps("inbox", "forget").taps("forget", "yes")
    assert talk.acts == [Retract(), WipeDraft(), Forget("h")]
    talk.does(Retracted(gone=4, left=0), Forgotten())
    assert talk.state is State.NEW


def test_letters_that_may_have_been_shown_are_offered_again() -> None:
    """They are not sent twice by themselves."""
    talk = reading_in_chat().does(TokenReady())
    assert "inbox.maybe_shown" in talk.said
    assert "letters" in talk.options


def test_a_token_that_may_have_been_shown_is_offered_again() -> None:
    """Likewise."""
    talk = handed_over().does(TokenReady())
    assert "token.maybe_shown" in talk.said
    assert "show" in talk.options
