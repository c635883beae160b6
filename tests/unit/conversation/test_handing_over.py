"""From the summary to a saved token, with everything that can go wrong on the way."""

import pytest
from msgspec.structs import replace

from bot.conversation.effects import (
    CloseInbox,
    ConfirmSaved,
    HandOver,
    OpenInbox,
    SetTold,
    ShowInbox,
    ShowToken,
    WipeDraft,
)
from bot.conversation.events import (
    Attached,
    Command,
    DeskUnreachable,
    HandedOver,
    InboxClosed,
    NobodyLeft,
    Opened,
    ShowedToken,
    TokenReady,
    TokenRefused,
    ToldSet,
)  # fmt: skip
from bot.conversation.session import State
from tests.support.talk import FILE, Talk, drafted, handed_over, shown


def handing_over() -> Talk:
    """A talk whose report is on its way."""
    return drafted().taps("summary", "hand_over")


def test_handing_over_names_the_desk() -> None:
    """The act says where; who may read it is the dispatcher's to find out."""
    talk = handing_over()
    assert (talk.acts, talk.state) == ([HandOver("naibu")], State.HANDING_OVER)


def test_the_token_is_shown_once_the_case_is_committed() -> None:
    """What to do with it, what nobody will ever ask, and when to expect an answer."""
    talk = handed_over()
    assert ShowToken() in talk.effects
    assert talk.said == ["handed.none", "token.keep", "token.secret", "handed.next"]
    assert "20 days" in talk.words
    assert talk.options == ["saved", "show"]


def test_nothing_of_the_draft_is_left_after_hand_over() -> None:
    """Its words are sealed now, and only those who may open it can read them."""
    session = handed_over().session
    assert (session.answers, session.files, session.group) == ({}, (), "")


@pytest.mark.parametrize("escalation", ["fallback", "recovery"])
def test_o08_it_is_said_plainly_who_can_open_it_now(escalation: str) -> None:
    """O-08: when nobody at the desk may read it, the reporter is told who can."""
    talk = handing_over().does(HandedOver("gaibu" if escalation == "fallback" else "", escalation))
    assert talk.said[0] == f"handed.{escalation}"


def test_handed_over_twice_is_handed_over_once() -> None:
    """A repeat after a crash shows where things are, and the token only when asked for."""
    talk = handed_over().does(HandedOver("naibu"))
    assert (talk.state, talk.acts, ShowToken() in talk.effects) == (State.HOLDING_TOKEN, [], False)


def test_a_report_that_cannot_be_delivered_is_sealed_and_waits() -> None:
    """The person is told the truth: sealed, kept here, handed over by itself."""
    talk = handing_over().does(DeskUnreachable(sealed=True))
    assert (talk.state, talk.session.answers) == (State.WAITING, {})
    talk.taps("waiting", "check")
    assert (talk.state, talk.acts) == (State.WAITING, [])
    assert talk.does(DeskUnreachable(sealed=True)).state is State.WAITING
    assert ShowToken() in talk.does(HandedOver("naibu")).effects


def test_words_while_waiting_are_kept_for_the_inbox() -> None:
    """The sealed report cannot be changed, so they wait for the reply."""
    talk = handing_over().does(DeskUnreachable(sealed=True)).says("One more thing").does(Attached(FILE))
    assert (talk.session.reply, talk.session.reply_files) == ("One more thing", (FILE,))


@pytest.mark.parametrize("state", ["handing over", "waiting", "holding"])
def test_what_is_sealed_cannot_be_cancelled_here(state: str) -> None:
    """The person is told, and told what they can do instead."""
    talk = {"handing over": handing_over, "holding": handed_over}.get(state, handing_over)()
    if state == "waiting":
        talk.does(DeskUnreachable(sealed=True))
    before = talk.state
    assert (talk.orders(Command.CANCEL).said, talk.state) == (["cancel.too_late"], before)


def test_a_report_that_could_not_be_sealed_stays_a_draft() -> None:
    """All of it is kept, and it can be tried again."""
    talk = handing_over().does(DeskUnreachable(sealed=False))
    assert (talk.state, talk.said) == (State.CHECKING, ["hand_over.failed"])
    assert talk.line("story") == "The books were altered."
    assert talk.says("1").acts == [HandOver("naibu")]


