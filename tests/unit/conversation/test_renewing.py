"""A new token in place of an old one: asked first, replaced, held until it is saved, and then the inbox."""

import pytest

from bot.conversation.effects import CloseInbox, ConfirmSaved, OpenInbox, RenewToken, ShowInbox, ShowToken
from bot.conversation.events import (
    Attached,
    Command,
    DeskUnreachable,
    Event,
    InboxClosed,
    Opened,
    ShowedToken,
    TokenRefused,
    TokenReplaced,
)  # fmt: skip
from bot.conversation.session import State
from tests.support.talk import FILE, Talk, drafted, handed_over, reading, shown

PROVISIONAL = Opened("h", 1, told=False, can_be_told=True, provisional=True)


def came_back(talk: Talk | None = None) -> Talk:
    """Somebody with a token that staff may have seen."""
    return (talk or Talk()).does(shown(), PROVISIONAL)


def renewing() -> Talk:
    """A talk whose token is being replaced, from the inbox."""
    return reading().taps("inbox", "renew").says("yes")


def holding() -> Talk:
    """A talk with the new token on the screen."""
    return renewing().does(TokenReplaced())


def test_a_token_that_staff_may_have_seen_opens_nothing_before_it_is_replaced() -> None:
    """It is said why, and asked first; not a letter is shown."""
    talk = came_back()
    assert (talk.state, talk.said, talk.options) == (State.OFFERED_RENEWAL, ["renew.why"], ["yes", "no"])
    assert not any(isinstance(effect, ShowInbox) for effect in talk.effects)
    assert talk.says("1").acts == [RenewToken("h")]


@pytest.mark.parametrize("how", ["no", "/back", "/cancel", "/skip", "/done"])
def test_whoever_cannot_write_now_may_come_back_later(how: str) -> None:
    """Nothing was shown and nothing replaced; the inbox is closed."""
    talk = came_back().says(how)
    assert (talk.state, talk.said, talk.acts) == (State.NEW, ["renew.not_now"], [CloseInbox("h")])


def test_o11_a_new_token_is_asked_for_in_the_inbox() -> None:
    """O-11: by button, command or plain words, in either language."""
    for way in ("/newtoken", "Ask for a new token", "新しい照会番号", "照会番号を変える"):
        talk = reading().says(way)
        assert (talk.state, talk.options) == (State.OFFERED_RENEWAL, ["yes", "no"])
    assert reading().orders(Command.RENEW, Command.RENEW).state is State.OFFERED_RENEWAL


def test_the_old_token_stays_when_the_new_one_is_not_wanted() -> None:
    """Back where it was asked for, the inbox open."""
    assert reading().taps("inbox", "renew").says("no").state is State.READING
    talk = reading().taps("inbox", "reply").says("A word").orders(Command.RENEW).says("no")
    assert (talk.state, talk.session.reply, talk.session.handle) == (State.REPLYING, "A word", "h")


def test_a_new_token_is_shown_once_the_old_one_is_dead() -> None:
    """Like the first one: what to do with it, what nobody will ask."""
    talk = holding()
    assert (talk.state, talk.said) == (State.HOLDING_TOKEN, ["renew.done", "token.keep", "token.secret"])
    assert ShowToken() in talk.effects
    assert talk.options == ["saved", "show"]
    assert ShowToken() in talk.taps("saved", "show").effects
    assert talk.orders(Command.CANCEL).said == ["renew.too_late"]


def test_once_it_is_saved_the_inbox_opens() -> None:
    """Under the new token; closing it leads back to where the renewal began."""
    talk = holding().taps("saved", "saved")
    assert talk.acts == [ConfirmSaved()]
    talk.does(Opened("n", 1, told=False, can_be_told=True))
    assert (talk.state, talk.session.handle, talk.session.renewing) == (State.READING, "n", "")
    assert ShowInbox("n") in talk.effects
    assert talk.taps("inbox", "close").state is State.NEW


