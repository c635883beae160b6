"""What is said to somebody who sent almost a token: never the symbols or words they sent, only where to look."""

from typing import cast

from bot.conversation.effects import Say
from bot.conversation.events import MistypedToken
from bot.conversation.heard import Heard
from bot.conversation.house import House
from bot.conversation.session import Session
from bot.conversation.walk import Turn


def say_mistyped(house: House, session: Session, heard: Heard) -> Turn:
    """Say it by what was heard, and change nothing."""
    return session, (said_of(house, session, cast("MistypedToken", heard.event)),)


def said_of(house: House, session: Session, event: MistypedToken) -> Say:
    """Give what to compare with the note: a character, all twelve words, or the one that is in no list."""
    if event.place:
        return Say(house.text(session, "token.mistyped_word", place=str(event.place)))
    return Say(house.text(session, "token.mistyped_words" if event.in_words else "token.mistyped"))