def test_o08_when_nobody_at_the_desk_is_left_another_desk_is_offered() -> None:
    """O-08: the person chooses; the answers stay."""
    talk = handing_over().does(NobodyLeft(("gaibu",)))
    assert (talk.state, talk.options) == (State.OFFERED_OTHERS, ["gaibu", "anyone", "back"])
    assert talk.says("External desk").acts == [HandOver("gaibu")]


def test_o08_when_nobody_is_left_anywhere_the_report_is_taken_all_the_same() -> None:
    """O-08, O-12: fallback desk or recovery key, never a refusal."""
    talk = handing_over().does(NobodyLeft(()))
    assert (talk.options, talk.question.prompt.key) == (["anyone", "back"], "question.others.none")
    assert talk.says("1").acts == [HandOver("naibu", anyone=True)]


def test_back_from_the_other_desks_leads_to_the_summary() -> None:
    """The person may also keep fewer people out."""
    assert handing_over().does(NobodyLeft(())).says("2").state is State.CHECKING
    assert handing_over().does(NobodyLeft(())).orders(Command.BACK).state is State.CHECKING
    talk = handing_over().does(NobodyLeft(())).says("Why?")
    assert (talk.session.answers["remarks"], talk.state) == ("Why?", State.OFFERED_OTHERS)


def test_an_outcome_nobody_waits_for_changes_nothing() -> None:
    """Handed over, nobody left, token ready: stray at the menu, they show the menu."""
    for event in (HandedOver("naibu"), NobodyLeft(()), TokenReady(), TokenRefused(), ToldSet(on=True)):
        talk = Talk().does(event)
        assert (talk.ask.group, talk.acts) == ("menu", [])


def test_the_token_is_shown_again_when_asked_for() -> None:
    """As often as the person needs to write it down."""
    assert ShowToken() in handed_over().says("2").effects


def test_after_an_unclear_sending_the_token_is_offered_not_shown() -> None:
    """It may stand on the screen already; only the person knows who is looking now."""
    talk = handed_over().does(TokenReady())
    assert (talk.said, ShowToken() in talk.effects) == (["token.maybe_shown"], False)


def test_a_saved_token_leaves_the_session() -> None:
    """And being told of answers is offered where that is possible."""
    talk = handed_over().says("yes")
    assert (talk.acts, talk.state) == ([ConfirmSaved()], State.CONFIRMING)
    talk.does(Opened("h", 0, told=False, can_be_told=True))
    assert (talk.state, talk.options) == (State.OFFERED_TOLD, ["yes", "no"])


@pytest.mark.parametrize("channel", ["web", "terminal"])
def test_where_nobody_can_be_told_it_is_not_offered(channel: str) -> None:
    """Neither when the channel cannot, nor when the dispatcher says so."""
    talk = handed_over().says("yes")
    talk.session = replace(talk.session, channel=channel)
    talk.does(Opened("h", 0, told=False, can_be_told=channel == "terminal"))
    assert (talk.state, talk.said, talk.acts) == (State.NEW, ["farewell.thanks"], [CloseInbox("h")])


def test_being_told_is_switched_on_and_the_talk_ends() -> None:
    """The inbox is dropped from memory with the goodbye."""
    talk = handed_over().says("1").does(Opened("h", 0, told=False, can_be_told=True)).says("はい")
    assert (talk.acts, talk.state) == ([SetTold("h", on=True)], State.OFFERED_TOLD)
    talk.does(ToldSet(on=True))
    assert (talk.state, talk.said, talk.acts) == (State.NEW, ["told.on", "farewell.thanks"], [CloseInbox("h")])


def test_being_told_can_be_declined() -> None:
    """The token brings them back all the same."""
    talk = handed_over().says("1").does(Opened("h", 0, told=False, can_be_told=True)).says("no")
    assert (talk.state, talk.session.handle) == (State.NEW, "")


def test_being_told_fails_without_harm() -> None:
    """An unreachable desk leaves the question open; a closed inbox ends it with an explanation."""
    talk = handed_over().says("1").does(Opened("h", 0, told=False, can_be_told=True)).says("1")
    assert talk.does(DeskUnreachable()).state is State.OFFERED_TOLD
    talk.does(InboxClosed())
    assert (talk.state, talk.said) == (State.NEW, ["told.too_late", "farewell.thanks"])


