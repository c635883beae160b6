"""What the bot reads off an update, and what it does not."""

import json

import pytest

from bot.channels.telegram.updates import Crowd, Deed, GivenFile, Update, deed_of, read_update
from bot.conversation.events import Command, Commanded, Corrected, Event, Pressed, Said, SentNothing

PERSON = {"id": 7, "first_name": "Hanako", "username": "hanako", "language_code": "ja-JP"}
CHAT = {"id": 7, "type": "private", "first_name": "Hanako"}


def update(**content: object) -> Update:
    """An update with this content."""
    found = read_update(json.dumps({"update_id": 5, **content}).encode())
    assert found is not None
    return found


def message(**content: object) -> Deed | Crowd | None:
    """What a message of this content comes to."""
    return deed_of(update(message={"message_id": 3, "date": 1, "from": PERSON, "chat": CHAT, **content}))


def did(**content: object) -> Deed:
    """What somebody did in their private chat."""
    found = message(**content)
    assert isinstance(found, Deed)
    return found


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("I saw it.", Said("I saw it.")),
        ("/start", Commanded(Command.START)),
        ("/start shoumu", Commanded(Command.START)),
        ("/back@TestDeskBot", Commanded(Command.BACK)),
        ("/TOKEN", Commanded(Command.COME_BACK)),
        ("/skip the boring part", Said("/skip the boring part")),
        ("/unknown", Said("/unknown")),
        ("/", Said("/")),
        ("\u202egnp.exe\u200d👩‍👩‍👧", Said("\u202egnp.exe\u200d👩‍👩‍👧")),
        ("half \ud83d", Said("half \ud83d")),
        (" \n ", SentNothing()),
    ],
)
def test_words_are_taken_as_they_were_typed(text: str, event: Event) -> None:
    """Known commands are commands, with the bot's name or a deep link's organ; everything else is words."""
    assert did(text=text).events == (event,)


def test_rich_text_changes_nothing() -> None:
    """Bold, links and mentions are the sender's looks; evidence keeps its letters."""
    assert did(text="a *b*", entities=[{"type": "bold", "offset": 0, "length": 1}]).events == (Said("a *b*"),)


def test_an_update_is_known_by_its_number_and_a_message_by_its_own() -> None:
    """The number tells a repeat; the message's id allows to take it back."""
    deed = did(text="x")
    assert (deed.address, deed.event_id, deed.traces) == ("7", "5", ("3",))


@pytest.mark.parametrize(
    ("content", "file"),
    [
        (
            {"photo": [{"file_id": "s", "width": 90}, {"file_id": "l", "width": 1280, "file_size": 9}]},
            GivenFile("l", "photo.jpg", "image/jpeg", 9),
        ),
        (
            {"document": {"file_id": "d", "file_name": "帳簿.pdf", "mime_type": "application/pdf", "file_size": 4}},
            GivenFile("d", "帳簿.pdf", "application/pdf", 4),
        ),
        ({"voice": {"file_id": "v", "duration": 3}}, GivenFile("v", "voice.ogg", "audio/ogg", 0)),
        ({"video": {"file_id": "v"}}, GivenFile("v", "video.mp4", "video/mp4", 0)),
        ({"video_note": {"file_id": "n"}}, GivenFile("n", "video.mp4", "video/mp4", 0)),
        ({"audio": {"file_id": "a", "performer": "Hanako"}}, GivenFile("a", "audio.mp3", "audio/mpeg", 0)),
        (
            {"animation": {"file_id": "g"}, "document": {"file_id": "g"}},
            GivenFile("g", "animation.mp4", "video/mp4", 0),
        ),
        ({"document": {"file_id": "d"}}, GivenFile("d", "file", "application/octet-stream", 0)),
    ],
)
def test_every_kind_of_file_is_one(content: dict[str, object], file: GivenFile) -> None:
    """Of a photo the largest size; a file without a name gets one that says what it is."""
    deed = did(**content)
    assert (deed.file, deed.events) == (file, ())


def test_words_below_a_photo_are_words() -> None:
    """They come before the file, since they may begin the report."""
    deed = did(photo=[{"file_id": "p"}], caption="The receipt.")
    assert deed.events == (Said("The receipt."),)
    assert deed.file is not None


@pytest.mark.parametrize(
    "content",
    [
        {"sticker": {"file_id": "s"}},
        {"location": {"latitude": 35.6, "longitude": 139.7}},
        {"contact": {"phone_number": "+8190", "first_name": "Hanako"}},
        {"dice": {"value": 6}},
        {"poll": {"question": "?"}},
        {"something_new": {}},
        {},
    ],
)
def test_what_cannot_be_kept_is_nothing(content: dict[str, object]) -> None:
    """A sticker, a place, a number: the person is told; nothing of it is in the event."""
    assert did(**content).events == (SentNothing(),)


