"""Files that people send: fetched once, into memory, and told about where they cannot be had."""

import pytest

from bot.channels.telegram import files
from bot.channels.telegram.app import Telegram
from bot.conversation.events import Attached, AttachFailed, Said
from tests.support.listening_inlet import ListeningInlet
from tests.support.system import eventually
from tests.support.telegram_faults import FaultyNetwork
from tests.support.telegram_peer import TelegramPeer, needs_telegram_peer
from tests.support.telegram_person import TelegramPerson

pytestmark = [needs_telegram_peer, pytest.mark.usefixtures("asking")]

MIB = 2**20
TOO_LARGE = AttachFailed("too_large", 20)


async def test_every_kind_of_file_arrives_with_its_words(
    inlet: ListeningInlet, person: TelegramPerson, asking: Telegram
) -> None:
    """The largest of a photo's sizes, byte by byte; a name where the sender gave one."""
    assert asking.introduced.is_set()
    await person.send_file("photo", b"p" * 5000, caption="The receipt.")
    await person.send_file("document", b"%PDF", file_name="帳簿.pdf", mime_type="application/pdf")
    await person.send_file("voice", b"OggS")
    await eventually(lambda: len(inlet.files) == 3)
    assert inlet.files == [
        ("photo.jpg", "image/jpeg", b"p" * 5000),
        ("帳簿.pdf", "application/pdf", b"%PDF"),
        ("voice.ogg", "audio/ogg", b"OggS"),
    ]
    await eventually(lambda: len(inlet.events) == 4)
    assert inlet.events[0] == Said("The receipt.")
    assert [type(event) for event in inlet.events[1:]] == [Attached] * 3


async def test_a_file_that_says_it_is_too_large_is_not_fetched(
    inlet: ListeningInlet, person: TelegramPerson, peer: TelegramPeer
) -> None:
    """20 MB is what a bot may fetch; the words beside it are kept."""
    await person.send_file("video", b"", size=20 * MIB + 1, caption="Look.")
    await eventually(lambda: len(inlet.events) == 2)
    assert inlet.events == [Said("Look."), TOO_LARGE]
    assert "getFile" not in (await peer.seen())["calls"]


async def test_a_file_that_lies_about_its_size_is_found_out(inlet: ListeningInlet, person: TelegramPerson) -> None:
    """Telegram refuses it, or it is dropped as soon as it is too large."""
    await person.send_file("document", b"x" * (20 * MIB + 1), size=5)
    await eventually(lambda: inlet.events == [TOO_LARGE])
    assert inlet.files == []


async def test_a_file_of_just_the_limit_is_taken(inlet: ListeningInlet, person: TelegramPerson) -> None:
    """Not a byte less than promised."""
    await person.send_file("document", b"x" * (20 * MIB))
    await eventually(lambda: len(inlet.events) == 1)
    assert isinstance(inlet.events[0], Attached)


async def test_a_file_is_fetched_again_when_the_network_fails(
    inlet: ListeningInlet, person: TelegramPerson, network: FaultyNetwork
) -> None:
    """Once; after that the person is asked to send it again."""
    network.fail("getFile", "reset")
    await person.send_file("document", b"here")
    await eventually(lambda: len(inlet.files) == 1)
    network.fail("getFile", "reset", "error")
    await person.send_file("document", b"gone")
    await eventually(lambda: len(inlet.events) == 2)
    assert inlet.events[1] == AttachFailed("failed")


async def test_a_file_that_telegram_does_not_know_is_told(inlet: ListeningInlet, person: TelegramPerson) -> None:
    """Nothing to try again."""
    await person.send(document={"file_id": "never sent", "file_size": 1})
    await eventually(lambda: inlet.events == [AttachFailed("failed")])


async def test_a_file_that_cannot_be_stored_comes_again(
    inlet: ListeningInlet, person: TelegramPerson, peer: TelegramPeer
) -> None:
    """As with words: Telegram keeps it until it is."""
    inlet.fault = OSError("disk full")
    await person.send_file("document", b"kept")
    await peer.until(lambda seen: seen["calls"].count("getFile") >= 2)
    inlet.fault = None
    await eventually(lambda: len(inlet.events) == 1)
    assert len(inlet.files) == 1


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "PAUSE", 0.01)
    monkeypatch.setattr("bot.channels.telegram.polling.AGAIN", 0.02)