@pytest.mark.parametrize("event", [DeskUnreachable(), InboxClosed(), TokenRefused()])
def test_a_saved_token_is_saved_even_if_its_inbox_does_not_open(
    event: DeskUnreachable | InboxClosed | TokenRefused,
) -> None:
    """There is nothing left to do here, so the talk says goodbye."""
    talk = handed_over().says("1").does(event)
    assert (talk.state, talk.said) == (State.NEW, ["farewell.thanks"])


def test_words_typed_while_the_token_is_shown_are_offered_for_sending() -> None:
    """They come up as an unsent reply as soon as the inbox is open."""
    talk = handed_over().says("I forgot the date").says("saved")
    talk.does(Opened("h", 0, told=False, can_be_told=True))
    assert (talk.state, talk.question.answer) == (State.REPLYING, "I forgot the date")
    assert talk.effects[0] == ShowInbox("h")


def test_the_token_sent_back_opens_its_inbox_and_is_not_lost() -> None:
    """Leaving the inbox leads back to where the token still waits to be saved."""
    talk = handed_over().does(shown("h2"))
    assert talk.acts == [OpenInbox("h2")]
    talk.does(Opened("h2", 0, told=False, can_be_told=False)).taps("inbox", "close")
    assert (talk.state, talk.options) == (State.HOLDING_TOKEN, ["saved", "show"])


def test_a_token_sent_while_a_report_is_on_its_way_has_to_wait() -> None:
    """Its handle is given back, and its words are kept."""
    talk = handing_over().does(ShowedToken("h9", "and one more thing"))
    assert (talk.acts, talk.said, talk.session.reply) == ([CloseInbox("h9")], ["token.later"], "and one more thing")


def test_a_report_that_gets_through_while_its_reporter_reads_elsewhere_shows_its_token() -> None:
    """The token comes first, whatever was open; unsent words stay."""
    talk = handing_over().does(
        DeskUnreachable(sealed=True), shown("h1"), Opened("h1", 1, told=False, can_be_told=False)
    )
    talk.says("To the other case").does(HandedOver("naibu"))
    assert (talk.state, talk.acts) == (State.HOLDING_TOKEN, [CloseInbox("h1")])
    assert ShowToken() in talk.effects
    assert (talk.session.reply, talk.session.before) == ("To the other case", "")


def test_a_report_that_gets_through_while_a_language_is_chosen_shows_its_token() -> None:
    """Nothing that was opened for a moment can hide it."""
    talk = handing_over().does(DeskUnreachable(sealed=True)).orders(Command.LANGUAGE)
    assert talk.does(HandedOver("naibu")).state is State.HOLDING_TOKEN


def test_a_cancelled_draft_is_wiped_after_one_question() -> None:
    """Its words and files are gone, and that is said."""
    talk = drafted().orders(Command.CANCEL)
    assert (talk.state, talk.options) == (State.CANCELLING, ["no", "yes"])
    talk.says("2")
    assert (talk.state, talk.acts, talk.said) == (State.NEW, [WipeDraft()], ["cancel.done"])
    assert talk.session.answers == {}


@pytest.mark.parametrize("answer", ["1", "no", "/back"])
def test_a_draft_that_is_not_cancelled_goes_on_where_it_was(answer: str) -> None:
    """Words typed instead of an answer are kept as well."""
    talk = Talk().taps("menu", "report").orders(Command.CANCEL).says("Let me think").says(answer)
    assert (talk.state, talk.question.id) == (State.ASKING, "exposure")
    assert talk.session.answers["remarks"] == "Let me think"


def test_cancelling_twice_is_not_a_yes() -> None:
    """A button pressed twice throws nothing away; a file sent meanwhile is kept."""
    talk = drafted().orders(Command.CANCEL, Command.CANCEL).does(Attached(FILE))
    assert (talk.state, talk.session.files) == (State.CANCELLING, (FILE,))


def test_danger_that_is_called_out_while_writing_goes_along() -> None:
    """The report is marked, and its reporter is told; a draft that is thrown away takes the mark with it."""
    talk = drafted().orders(Command.DANGER)
    assert talk.said == ["danger.call", "danger.contact", "danger.marked"]
    assert talk.engine.report_of(talk.session).danger
    talk.orders(Command.CANCEL).taps("cancel", "yes")
    assert not talk.session.danger


def test_danger_that_is_called_out_elsewhere_marks_nothing() -> None:
    """There is no report to mark yet."""
    talk = Talk().orders(Command.DANGER)
    assert talk.said == ["danger.call", "danger.contact"]
    assert not talk.session.danger
