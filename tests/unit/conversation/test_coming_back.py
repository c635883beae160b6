"""Coming back with a token: reading, replying, adding files, being told, forgetting."""

import pytest

from bot.conversation.effects import CloseInbox, OpenInbox, Send, SetTold, ShowInbox
from bot.conversation.events import (
    AnswerWaiting,
    Attached,
    Command,
    DeskUnreachable,
    Event,
    Forgotten,
    InboxClosed,
    MistypedToken,
    Opened,
    Sent,
    ShowedToken,
    TokenRefused,
    ToldSet,
)  # fmt: skip
from bot.conversation.session import State
from tests.support.talk import FILE, OTHER_FILE, Talk, drafted, handed_over, reading, shown

OPENED = Opened("h", 1, told=False, can_be_told=True)


def wanting() -> Talk:
    """A talk that was asked for its token."""
    return Talk().taps("menu", "token")


def replying() -> Talk:
    """A talk with something written and not sent."""
    return reading().says("First line")


@pytest.mark.parametrize("talk", [Talk, wanting, drafted, reading, handed_over])
def test_a_token_opens_its_inbox_anywhere(talk: "type[Talk]") -> None:
    """In any message, in any state; an inbox that is open is closed first."""
    before = talk()
    after = talk().does(shown("new"))
    closed = [CloseInbox(before.session.handle)] if before.session.handle else []
    assert (after.acts, after.state) == ([*closed, OpenInbox("new")], State.OPENING)


def test_words_beside_a_token_are_kept_for_the_reply() -> None:
    """They come up, unsent, when the inbox is open."""
    talk = Talk().does(ShowedToken("h", "［＊＊＊］ It happened again."), OPENED)
    assert (talk.state, talk.question.answer) == (State.REPLYING, "［＊＊＊］ It happened again.")


def test_the_inbox_is_shown_with_what_can_be_done_next() -> None:
    """Letters first, then the options; being told only where it is possible."""
    talk = reading()
    assert talk.effects[0] == ShowInbox("h")
    assert talk.options == [
        "reply",
        "concern",
        "feedback",
        "identity",
        "told_on",
        "letters",
        "renew",
        "forget",
        "close",
    ]
    untold = wanting().does(shown(), Opened("h", 1, told=False, can_be_told=False))
    assert "told_on" not in untold.options


def test_an_empty_inbox_says_so() -> None:
    """It can take the desk some days."""
    assert wanting().does(shown(), Opened("h", 0, told=False, can_be_told=False)).said == ["inbox.empty"]


def test_a_token_that_opens_nothing_gets_one_answer() -> None:
    """Unknown, withdrawn, expired and never-existed alike; it can be tried again or left."""
    talk = wanting().does(shown(), TokenRefused())
    assert (talk.state, talk.said) == (State.WANTING_TOKEN, ["token.refused"])
    assert talk.orders(Command.BACK).state is State.NEW


def test_a_slip_of_the_finger_is_no_refusal() -> None:
    """The hint asks to compare; nothing is looked up."""
    assert wanting().does(MistypedToken()).said == ["token.mistyped"]
    assert drafted().does(MistypedToken()).state is State.CHECKING


def test_an_unreachable_desk_leaves_the_token_good() -> None:
    """The person is told to try again in a while."""
    talk = wanting().does(shown(), DeskUnreachable())
    assert (talk.state, talk.said) == (State.WANTING_TOKEN, ["inbox.unreachable"])


def test_looking_up_can_be_left() -> None:
    """After a crash nobody is stuck waiting; an inbox that opens after all is closed again."""
    talk = wanting().does(shown()).orders(Command.BACK)
    assert talk.state is State.WANTING_TOKEN
    assert talk.does(OPENED).acts == [CloseInbox("h")]
    assert reading().does(OPENED).acts == []


def test_words_while_a_token_is_looked_up_are_kept() -> None:
    """They wait for the reply."""
    talk = wanting().does(shown()).says("Hello?").does(Attached(FILE))
    assert (talk.state, talk.session.reply, talk.session.reply_files) == (State.OPENING, "Hello?", (FILE,))