@pytest.mark.parametrize("event", [DeskUnreachable(), InboxClosed(), TokenRefused()])
def test_a_saved_token_is_good_also_when_the_desk_is_away(event: Event) -> None:
    """The person is told so, and that the old one can go."""
    talk = holding().taps("saved", "saved").does(event)
    assert (talk.state, talk.said, talk.session.renewing) == (State.NEW, ["renew.saved"], "")


def test_a_draft_is_there_again_after_the_renewal() -> None:
    """Whoever looked into another case from within a report goes on with the report."""
    talk = came_back(Talk().says("A story")).says("yes").does(TokenReplaced()).taps("saved", "saved")
    talk.does(Opened("n", 0, told=False, can_be_told=True)).taps("inbox", "close")
    assert (talk.state, talk.session.answers["story"]) == (State.ASKING, "A story")
    assert drafted().orders(Command.RENEW).said == ["renew.open_first"]


def test_words_for_the_desk_are_kept_through_a_renewal() -> None:
    """What was typed meanwhile stands in the reply, with its file."""
    talk = came_back().says("A word").does(Attached(FILE)).says("yes").says("Another").does(TokenReplaced())
    talk.taps("saved", "saved").does(Opened("n", 1, told=False, can_be_told=True))
    assert (talk.state, talk.said) == (State.REPLYING, ["reply.unsent"])
    assert (talk.session.reply, talk.session.reply_files) == ("A word\n\nAnother", (FILE,))


def test_while_the_outcome_is_not_known_nothing_leads_away() -> None:
    """The new token may be the only one that is good, and it is nowhere else."""
    talk = renewing().does(DeskUnreachable(sealed=True))
    assert (talk.state, talk.said) == (State.RENEWING, ["renew.waiting"])
    for command in (Command.BACK, Command.COME_BACK, Command.REPORT, Command.LANGUAGE, Command.CLEAR):
        assert talk.orders(command).state is State.RENEWING
    assert talk.does(ShowedToken("x")).acts == [CloseInbox("x")]
    assert talk.says("1").state is State.RENEWING
    assert ShowToken() in talk.does(TokenReplaced()).effects


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (DeskUnreachable(), "inbox.unreachable"),
        (TokenRefused(), "token.refused"),
        (InboxClosed(), "inbox.timed_out"),
    ],
)
def test_a_token_that_could_not_be_replaced_is_asked_for_again(event: Event, said: str) -> None:
    """It was nobody's fault; the way back is as before."""
    talk = renewing().does(event)
    assert (talk.state, talk.said, talk.session.renewing) == (State.WANTING_TOKEN, [said], "")
    assert talk.orders(Command.BACK).state is State.NEW
    assert renewing().does(event, ShowedToken("again")).acts == [OpenInbox("again")]


def test_two_unsaved_tokens_are_never_held_at_once() -> None:
    """The one on the screen is written down first, whether the other must be replaced or only may."""
    talk = handed_over().does(shown("other"), Opened("other", 1, told=False, can_be_told=False))
    assert talk.taps("inbox", "renew").said == ["renew.held"]
    assert talk.state is State.READING
    talk = came_back(handed_over())
    assert (talk.state, talk.said, talk.acts) == (State.HOLDING_TOKEN, ["renew.held_first"], [CloseInbox("h")])


def test_an_inbox_that_closed_before_the_answer_asks_for_the_token() -> None:
    """Half an hour passes quickly when one looks for a pen."""
    assert came_back().does(InboxClosed()).state is State.WANTING_TOKEN
    talk = reading().taps("inbox", "renew").orders(Command.LANGUAGE).does(InboxClosed()).says("English").says("yes")
    assert talk.acts == [RenewToken("")]


def test_a_report_can_be_made_instead_of_a_renewal() -> None:
    """The inbox is closed, the token stays what it was."""
    talk = came_back().orders(Command.REPORT)
    assert (talk.state, talk.acts) == (State.ASKING, [CloseInbox("h")])


@pytest.mark.parametrize("start", [Talk, handed_over, reading, holding])
def test_an_outcome_nobody_waits_for_changes_nothing(start: "type[Talk]") -> None:
    """A repeat after a crash."""
    before = start()
    assert start().does(TokenReplaced()).session == before.session
