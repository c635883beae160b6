"""Buttons of a page, read off where they stood."""

from bot.conversation.effects import Ask
from bot.conversation.events import Chose, Command, Commanded, Event, Pressed, Said
from bot.conversation.session import Session
from bot.dispatcher.aimed import meant
from bot.dispatcher.record import Record
from tests.support.screens import CHOICE, MANY
from tests.support.talk import MACHINE

PAGE = Record(session=Session(), page=7, screen=(Ask("menu", (CHOICE,), commands=("help",)),))


def read(event: Event, record: Record = PAGE) -> list[Event]:
    """What an event means on a page."""
    return list(meant(MACHINE.house, record, [event]))


def test_options_come_before_commands() -> None:
    """The order never depends on the channel."""
    assert read(Pressed(7, 0)) == [Chose("menu", "report")]
    assert read(Pressed(7, 1)) == [Commanded(Command.HELP)]


def test_the_page_just_passed_means_nothing() -> None:
    """Two taps on one button were both on their way."""
    assert read(Pressed(6, 0)) == []


def test_a_page_long_gone_or_a_button_that_is_none_is_told_as_late() -> None:
    """No option of it is taken."""
    assert read(Pressed(3, 0)) == read(Pressed(7, 9)) == [Chose("", "")]


def test_a_page_without_a_question_has_no_buttons() -> None:
    """What is pressed there comes from elsewhere."""
    assert read(Pressed(0, 0), Record(session=Session())) == [Chose("", "")]


def test_an_option_that_is_ticked_is_read_like_any_other() -> None:
    """Ticking it again takes the tick away; that is the talk's to decide."""
    page = Record(session=Session(), page=1, screen=(Ask("keep_from", (MANY,)),))
    assert read(Pressed(1, 1), page) == [Chose("keep_from", "b")]


def test_words_stay_words() -> None:
    """Only buttons are read off."""
    assert read(Said("1")) == [Said("1")]


def test_a_typed_answer_is_held_back_when_the_page_was_turned_meanwhile() -> None:
    """Its number stands for something else there; a story or a button of that very page is taken as ever."""
    turned = Record(session=Session(language="en"), page=7, screen=PAGE.screen, unasked=True)
    assert read(Said("1"), turned) == read(Commanded(Command.BACK), turned) == [Chose("", "")]
    assert read(Said("The books were altered."), turned) == [Said("The books were altered.")]
    assert read(Pressed(7, 0), turned) == [Chose("menu", "report")]
    assert read(Commanded(Command.DANGER), turned) == [Commanded(Command.DANGER)]
