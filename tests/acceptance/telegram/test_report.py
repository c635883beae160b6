"""A report with a photo through Telegram: token, answer announced, read on the web, follow-up, forgotten."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.support.desk_staff import Staff, replies_of, words_of
from tests.support.remains import Witness, files_below, found_in, opened_by_the_bots_key
from tests.support.telegram_peer import needs_telegram_peer
from tests.support.telegram_person import PROFILE, TelegramPerson, labels
from tests.support.telegram_report import STORY, reported, to_the_summary, token_shown
from tests.support.telegram_system import TelegramSystem
from tests.support.web_reporter import WebReporter

pytestmark = needs_telegram_peer

ARTIST = "Exifcanary Sagawa"
ANSWER = "When did you first notice?"
REPLY = "In July, when the second invoice came."


def photo() -> bytes:
    """A photo that tells who took it."""
    exif = Image.Exif()
    exif[0x013B] = ARTIST
    file = BytesIO()
    Image.new("RGB", (64, 48), "grey").save(file, "JPEG", exif=exif)
    return file.getvalue()


async def test_a_report_with_a_photo_goes_all_the_way(
    desk: TelegramSystem, person: TelegramPerson, witness: Witness, tmp_path: Path
) -> None:
    """Token, answer announced without content, read on the web page, a follow-up, forgotten: nothing links them."""
    token = await reported(person, (photo(),), told=True)
    assert [each for each in await person.sees() if token in each.text] == []
    staff = Staff(desk)
    (number,) = await staff.numbers()
    assert STORY in words_of(await staff.open(number))
    (saved,) = await staff.save(number, tmp_path / "saved")
    assert ARTIST.encode() not in saved

    await staff.answer(number, ANSWER)
    news = await person.reads("There is something new to read")
    assert ANSWER not in "".join(each.text for each in await person.sees())
    assert not news.silent

    web = WebReporter(desk.url)
    assert ANSWER in (await web.come_back(token)).text

    await person.type(token)
    letters = await person.reads(ANSWER)
    assert letters.protected
    await person.type(REPLY)
    await person.tap("Send")
    await person.reads("Sent to the desk")
    assert replies_of(await staff.open(number)) == [REPLY]

    await person.tap("Delete everything about")
    await person.reads("Delete everything about this chat?")
    await person.tap("Delete everything")
    chat = await person.until(lambda chat: len(chat) == 1, "an empty chat with a farewell")
    assert "deleted" in chat[0].text
    assert not labels(chat[0])
    kept = opened_by_the_bots_key(desk.data, desk.keys)
    everything = {**files_below(desk.data), **kept}
    assert found_in(everything, {"chat": str(person.chat_id), "token": token, "story": STORY}) == []
    assert witness.still_there(desk.data, desk.keys, str(person.chat_id)) == 0


async def test_nothing_that_telegram_tells_of_a_person_is_found_in_anything_that_is_left(
    desk: TelegramSystem, person: TelegramPerson, witness: Witness
) -> None:
    """Ids, names, numbers, places, and what a photo tells of whoever took it: while they still wait for an answer."""
    await person.send(location={"latitude": 35.6789012, "longitude": 139.7654321})
    await person.send(contact={"phone_number": "+819012345678", "first_name": "Contactcanary"})
    token = await reported(person, (photo(),), told=True)
    canaries = {
        "chat": str(person.chat_id),
        **{name: value for name, value in PROFILE.items() if isinstance(value, str)},
        "place": "35.6789012",
        "number": "819012345678",
        "contact": "Contactcanary",
        "artist": ARTIST,
        "file": "photo.jpg",
        "story": STORY,
        "token": token,
        "bot's token": (desk.keys / "telegram_token").read_text(),
    }
    assert found_in(files_below(desk.data), canaries) == []
    # The return address of somebody who waits for an answer is sealed; nothing else of it was ever stored.
    opened = opened_by_the_bots_key(desk.data, desk.keys)
    assert set(found_in(opened, canaries)) <= {f"chat in {place}" for place in opened}
    never = ("first_name", "last_name", "username", "place", "number", "contact", "artist")
    assert [name for name in never if witness.ever_held(desk.keys, canaries[name])] == []


async def test_the_token_stands_alone_hidden_and_can_be_copied(desk: TelegramSystem, person: TelegramPerson) -> None:
    """Its message holds its two spellings, covered and protected, and goes as soon as the token is said to be saved."""
    await to_the_summary(person)
    await person.tap("Hand it over")
    (token,) = await token_shown(person)
    (shown,) = [each for each in await person.sees() if token in each.text]
    assert shown.text.startswith(token)
    words = shown.text.splitlines()[-1]
    assert len(words.split()) == 12
    assert shown.protected
    assert [entity["type"] for entity in shown.entities] == ["spoiler", "spoiler"]
    copies = [button["copy_text"]["text"] for row in shown.rows for button in row if "copy_text" in button]
    assert copies == [token, words]
    await person.tap("I have saved it")
    await person.reads("Shall we tell you here")
    await person.until(lambda chat: not any(token in each.text for each in chat), "the token gone")
    assert (await desk.peer.seen())["answered"]
