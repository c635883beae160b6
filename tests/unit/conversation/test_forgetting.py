"""Forgetting a chat from its open inbox: asked once, then nothing of it is left."""

from bot.conversation.effects import Forget, WipeDraft
from bot.conversation.events import Forgotten, InboxClosed, Opened
from bot.conversation.session import Session, State
from tests.support.talk import drafted, handed_over, reading, shown


def test_forgetting_asks_once_and_leaves_nothing() -> None:
    """Language and channel stay, so that the goodbye can be read."""
    talk = reading().taps("inbox", "forget")
    assert talk.options == ["no", "yes"]
    assert talk.says("yes").acts == [WipeDraft(), Forget("h")]
    talk.does(Forgotten())
    assert talk.said == ["forget.done"]
    assert talk.session == Session(channel="web", language="en", turn=talk.session.turn)


def test_forgetting_can_be_left() -> None:
    """Words typed there are kept; a stray end of it elsewhere changes nothing."""
    talk = reading().taps("inbox", "forget").says("Hm").says("no")
    assert (talk.state, talk.session.reply) == (State.READING, "Hm")
    assert reading().taps("inbox", "forget").does(InboxClosed()).state is State.WANTING_TOKEN
    assert drafted().does(Forgotten()).line("story") == "The books were altered."


def test_a_token_nobody_has_written_down_cannot_be_forgotten() -> None:
    """It would be gone for good."""
    talk = handed_over().does(shown("other"), Opened("other", 1, told=False, can_be_told=False)).taps("inbox", "forget")
    assert (talk.said, talk.state) == (["forget.held"], State.READING)
