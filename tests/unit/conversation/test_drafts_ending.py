"""A draft that is soon past its time: what its writer is told, and what becomes of whatever they do then."""

import pytest
from msgspec.structs import replace

from bot.conversation.drafts_ending import is_begun
from bot.conversation.effects import Text, WipeDraft
from bot.conversation.events import (
    Attached,
    CameLate,
    Command,
    Commanded,
    Corrected,
    DraftEnding,
    Event,
    Filled,
    HandedOver,
    InboxClosed,
    Opened,
    Said,
    ShowedToken,
)
from bot.conversation.exposure import EXPOSURES, UNKNOWN_CHANNEL
from bot.conversation.session import Session, State
from tests.support.talk import CATALOG, FILE, MACHINE, Talk, drafted, handed_over, reading

STORY = "The books were altered."
ENDING = DraftEnding(3)


def chatting() -> Talk:
    """A talk where messages can be taken back."""
    return Talk(Session(channel="chat", language="en"))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_warning_says_when_and_nothing_of_what_was_written(language: str) -> None:
    """Whoever else sees it learns that something was begun, and not a word of it."""
    talk = drafted()
    talk.session = replace(talk.session, language=language)
    talk.does(ENDING)
    assert talk.said == ["ending.soon"]
    assert "3" in talk.words
    assert "books" not in repr(talk.effects)
    assert (talk.state, talk.options) == (State.ENDING, ["keep", "delete"])


def test_the_last_hour_is_called_so() -> None:
    """Nobody reads of 1 hours."""
    assert drafted().does(DraftEnding(1)).said == ["ending.soon_hour"]


@pytest.mark.parametrize("does", [Said("yes"), Commanded(Command.BACK), Commanded(Command.DONE), Said("/skip")])
def test_going_on_leads_back_to_where_the_writer_was(does: Event) -> None:
    """With everything as it was, and the time it is kept from now on."""
    talk = drafted().does(ENDING, does)
    assert (talk.state, talk.said) == (State.CHECKING, ["ending.kept"])
    assert talk.session.answers["story"] == STORY
    assert "24 hours" in talk.words


def test_whoever_was_asked_something_is_asked_it_again() -> None:
    """The question stands where it stood."""
    talk = Talk().says(STORY).taps("exposure", "go_on")
    asked = talk.question.id
    assert talk.does(ENDING).taps("ending", "keep").question.id == asked


def test_deleting_takes_words_files_and_an_unsent_reply() -> None:
    """In one press, since that is what the question is about."""
    talk = drafted().does(Attached(FILE), ShowedToken("h", "more words"), Opened("h", 1, told=False, can_be_told=True))
    talk.does(ENDING).taps("ending", "delete")
    assert (talk.state, talk.said) == (State.NEW, ["cancel.done"])
    assert set(map(type, talk.acts)) == {WipeDraft}
    assert not is_begun(MACHINE.house, talk.session)


@pytest.mark.parametrize("event", [Said("And another thing"), Corrected("And another thing")])
def test_words_typed_at_the_warning_are_kept_and_lead_back(event: Event) -> None:
    """As a remark of the draft: it is not known what they answer."""
    talk = drafted().does(ENDING, event)
    assert talk.state is State.CHECKING
    assert talk.session.answers["remarks"] == "And another thing"


def test_a_file_sent_at_the_warning_is_kept_and_leads_back() -> None:
    """With the draft; or with a reply where there is no draft."""
    assert drafted().does(ENDING, Attached(FILE)).session.files == (FILE,)
    unsent = Talk().does(ShowedToken("h", "words for the desk"), InboxClosed()).orders(Command.BACK)
    assert unsent.does(ENDING, Attached(FILE)).session.reply_files == (FILE,)
    assert "more" in unsent.does(ENDING, Said("more")).session.reply


def test_a_form_filled_in_before_the_warning_came_loses_no_word() -> None:
    """A page that stood open all night is sent as it is."""
    talk = Talk().says(STORY)
    turn = talk.session.turn
    talk.does(ENDING, Filled("people", {"who": "The chief"}, "next", turn))
    assert talk.state is State.ASKING
    assert talk.session.answers["who"] == "The chief"


def test_danger_at_the_warning_marks_the_draft() -> None:
    """Whoever is warned at a bad moment is still told whom to call."""
    talk = drafted().does(ENDING).orders(Command.DANGER)
    assert (talk.session.danger, talk.state) == (True, State.ENDING)


def test_cancelling_at_the_warning_only_shows_both_ways_again() -> None:
    """The one that deletes stands there."""
    talk = drafted().does(ENDING).orders(Command.CANCEL)
    assert (talk.state, talk.options, talk.acts) == (State.ENDING, ["keep", "delete"], [])


def test_an_open_inbox_is_not_come_back_to() -> None:
    """The letters are closed by then; the unsent words are still there."""
    talk = reading().says("A reply").does(ENDING).taps("ending", "keep")
    assert (talk.state, talk.session.handle, talk.session.reply) == (State.NEW, "", "A reply")


def test_a_token_nobody_has_saved_is_not_led_away_from() -> None:
    """Neither while it is shown nor while its report is on the way."""
    assert handed_over().does(ENDING).state is State.HOLDING_TOKEN
    away = handed_over().orders(Command.COME_BACK).does(ENDING)
    assert away.does(Commanded(Command.BACK)).state is State.HOLDING_TOKEN
    busy = drafted().taps("summary", "hand_over").does(ENDING)
    assert busy.does(HandedOver("naibu")).state is State.HOLDING_TOKEN


def test_a_chat_offers_to_take_its_messages_back_while_that_can_still_be_done() -> None:
    """Once the talk is gone, nobody knows which messages there were."""
    talk = chatting().says(STORY).does(ENDING)
    assert Command.CLEAR.value in talk.ask.commands
    assert talk.acts == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_whoever_comes_too_late_is_told_plainly(language: str) -> None:
    """What was begun is gone; what was handed over, and its token, are not."""
    talk = Talk(Session(channel="web", language=language)).does(CameLate())
    assert (talk.said[0], talk.state) == ("ending.gone", State.NEW)


def test_status_says_how_long_a_draft_is_still_kept() -> None:
    """As far as it is known; where nothing was begun there is nothing to say."""
    talk = drafted()
    talk.session = replace(talk.session, hours_left=5)
    assert talk.orders(Command.STATUS).said == ["status.draft", "ending.left"]
    assert "5 hours" in talk.words
    talk.session = replace(talk.session, hours_left=1)
    assert talk.orders(Command.STATUS).said == ["status.draft", "ending.left_hour"]
    assert Talk(Session(language="en", hours_left=5)).orders(Command.STATUS).said == ["status.new"]


@pytest.mark.parametrize("row", [*EXPOSURES.values(), UNKNOWN_CHANNEL])
def test_how_long_a_draft_is_kept_is_said_before_it_begins(row: object) -> None:
    """In every language, on every channel, in hours."""
    key = row.taking_back  # type: ignore[attr-defined]
    assert "draft_hours" in CATALOG.placeholders(key)
    assert all("24" in CATALOG.text(each, Text(key, {"draft_hours": "24"})) for each in ("ja", "en"))


def test_how_somebody_goes_through_the_questions_is_nothing_begun() -> None:
    """To have read who can see what is not to have written anything."""
    assert not is_begun(MACHINE.house, Talk().taps("menu", "report").taps("exposure", "go_on").session)
    assert is_begun(MACHINE.house, drafted().session)
    assert is_begun(MACHINE.house, Session(reply="words"))
    assert is_begun(MACHINE.house, Session(answers={"of_an_old_form": "words"}))
