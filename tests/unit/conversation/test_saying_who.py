"""Saying later who one is: what is meant for the eyes of a few comes before nobody else's."""

from bot.conversation.effects import SendDraft
from bot.conversation.events import Attached, Command, InboxClosed, Opened, Sent, TokenReplaced
from bot.conversation.session import State
from tests.support.talk import FILE, Talk, reading, shown

_WORDS = "I sit next to the section chief."


def _named() -> Talk:
    return reading().taps("inbox", "identity").says("Hanako Yamada", "extension 12", _WORDS)


def test_what_is_said_with_a_name_is_never_carried_into_another_form() -> None:
    """There it would be a remark that everybody reads who reads the case: the other form has to wait."""
    for command in (Command.REPORT, Command.CONCERN, Command.FEEDBACK, Command.APPROACH):
        talk = _named().orders(command)
        assert talk.said == ["draft.first"]
        report = talk.engine.report_of(talk.session)
        assert (talk.session.flow, report.facts, report.identity["remarks"]) == ("identity", {}, _WORDS)


def test_a_file_does_not_go_along_with_a_name() -> None:
    """It would go to everybody who reads the case; it is kept for a letter, and its giver is told."""
    talk = _named().does(Attached(FILE))
    assert talk.said[:2] == ["kept.reply_file", "kept.file_apart"]
    report = talk.engine.report_of(talk.session)
    assert (report.files, report.facts, talk.session.reply_files) == ((), {}, (FILE,))
    talk.taps("summary", "hand_over")
    assert talk.acts == [SendDraft("h")]
    talk.does(Sent(), Opened("h", 1, told=False, can_be_told=True))
    assert (talk.state, talk.session.reply_files) == (State.REPLYING, (FILE,))


def _above_a_draft() -> Talk:
    """An inbox that was opened above a draft for a case, with a token that had to be replaced first."""
    talk = reading().taps("inbox", "concern").taps("concern", "leak").says("The list is known.").orders(Command.DONE)
    provisional = Opened("g", 1, told=False, can_be_told=True, provisional=True)
    talk.does(InboxClosed(), shown("g"), provisional).taps("renew", "yes").does(TokenReplaced())
    talk.taps("saved", "saved").does(Opened("g", 1, told=False, can_be_told=True))
    assert (talk.state, talk.session.before) == (State.READING, "checking")
    return talk


def test_a_reply_that_is_sent_above_a_draft_for_a_case_leaves_the_draft() -> None:
    """What the desk has is the reply; the draft has still to be sent."""
    talk = _above_a_draft().says("A reply.").orders(Command.DONE).does(Sent())
    assert (talk.state, talk.said, talk.session.reply) == (State.OPENING, ["reply.sent"], "")
    assert talk.session.answers["story"] == "The list is known."


def test_throwing_a_reply_away_above_a_draft_for_a_case_leaves_the_draft() -> None:
    """It was asked about the reply."""
    talk = _above_a_draft().says("A reply.").orders(Command.CANCEL).taps("cancel_reply", "yes")
    assert (talk.state, talk.said, talk.session.reply) == (State.READING, ["reply.wiped"], "")
    assert talk.session.answers["story"] == "The list is known."


def test_a_concern_for_a_case_that_becomes_feedback_goes_to_the_same_case() -> None:
    """Another matter about it makes no other case of it; a report would be one."""
    talk = reading().taps("inbox", "concern").taps("concern", "leak").says("The list is known.")
    talk.orders(Command.FEEDBACK, Command.DONE).taps("summary", "hand_over")
    assert (talk.session.flow, talk.acts) == ("feedback", [SendDraft("h")])
