"""Whose words are searched before they leave: all that bear no name, also what is added to a case."""

from bot.conversation.effects import SendDraft
from bot.conversation.events import Command, SelfChecked
from bot.conversation.findings import Finding
from bot.conversation.session import State
from tests.support.talk import drafted, reading, searching

STORY = "My name is Ann Lee. The list is known."


def test_whoever_wanted_to_give_a_name_and_gave_none_is_warned_too() -> None:
    """What is handed over bears no name, whatever was said first."""
    talk = searching()
    unnamed = drafted(answers={"anonymity": "named"})
    unnamed.finds = None
    assert unnamed.taps("summary", "hand_over").state is talk.state
    named = drafted(answers={"anonymity": "named", "name": "Aoki"})
    assert named.taps("summary", "hand_over").state is State.HANDING_OVER


def test_what_is_added_to_a_case_is_searched_before_it_is_sent() -> None:
    """A concern is written in fear and in a hurry, and by many without a name; then it goes to its case."""
    concern = Finding("story", 11, 18, "name")
    talk = reading().taps("inbox", "concern").taps("concern", "leak").says(STORY).orders(Command.DONE)
    talk.finds = (concern,)
    talk.taps("summary", "hand_over")
    assert (talk.state, talk.session.findings) == (State.WARNED, (concern,))
    talk.taps("self_check", "as_it_is")
    assert (talk.state, talk.acts) == (State.SENDING, [SendDraft("h")])


def test_what_is_added_to_a_case_is_sent_also_where_nothing_could_be_searched() -> None:
    """To its case, and its writer is told."""
    talk = reading().taps("inbox", "concern").taps("concern", "leak").says(STORY).orders(Command.DONE)
    talk.finds = None
    talk.taps("summary", "hand_over").does(SelfChecked(made=False))
    assert (talk.state, talk.said, talk.acts) == (State.SENDING, ["self_check.not_made"], [SendDraft("h")])
