"""Tells what was meant for the very screen before a person from what means the same on any.

A number, an option or `back` is aimed: on a screen that came meanwhile the same number stands for something else, and
could throw away a token nobody has seen. Words, files, tokens and calls for help are not aimed and are never held back.
"""

from collections.abc import Iterable, Iterator

from bot.conversation.buttons import buttons_of
from bot.conversation.events import Chose, Command, Commanded, Event, Pressed, Said
from bot.conversation.heard import hear_words
from bot.conversation.house import House
from bot.conversation.rows import On
from bot.conversation.screens import open_question
from bot.conversation.session import Session
from bot.dispatcher.record import Record

#: Commands that lead on from one screen.
_ON_THIS_SCREEN = frozenset((Command.BACK, Command.SKIP, Command.DONE, Command.CANCEL, Command.REWRITE))
#: An option of a question that is asked nowhere.
_LATE = Chose("", "")
_TYPED = frozenset(On(f"/{command}") for command in _ON_THIS_SCREEN)


def meant(house: House, record: Record, events: Iterable[Event]) -> Iterator[Event]:
    """Give what happened, with buttons read off the page they stood on.

    A second tap on a button that has just been taken means nothing: both were on their way at once. One on a page that
    passed long ago is told so, and so is a typed answer when another page came meanwhile: its number may mean there
    that a token is saved which nobody has seen.
    """
    for event in events:
        if not isinstance(event, Pressed):
            yield _LATE if record.unasked and aimed(house, record.session, event) else event
        elif event.page == record.page:
            buttons = buttons_of(record.screen)
            yield buttons[event.at].means if event.at < len(buttons) else _LATE
        elif event.page != record.page - 1:
            yield _LATE


def aimed(house: House, session: Session, event: Event) -> bool:
    """Whether an event was meant for the screen of this session and no other."""
    match event:
        case Chose():
            return True
        case Commanded(command):
            return command in _ON_THIS_SCREEN
        case Said(text):
            heard = hear_words(house, text, open_question(house, session)[1], event)
            return bool(heard.option) or heard.on in _TYPED
    return False
