"""Deeds on the reply: words and files for the desk, which stay in the session until it is known that they are there."""

from typing import cast

from msgspec.structs import replace

from bot.conversation.draft import with_reply_file
from bot.conversation.draft_deeds import storable
from bot.conversation.effects import Say, Send
from bot.conversation.events import Attached
from bot.conversation.files import said_of
from bot.conversation.heard import Heard
from bot.conversation.house import House
from bot.conversation.session import Session
from bot.conversation.walk import Turn
from bot.conversation.words import clean, join


def keep_reply_file(house: House, session: Session, heard: Heard) -> Turn:
    """Keep a file for the reply, and say so, and what was taken out of it."""
    file = storable(cast("Attached", heard.event).file)
    kept = Say(house.text(session, "kept.reply_file", name=file.name), "good")
    return with_reply_file(session, file), (kept, *said_of(house, session, file))


def keep_reply(session: Session, heard: Heard) -> Session:
    """Keep words for the desk, below those that are already there."""
    return replace(session, reply=join(session.reply, heard.words))


def fill_reply(session: Session, words: str) -> Session:
    """Take the reply as a form shows it: it replaces what stood there."""
    return replace(session, reply=clean(words) if words.strip() else "", sending=0, sending_files=0)


def send(session: Session) -> Turn:
    """Have the reply sent. It stays in the session until it is known to be committed."""
    on_its_way = replace(session, sending=len(session.reply), sending_files=len(session.reply_files))
    return on_its_way, (Send(session.handle),)


def drop_reply(session: Session) -> Session:
    """Let go of what was sent; what came meanwhile stays for the next reply."""
    left = session.reply[session.sending :].lstrip("\n")
    files = session.reply_files[session.sending_files :]
    return replace(session, reply=left, reply_files=files, sending=0, sending_files=0)


def wipe_reply(session: Session) -> Session:
    """Throw the unsent reply away, because the person said so."""
    return replace(session, reply="", reply_files=(), sending=0, sending_files=0)
