"""Saying how long a draft is still kept, in hours: what a step cannot know, the event or the session tells it."""

from typing import cast

from bot.conversation.drafts_ending import is_begun
from bot.conversation.effects import Say
from bot.conversation.events import DraftEnding
from bot.conversation.heard import Heard
from bot.conversation.house import House
from bot.conversation.session import Session
from bot.conversation.walk import Turn


def say_ending(house: House, session: Session, heard: Heard) -> Turn:
    """Say that what was begun here ends soon, and not a word of what it is."""
    return session, _in_hours(house, session, "ending.soon", cast("DraftEnding", heard.event).hours, "warning")


def say_left(house: House, session: Session) -> tuple[Say, ...]:
    """Say how long the draft is still kept; nothing where there is none, or nobody has looked at the clock."""
    if not session.hours_left or not is_begun(house, session):
        return ()
    return _in_hours(house, session, "ending.left", session.hours_left, "plain")


def _in_hours(house: House, session: Session, key: str, hours: int, tone: str) -> tuple[Say, ...]:
    text = house.text(session, key, hours=str(hours)) if hours > 1 else house.text(session, f"{key}_hour")
    return (Say(text, tone),)
