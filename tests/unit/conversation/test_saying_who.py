"""Saying later who one is: what is meant for the eyes of a few comes before nobody else's."""

from bot.conversation.effects import SendDraft
from bot.conversation.events import Attached, Command, Opened, Sent
from bot.conversation.session import State
from tests.support.talk import FILE, Talk, reading

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
