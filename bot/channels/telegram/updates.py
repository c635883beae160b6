"""Reads what a person did off an update of Telegram. Pure, and the only file that knows an update's shape.

Only the fields named here are ever read: names, telephone numbers, pictures and places of people are skipped over.
Rich text is taken as it was typed, half characters included; making it storable is the talk's work.
"""

import json

import msgspec
from msgspec import Struct, field

from bot.conversation.events import Command, Commanded, Corrected, Event, Pressed, Said, SentNothing

#: What is asked of Telegram; it keeps everything else to itself.
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")

#: Version of the data that a button carries: `version:page:at`, 64 bytes at the most.
DATA_VERSION = 1


class _Present(Struct, frozen=True):
    """It is there; nothing in it is read."""


class _Person(Struct, frozen=True):
    language_code: str = ""


class _Chat(Struct, frozen=True):
    id: int
    type: str = ""


class _File(Struct, frozen=True):
    file_id: str
    file_size: int = 0
    file_name: str = ""
    mime_type: str = ""
    width: int = 0


class _Message(Struct, frozen=True):
    message_id: int
    chat: _Chat
    sender: _Person | None = field(name="from", default=None)
    text: str = ""
    caption: str = ""
    photo: tuple[_File, ...] = ()
    animation: _File | None = None
    document: _File | None = None
    video: _File | None = None
    audio: _File | None = None
    voice: _File | None = None
    video_note: _File | None = None
    # What Telegram itself writes into a chat; nobody said anything.
    pinned_message: _Present | None = None
    message_auto_delete_timer_changed: _Present | None = None
    chat_background_set: _Present | None = None
    write_access_allowed: _Present | None = None
    forum_topic_created: _Present | None = None
    forum_topic_edited: _Present | None = None


class _Tap(Struct, frozen=True):
    id: str
    message: _Message | None = None
    data: str = ""


class _Membership(Struct, frozen=True):
    chat: _Chat


class Update(Struct, frozen=True):
    """One thing that happened, as far as it concerns us."""

    update_id: int
    message: _Message | None = None
    edited_message: _Message | None = None
    callback_query: _Tap | None = None
    my_chat_member: _Membership | None = None

    @property
    def tap(self) -> str:
        """Return the id under which a tap on a button must be answered; empty when there was none."""
        return self.callback_query.id if self.callback_query else ""


class GivenFile(Struct, frozen=True):
    """A file that lies with Telegram, to be fetched; `size` in bytes, 0 where it is not known."""

    file_id: str
    name: str
    media_type: str
    size: int


class Deed(Struct, frozen=True, kw_only=True):
    """What a person did in their private chat."""

    address: str
    event_id: str
    events: tuple[Event, ...] = ()
    file: GivenFile | None = None
    traces: tuple[str, ...] = ()
    #: Language of their telephone, where it is worth knowing: at the beginning, and where no words tell.
    language: str = ""


class Crowd(Struct, frozen=True):
    """A chat with more than one person in it, where nothing may be said or heard."""

    chat_id: int


#: Field, and name and type of a file that comes without; an animation comes as a document too, so it stands first.
_ATTACHED = (
    ("animation", "animation.mp4", "video/mp4"),
    ("document", "file", "application/octet-stream"),
    ("video", "video.mp4", "video/mp4"),
    ("audio", "audio.mp3", "audio/mpeg"),
    ("voice", "voice.ogg", "audio/ogg"),
    ("video_note", "video.mp4", "video/mp4"),
)
_SERVICE = (
    "pinned_message", "message_auto_delete_timer_changed", "chat_background_set", "write_access_allowed",
    "forum_topic_created", "forum_topic_edited",
)  # fmt: skip
_PRIVATE = "private"
_COMMANDS = frozenset(Command)
#: Digits of the largest number that a button carries.
_DIGITS = 9
_read = msgspec.json.Decoder(Update).decode