def test_words_instead_of_a_token_are_kept() -> None:
    """Without a draft they wait for the reply, with one they join it."""
    talk = wanting().says("I lost it").does(Attached(FILE))
    assert (talk.session.reply, talk.session.reply_files, talk.state) == ("I lost it", (FILE,), State.WANTING_TOKEN)
    draft = drafted().orders(Command.COME_BACK).says("I lost it").does(Attached(FILE))
    assert (draft.session.answers["remarks"], draft.session.files) == ("I lost it", (FILE,))


def test_unsent_words_go_into_a_new_report_when_one_is_begun() -> None:
    """With their files, and it is said."""
    talk = wanting().says("It happened again").does(Attached(FILE)).orders(Command.REPORT)
    assert (talk.session.answers["story"], talk.session.files, talk.session.reply) == ("It happened again", (FILE,), "")
    only_file = wanting().does(Attached(FILE)).orders(Command.REPORT)
    assert (only_file.session.files, only_file.said[0]) == ((FILE,), "kept.moved")


@pytest.mark.parametrize("leave", [Command.BACK, Command.CANCEL, Command.DONE, Command.SKIP])
def test_a_draft_survives_a_visit_to_an_inbox(leave: Command) -> None:
    """Leaving the inbox leads back to the very question."""
    talk = Talk().says("A story").says("1")
    asked, answers = talk.question.id, talk.session.answers
    talk.does(shown(), OPENED).orders(leave)
    assert (talk.question.id, talk.session.answers, talk.acts) == (asked, answers, [CloseInbox("h")])


@pytest.mark.parametrize("state", ["wanting", "reading", "replying"])
def test_a_report_asked_for_in_an_inbox_is_the_draft_there_is(state: str) -> None:
    """There is one draft; without one, a new report begins."""
    begin = {"wanting": wanting, "reading": reading, "replying": replying}[state]
    fresh = begin().orders(Command.REPORT)
    assert fresh.ask.group == "exposure"
    draft = drafted().orders(Command.COME_BACK)
    if state != "wanting":
        draft.does(shown(), OPENED)
    assert (draft.orders(Command.REPORT).said, draft.state) == (["draft.already"], State.CHECKING)


def test_a_report_asked_for_while_a_token_is_held_leads_back_to_the_token() -> None:
    """First things first."""
    assert handed_over().orders(Command.COME_BACK, Command.REPORT).state is State.HOLDING_TOKEN


def test_the_letters_can_be_read_again() -> None:
    """As often as wanted; help does not repeat them."""
    talk = reading()
    assert ShowInbox("h") in talk.taps("inbox", "letters").effects
    assert ShowInbox("h") not in talk.orders(Command.HELP).effects


def test_a_reply_is_collected_until_it_is_sent() -> None:
    """Several messages and files make one reply."""
    talk = reading().taps("inbox", "reply").says("First line", "Second line").does(Attached(FILE), Attached(FILE))
    assert (talk.session.reply, talk.session.reply_files) == ("First line\n\nSecond line", (FILE,))
    assert talk.orders(Command.DONE).acts == [Send("h")]
    assert talk.session.reply == "First line\n\nSecond line"


def test_a_sent_reply_leaves_the_session_and_the_inbox_is_read_again() -> None:
    """It stays until it is known to be at the desk."""
    talk = replying().orders(Command.DONE).does(Sent())
    assert (talk.session.reply, talk.acts, talk.said) == ("", [OpenInbox("h")], ["reply.sent"])
    assert talk.does(OPENED).state is State.READING


def test_words_added_while_a_reply_is_on_its_way_wait_for_the_next_one() -> None:
    """They are not taken for sent."""
    talk = replying().orders(Command.DONE).says("Another thing").does(Attached(OTHER_FILE), Sent(), OPENED)
    assert (talk.state, talk.question.answer, talk.session.reply_files) == (
        State.REPLYING,
        "Another thing",
        (OTHER_FILE,),
    )


def test_a_reply_known_to_be_sent_late_is_not_sent_twice() -> None:
    """Whoever looked elsewhere meanwhile is told all the same."""
    talk = replying().orders(Command.DONE, Command.BACK).does(Sent())
    assert (talk.session.reply, talk.said, talk.state) == ("", ["reply.sent"], State.REPLYING)