@pytest.mark.parametrize("content", [{"pinned_message": {"message_id": 1}}, {"message_auto_delete_timer_changed": {}}])
def test_what_telegram_writes_into_a_chat_is_nobodys_word(content: dict[str, object]) -> None:
    """A timer that somebody sets to protect themselves is not answered."""
    assert message(**content) is None


@pytest.mark.parametrize(
    ("data", "pressed"),
    [
        ("1:12:0", Pressed(12, 0)),
        ("2:12:0", None),
        ("1:12", None),
        ("1:12:-1", None),
        ("1:１２:0", None),
        ("1:9999999999:0", None),
        ("", None),
        ("a:b:c", None),
    ],
)
def test_a_button_names_its_page_and_its_place(data: str, pressed: Pressed | None) -> None:
    """Anything else on a button is answered and means nothing."""
    found = update(
        callback_query={"id": "77", "from": PERSON, "message": {"message_id": 3, "chat": CHAT}, "data": data}
    )
    deed = deed_of(found)
    assert found.tap == "77"
    assert (deed.events if isinstance(deed, Deed) else None) == ((pressed,) if pressed else None)


def test_a_tap_in_a_message_that_is_gone_is_only_answered() -> None:
    """There is no chat to answer in."""
    assert deed_of(update(callback_query={"id": "77", "from": PERSON, "data": "1:1:1"})) is None


def test_changed_words_are_told_from_new_ones() -> None:
    """The talk keeps both; a place that moved on is not looked at, and not answered."""
    changed = {"message_id": 3, "chat": CHAT, "from": PERSON}
    deed = deed_of(update(edited_message={**changed, "text": "In June."}))
    assert isinstance(deed, Deed)
    assert (deed.events, deed.traces) == ((Corrected("In June."),), ())
    assert deed_of(update(edited_message={**changed, "location": {}})) is None


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
def test_a_chat_with_more_than_one_person_is_a_crowd(kind: str) -> None:
    """Whatever is said there, and when the bot is added."""
    chat = {"id": -100, "type": kind}
    said = {"message_id": 3, "chat": chat, "from": PERSON, "text": "hello"}
    tapped = {"id": "1", "message": said, "data": "1:1:1"}
    for content in ({"message": said}, {"my_chat_member": {"chat": chat}}, {"callback_query": tapped}):
        assert deed_of(update(**content)) == Crowd(-100)


@pytest.mark.parametrize("content", [{"my_chat_member": {"chat": CHAT}}, {"chosen_inline_result": {}}, {}])
def test_what_concerns_nobody_is_nothing(content: dict[str, object]) -> None:
    """Being blocked is told by the next message that does not arrive."""
    assert deed_of(update(**content)) is None


@pytest.mark.parametrize(
    ("content", "language"),
    [
        ({"text": "/start"}, "ja"),
        ({"sticker": {}}, "ja"),
        ({"text": "hello"}, ""),
        ({"photo": [{"file_id": "p"}]}, "ja"),
    ],
)
def test_the_telephones_language_counts_where_no_words_tell(content: dict[str, object], language: str) -> None:
    """Whoever types tells by what they type."""
    assert did(**content).language == language


@pytest.mark.parametrize(("code", "language"), [("ja", "ja"), ("en-GB", "en"), ("pt", "en"), ("", "")])
def test_a_telephone_in_another_language_gets_english(code: str, language: str) -> None:
    """Until they choose."""
    assert did(text="/start", **{"from": {"language_code": code}}).language == language


@pytest.mark.parametrize(
    "body",
    [b'{"update_id": "five"}', b"[]", b'{"update_id": 5, "message": {"text": 5}}', b'{"update_id": 5, "message": []}'],
)
def test_an_update_of_another_shape_is_told_from_one(body: bytes) -> None:
    """It is passed over, and stops nobody."""
    assert read_update(body) is None


@pytest.mark.parametrize("body", [b"", b"{", b"not JSON", b"\xff\xfe", b'{"x":' + b"[" * 100_000])
def test_what_is_no_json_is_refused(body: bytes) -> None:
    """Whatever is wrong with it."""
    with pytest.raises(ValueError):  # noqa: PT011 - any kind of it
        read_update(body)


def test_names_are_not_read() -> None:
    """Nothing that Telegram tells of a person is anywhere in what is made of an update."""
    everything = repr(update(message={"message_id": 3, "from": PERSON, "chat": CHAT, "text": "x", "contact": PERSON}))
    assert "anako" not in everything
