"""What a draft becomes on a case that is there."""

import msgspec

from bot.anonymity.letters import Identity, Message
from bot.conversation.events import FileRef
from bot.conversation.report import report_of
from bot.conversation.session import Answer, Session
from bot.dispatcher.sending import Outgoing, letters_of
from tests.support.talk import FILE, MACHINE

SEED = b"s" * 16


def letters(flow: str, files: tuple[FileRef, ...] = (), seed: bytes = SEED, **answers: Answer) -> list[Outgoing]:
    """The letters of a draft in this flow, for the open case."""
    session = Session(channel="web", language="en", flow=flow, answers={"with_case": "yes", **answers}, files=files)
    return letters_of(report_of(MACHINE.house, session), seed)


def test_a_concern_says_which_one_it_is() -> None:
    """With its form, its answers and its files; whether it belongs to a case is no answer."""
    (letter,) = letters("concern", (FILE,), concern="search", story="He asked everybody.")
    assert isinstance(letter.body, Message)
    assert (letter.body.about, letter.body.flow, letter.body.form) == ("search", "concern", 1)
    assert letter.body.answers == {"concern": "search", "story": "He asked everybody."}
    assert letter.files == (FILE,)


def test_a_concern_that_was_not_named_is_heard_by_those_who_must_hear() -> None:
    """It counts as bad treatment."""
    (letter,) = letters("concern", story="I am afraid.")
    assert isinstance(letter.body, Message)
    assert letter.body.about == "retaliation"


def test_feedback_is_feedback() -> None:
    """Whatever it is about."""
    (letter,) = letters("feedback", feedback_about="waiting", story="It took long.")
    assert isinstance(letter.body, Message)
    assert letter.body.about == "feedback"


def test_a_name_goes_to_those_alone_who_may_read_it() -> None:
    """Nothing of it stands in a letter to the desk."""
    (letter,) = letters("identity", name="Taro", contact="ext. 12")
    assert letter.body == Identity({"name": "Taro", "contact": "ext. 12"})


def test_what_came_with_a_name_and_is_none_goes_to_the_desk() -> None:
    """A file cannot be part of a name, and is not lost for it."""
    first, second = letters("identity", (FILE,), name="Taro")
    assert isinstance(first.body, Identity)
    assert isinstance(second.body, Message)
    assert second.files == (FILE,)
    assert b"Taro" not in msgspec.msgpack.encode(second.body)


def test_the_same_draft_is_the_same_letter_and_a_changed_one_is_another() -> None:
    """So a repeat is recognised, and what was changed after a failure is not taken for one."""
    (once,), (again,), (changed,) = (letters("concern", story=story) for story in ("a", "a", "b"))
    assert once.message_id == again.message_id != changed.message_id
    (other,) = letters("concern", story="a", seed=b"t" * 16)
    assert other.message_id != once.message_id