def read_update(body: bytes) -> Update | None:
    """Return the update in a request; None for one of another shape than ours. Raises `ValueError` for no JSON."""
    try:
        return _read(body)
    except msgspec.ValidationError:
        return None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _mended(body)


def converted(value: object) -> Update | None:
    """Return the update that a parsed JSON value is; None for one of another shape than ours."""
    try:
        return msgspec.convert(value, Update)
    except msgspec.ValidationError:
        return None


def deed_of(update: Update) -> Deed | Crowd | None:
    """Return what a person did; None where nobody did anything that concerns the talk."""
    if update.my_chat_member:
        return _crowd(update.my_chat_member.chat)
    if update.callback_query:
        return _tapped(update.update_id, update.callback_query)
    message = update.message or update.edited_message
    if message is None or message.chat.type != _PRIVATE:
        return _crowd(message.chat) if message else None
    return _wrote(update.update_id, message) if update.message else _corrected(update.update_id, message)


def _mended(body: bytes) -> Update | None:
    """Read what a stricter reader refuses: half characters, and bytes that are no text."""
    try:
        return converted(json.loads(body.decode("utf-8", "replace")))
    except RecursionError:
        raise ValueError("too deep") from None


def _crowd(chat: _Chat) -> Crowd | None:
    return None if chat.type == _PRIVATE else Crowd(chat.id)


def _tapped(update_id: int, tap: _Tap) -> Deed | Crowd | None:
    if tap.message is None:
        return None
    pressed = _pressed(tap.data)
    if pressed is None or tap.message.chat.type != _PRIVATE:
        return _crowd(tap.message.chat)
    return Deed(address=str(tap.message.chat.id), event_id=str(update_id), events=(pressed,))


def _pressed(data: str) -> Pressed | None:
    parts = data.split(":")
    if not all(part.isascii() and part.isdecimal() and len(part) <= _DIGITS for part in parts):
        return None
    match [int(part) for part in parts]:
        case [version, page, at] if version == DATA_VERSION:
            return Pressed(page, at)
    return None


def _wrote(update_id: int, message: _Message) -> Deed | None:
    file = _file(message)
    words = message.text or message.caption
    said = _heard(words) if words.strip() else None if file else SentNothing()
    if isinstance(said, SentNothing) and any(getattr(message, name) for name in _SERVICE):
        return None
    return Deed(
        address=str(message.chat.id),
        event_id=str(update_id),
        events=(said,) if said else (),
        file=file,
        traces=(str(message.message_id),),
        language="" if isinstance(said, Said) else _language(message.sender),
    )


def _corrected(update_id: int, message: _Message) -> Deed | None:
    """Take changed words as such: the talk keeps both, and nothing is lost. A place that moved on is not looked at."""
    words = message.text or message.caption
    if not words.strip():
        return None
    return Deed(address=str(message.chat.id), event_id=str(update_id), events=(Corrected(words),))


def _heard(words: str) -> Event:
    """Read `/command`, `/command@bot` and `/start organ`, as a deep link sends it; all else is what was said."""
    first, _, rest = words.partition(" ")
    name = first.partition("@")[0].removeprefix("/").lower()
    if first.startswith("/") and name in _COMMANDS and (not rest or name == Command.START):
        return Commanded(Command(name))
    return Said(words)


def _file(message: _Message) -> GivenFile | None:
    if message.photo:
        largest = max(message.photo, key=lambda photo: photo.width)
        return GivenFile(largest.file_id, "photo.jpg", "image/jpeg", largest.file_size)
    for name, default, media_type in _ATTACHED:
        file: _File | None = getattr(message, name)
        if file:
            return GivenFile(file.file_id, file.file_name or default, file.mime_type or media_type, file.file_size)
    return None


def _language(person: _Person | None) -> str:
    if person is None or not person.language_code:
        return ""
    return "ja" if person.language_code.lower().partition("-")[0] == "ja" else "en"
