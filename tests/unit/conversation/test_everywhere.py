"""What works in every state: every event is answered, and help, danger and the like come with the same question."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from bot.conversation.events import (
    AnswerWaiting,
    Attached,
    AttachFailed,
    CameLate,
    CheckInAnswered,
    Chose,
    Command,
    Commanded,
    Corrected,
    DeskUnreachable,
    DraftEnding,
    Event,
    Filled,
    Forgotten,
    HandedOver,
    InboxClosed,
    MistypedToken,
    NobodyLeft,
    Opened,
    Said,
    SelfChecked,
    Sent,
    SentNothing,
    ShowedToken,
    TokenReady,
    TokenRefused,
    TokenReplaced,
    ToldSet,
)  # fmt: skip
from bot.conversation.findings import Finding
from bot.conversation.session import State
from tests.support.talk import FILE, Talk, drafted, handed_over, reading, searching, shown

OPENED = Opened("h", 1, told=False, can_be_told=True)
FOUND = SelfChecked((Finding("story", 0, 3, "name"),))


def _wishing() -> Talk:
    """An open inbox in which everything is possible."""
    wishes = ("withdraw_statement", "withdraw_report", "become_report", "survey")
    opened = Opened("h", 1, told=False, can_be_told=True, wishes=wishes, letters_kept=(1,))
    return Talk().orders(Command.COME_BACK).does(shown(), opened)


#: One way into each state.
STATES: dict[State, Callable[[], Talk]] = {
    State.NEW: Talk,
    State.CHOOSING_MATTER: lambda: Talk().taps("menu", "other"),
    State.CHOOSING_LANGUAGE: lambda: Talk().orders(Command.LANGUAGE),
    State.ASKING: lambda: Talk().taps("menu", "report"),
    State.CHECKING: drafted,
    State.CHANGING: lambda: drafted().says("2"),
    State.HANDLING_FILE: lambda: drafted().does(Attached(FILE)).taps("summary", "files").says("1"),
    State.CANCELLING: lambda: drafted().orders(Command.CANCEL),
    State.SEARCHING: searching,
    State.WARNED: lambda: searching().does(FOUND),
    State.HANDING_OVER: lambda: drafted().says("1"),
    State.WAITING: lambda: drafted().says("1").does(DeskUnreachable(sealed=True)),
    State.OFFERED_OTHERS: lambda: drafted().says("1").does(NobodyLeft(("gaibu",))),
    State.HOLDING_TOKEN: handed_over,
    State.CONFIRMING: lambda: handed_over().says("1"),
    State.OFFERED_TOLD: lambda: handed_over().says("1").does(OPENED),
    State.WANTING_TOKEN: lambda: Talk().orders(Command.COME_BACK),
    State.LOSING_TOKEN: lambda: Talk().orders(Command.LOST),
    State.OPENING: lambda: Talk().does(shown()),
    State.READING: reading,
    State.REPLYING: lambda: reading().says("x"),
    State.SENDING: lambda: reading().says("x").orders(Command.DONE),
    State.OFFERED_RENEWAL: lambda: reading().taps("inbox", "renew"),
    State.RENEWING: lambda: reading().taps("inbox", "renew").says("yes"),
    State.FORGETTING: lambda: reading().taps("inbox", "forget"),
    State.ENDING: lambda: drafted().does(DraftEnding(3)),
    State.CHOOSING_STATEMENT: lambda: _wishing().taps("inbox", "withdraw"),
    State.CONFIRMING_WISH: lambda: _wishing().taps("inbox", "withdraw").taps("withdraw", "whole"),
    State.SURVEYING: lambda: _wishing().taps("inbox", "survey"),
    State.OFFERED_COPY: lambda: drafted().taps("summary", "copy"),
    State.COPYING: lambda: drafted().taps("summary", "copy").taps("copy", "yes"),
}

EVENTS: tuple[Event, ...] = (
    Said("some words"), Corrected("some words"), Said("/nonsense"), Said(""), Said("1"),
    Chose("nothing", "none"), Filled("nowhere", {"x": "y"}),
    Attached(FILE), AttachFailed("broken"), ShowedToken("n"), MistypedToken(), MistypedToken("w"), SentNothing(),
    HandedOver("naibu"), DeskUnreachable(), DeskUnreachable(sealed=True), NobodyLeft(()), TokenReady(), OPENED,
    TokenRefused(), InboxClosed(), Sent(), ToldSet(on=True), Forgotten(), AnswerWaiting(),
    DraftEnding(3), CameLate(),
    FOUND, SelfChecked(), SelfChecked(made=False), TokenReplaced(), CheckInAnswered("fine"), CheckInAnswered("badly"),
    Opened("a", 0, told=False, can_be_told=False, asked=True),
    Opened("p", 1, told=False, can_be_told=True, provisional=True),
    *(Commanded(command) for command in Command),
)  # fmt: skip

INFORMING = {
    Command.HELP: ["help.words", "help.menu"],
    Command.DANGER: ["danger.call", "danger.contact"],
    Command.ABOUT: ["about.desk", "about.law", "about.addresses"],
}


@pytest.mark.parametrize("state", State)
def test_each_state_can_be_reached(state: State) -> None:
    """The table of ways into the states is complete and true."""
    assert STATES[state]().state is state


@pytest.mark.parametrize("state", State)
def test_every_event_is_answered_with_a_question_in_every_state(state: State) -> None:
    """Nobody is ever left with nothing to see or nothing to do next."""
    for event in EVENTS:
        assert STATES[state]().does(event).asks, event


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", INFORMING)
def test_help_danger_and_about_come_with_the_same_question(state: State, command: Command) -> None:
    """O-12: whom to call is told at any point, and then the talk is where it was."""
    talk = STATES[state]().orders(Command.STATUS)
    before, asked = talk.session, talk.ask.group
    talk.orders(command)
    assert (replace(talk.session, danger=False), talk.ask.group) == (before, asked)
    assert [key for key in talk.said if key != "danger.marked"] == INFORMING[command]


@pytest.mark.parametrize("state", State)
def test_rules_exposure_and_status_are_told_anywhere(state: State) -> None:
    """Each says something and changes nothing."""
    for command in (Command.RULES, Command.EXPOSURE, Command.STATUS):
        talk = STATES[state]()
        before = talk.session
        talk.orders(command)
        assert talk.said
        assert talk.session == before


def test_danger_names_police_ambulance_and_the_organs_contact() -> None:
    """Numbers, not advice to look them up."""
    words = Talk().orders(Command.DANGER).words
    assert all(number in words for number in ("110", "119", "03-0000-0000"))


def test_status_counts_what_is_kept() -> None:
    """Answers, files, and an unsent reply."""
    talk = Talk().says("A story").does(Attached(FILE), ShowedToken("h", "more")).orders(Command.STATUS)
    assert talk.said == ["status.draft", "reply.still_kept"]
    assert "Answers: 1. Files: 1." in talk.words
    assert Talk().orders(Command.STATUS).said == ["status.new"]
    assert handed_over().orders(Command.STATUS).said == ["status.holding_token"]


def test_the_language_is_switched_without_losing_anything() -> None:
    """The same question comes in the other language."""
    talk = Talk().says("A story").says("1").orders(Command.LANGUAGE).says("日本語")
    assert (talk.session.language, talk.question.id) == ("ja", "anonymity")
    assert talk.session.answers["story"] == "A story"
    assert reading().orders(Command.LANGUAGE, Command.LANGUAGE, Command.BACK).state is State.READING


@pytest.mark.parametrize(("limit", "key"), [(0, "file.failed"), (20, "file.too_large")])
def test_o12_a_file_that_cannot_be_taken_is_said_so(limit: int, key: str) -> None:
    """O-12: what can't be kept is said, with the limit where there is one."""
    assert drafted().does(AttachFailed("broken", limit)).said == [key]


@pytest.mark.parametrize("state", State)
def test_words_are_kept_in_every_state(state: State) -> None:
    """In the draft, or for the reply; nothing that is typed is dropped."""
    talk = STATES[state]().says("A sentence nobody expects")
    kept = [str(value) for value in talk.session.answers.values()] + [talk.session.reply]
    assert any("A sentence nobody expects" in each for each in kept)


@pytest.mark.parametrize("state", State)
def test_files_are_kept_in_every_state(state: State) -> None:
    """With the draft, or with the reply."""
    talk = STATES[state]().does(Attached(FILE))
    assert FILE in (*talk.session.files, *talk.session.reply_files)


def test_a_form_that_comes_too_late_loses_no_word_in_any_state() -> None:
    """Words in fields are kept; values of options are no words."""
    for begin in STATES.values():
        talk = begin().does(Filled("story", {"story": "Late words", "saved": "saved"}, "next", 999))
        assert "Late words" in str((talk.session.answers, talk.session.reply))
        assert talk.session.reply in ("", "x", "Late words", "x\n\nLate words")