def test_an_empty_reply_is_not_sent() -> None:
    """One sentence or one file is enough."""
    talk = reading().taps("inbox", "reply").orders(Command.DONE)
    assert (talk.said, talk.state) == (["reply.empty"], State.REPLYING)
    assert talk.does(Attached(FILE)).orders(Command.DONE).acts == [Send("h")]


def test_a_reply_that_cannot_be_sent_is_kept() -> None:
    """It can be sent again."""
    talk = replying().orders(Command.DONE).does(DeskUnreachable())
    assert (talk.state, talk.session.reply, talk.said) == (State.REPLYING, "First line", ["reply.unreachable"])


def test_a_token_sent_while_a_reply_is_on_its_way_has_to_wait() -> None:
    """Two inboxes at once would mix up whose reply is whose."""
    talk = replying().orders(Command.DONE).does(shown("other"))
    assert (talk.state, talk.acts, talk.said) == (State.SENDING, [CloseInbox("other")], ["token.later"])


def test_a_reply_is_thrown_away_only_after_a_question() -> None:
    """No leads back to it; yes wipes it and says so."""
    talk = replying().orders(Command.CANCEL)
    assert talk.question.prompt.key == "question.cancel_reply.prompt"
    assert talk.says("Wait").does(Attached(FILE)).says("no").state is State.REPLYING
    assert (talk.session.reply, talk.session.reply_files) == ("First line\n\nWait", (FILE,))
    talk.orders(Command.CANCEL).says("yes")
    assert (talk.state, talk.session.reply, talk.session.reply_files, talk.said) == (
        State.READING,
        "",
        (),
        ["reply.wiped"],
    )
    assert reading().taps("inbox", "reply").orders(Command.CANCEL).state is State.READING


def test_going_back_from_a_reply_keeps_it() -> None:
    """Closing the inbox says that it is still there."""
    talk = replying().orders(Command.BACK)
    assert (talk.state, talk.session.reply) == (State.READING, "First line")
    assert talk.taps("inbox", "close").said == ["inbox.closed", "reply.still_kept"]
    assert reading().taps("inbox", "close").said == ["inbox.closed"]


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ((), ["inbox.timed_out", "reply.still_kept"]),
        ((Command.DONE,), ["inbox.timed_out", "reply.still_kept"]),
    ],
)
def test_a_closed_inbox_asks_for_the_token_and_keeps_the_reply(steps: tuple[Command, ...], said: list[str]) -> None:
    """Idle or restarted: the words are here, the token is not."""
    talk = replying().orders(*steps).does(InboxClosed())
    assert (talk.state, talk.said, talk.session.reply, talk.session.handle) == (
        State.WANTING_TOKEN,
        said,
        "First line",
        "",
    )
    assert reading().does(InboxClosed()).said == ["inbox.timed_out"]


def test_an_inbox_closed_behind_another_question_is_let_go() -> None:
    """The question stays; the token is asked for when it is needed."""
    talk = reading().orders(Command.LANGUAGE).does(InboxClosed())
    assert (talk.state, talk.session.handle) == (State.CHOOSING_LANGUAGE, "")


def test_being_told_is_switched_in_the_inbox() -> None:
    """On and off, and what is offered follows."""
    talk = reading().taps("inbox", "told_on")
    assert talk.acts == [SetTold("h", on=True)]
    talk.does(ToldSet(on=True))
    assert (talk.said, "told_off" in talk.options) == (["told.on"], True)
    assert talk.taps("inbox", "told_off").acts == [SetTold("h", on=False)]
    assert talk.does(ToldSet(on=False)).said == ["told.off"]
    assert talk.does(DeskUnreachable()).said == ["inbox.unreachable"]


@pytest.mark.parametrize("talk", [Talk, drafted, reading, handed_over])
def test_an_answer_that_waits_is_announced_and_the_screen_stays(talk: "type[Talk]") -> None:
    """The notice holds no content, and nothing else changes."""
    before = talk()
    after = talk().does(AnswerWaiting())
    assert (after.said, after.session) == (["answer.waiting"], before.session)


@pytest.mark.parametrize("event", [ToldSet(on=True), TokenRefused(), Forgotten(), DeskUnreachable()])
def test_a_stray_outcome_loses_no_reply(event: Event) -> None:
    """What nobody waits for shows the screen again."""
    assert replying().does(event).session.reply == "First line"
