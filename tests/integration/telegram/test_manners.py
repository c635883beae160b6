"""How the bot behaves: a menu in two languages, one person at a time, a sign while it works, nothing in the logs."""

import asyncio
import logging

import pytest

from bot.channels.telegram import door
from bot.channels.telegram.app import Telegram
from bot.conversation.events import Commanded, FileRef, Said
from bot.ports.talking import Happened, View
from tests.support.listening_inlet import ListeningInlet
from tests.support.system import eventually
from tests.support.telegram_faults import FaultyNetwork
from tests.support.telegram_peer import TelegramPeer, needs_telegram_peer
from tests.support.telegram_person import PROFILE, TelegramPerson

pytestmark = needs_telegram_peer


async def test_the_menu_stands_in_the_language_of_the_telephone(asking: Telegram, peer: TelegramPeer) -> None:
    """Japanese where that is what the telephone speaks, English for everyone else; in private chats only."""
    assert asking.introduced.is_set()
    menus = {menu.get("language_code", ""): menu for menu in (await peer.seen())["commands"]}
    assert set(menus) == {"ja", ""}
    assert {menu["scope"]["type"] for menu in menus.values()} == {"all_private_chats"}
    assert {"command": "report", "description": "通報する"} in menus["ja"]["commands"]
    assert {"command": "danger", "description": "I am in danger now"} in menus[""]["commands"]


async def test_a_group_is_told_once_and_left(
    asking: Telegram, inlet: ListeningInlet, peer: TelegramPeer, person: TelegramPerson
) -> None:
    """In both languages; nothing that was said there reaches the talk."""
    assert asking.introduced.is_set()
    group = {"id": -100200300, "type": "supergroup", "title": "lunch"}
    said = {"message_id": 1, "date": 1, "from": person.sender, "chat": group, "text": "a secret in a group"}
    await asyncio.gather(*(peer.bring({"message": said}) for _ in range(5)))
    await peer.until(lambda seen: seen["left"] == [-100200300])
    seen = await peer.seen()
    assert len(seen["texts"]) == 1
    assert "非公開のチャット" in seen["texts"][0]
    assert "in private" in seen["texts"][0]
    await peer.until(lambda seen: seen["waiting"] == 0)
    assert inlet.heard == []


async def test_being_added_to_a_channel_is_enough_to_leave_it(
    asking: Telegram, peer: TelegramPeer, network: FaultyNetwork
) -> None:
    """Also where nothing may be said."""
    assert asking.introduced.is_set()
    network.fail("sendMessage", "gone")
    await peer.bring({"my_chat_member": {"chat": {"id": -100900, "type": "channel"}}})
    await peer.until(lambda seen: seen["left"] == [-100900])


async def test_the_telephones_language_is_a_first_guess(
    asking: Telegram, inlet: ListeningInlet, peer: TelegramPeer
) -> None:
    """At the beginning; words tell better."""
    assert asking.introduced.is_set()
    await TelegramPerson(peer, 1, "ja").type("/start shoumu")
    await TelegramPerson(peer, 2, "de").type("/start")
    await TelegramPerson(peer, 3, "de").type("通報します")
    await eventually(lambda: len(inlet.events) == 3)
    assert inlet.languages == {"1": "ja", "2": "en"}


class SlowInlet(ListeningInlet):
    """An inlet that stores at once and then works for as long as a test wants."""

    def __init__(self) -> None:
        super().__init__()
        self.done = asyncio.Event()

    async def receive(self, channel: str, address: str, happened: Happened) -> View:
        """Take it, and work."""
        view = await super().receive(channel, address, happened)
        await self.done.wait()
        return view


class SealingInlet(ListeningInlet):
    """An inlet in which a file takes as long as a test wants."""

    def __init__(self) -> None:
        super().__init__()
        self.done = asyncio.Event()

    async def keep_file(self, channel: str, address: str, name: str, media_type: str, data: bytes) -> FileRef:
        """Take a while."""
        await self.done.wait()
        return await super().keep_file(channel, address, name, media_type, data)


async def test_work_that_takes_long_is_seen(
    bot: Telegram, peer: TelegramPeer, person: TelegramPerson, monkeypatch: pytest.MonkeyPatch, network: FaultyNetwork
) -> None:
    """Telegram has its answer long before; the person sees that somebody is writing, as long as it lasts."""
    monkeypatch.setattr(door, "TYPING_AFTER", 0.02)
    monkeypatch.setattr(door, "TYPING_LASTS", 0.02)
    network.fail("sendChatAction", "error", "reset")
    slow = SlowInlet()
    await bot.start(slow)
    await person.type("hello")
    seen = await peer.until(lambda seen: len(seen["actions"]) >= 2)
    assert set(seen["actions"]) == {"typing"}
    await peer.until(lambda seen: seen["waiting"] == 0)
    slow.done.set()
    await bot.stop()
    assert slow.events == [Said("hello")]


async def test_a_file_that_takes_long_to_seal_is_seen_to(
    bot: Telegram, peer: TelegramPeer, person: TelegramPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the moment it is fetched, not only once it is kept."""
    monkeypatch.setattr(door, "TYPING_AFTER", 0.02)
    monkeypatch.setattr(door, "TYPING_LASTS", 0.02)
    sealing = SealingInlet()
    await bot.start(sealing)
    await person.send_file("document", b"x" * 1000, file_name="book.pdf", mime_type="application/pdf")
    await peer.until(lambda seen: len(seen["actions"]) >= 2)
    assert sealing.events == []
    sealing.done.set()
    await eventually(lambda: sealing.events)
    await bot.stop()


async def test_whoever_waits_for_a_store_that_is_down_is_told_once(
    asking: Telegram, inlet: ListeningInlet, person: TelegramPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In both languages and without a sound; what they sent is taken by itself, and nothing more is said of it."""
    assert asking.introduced.is_set()
    monkeypatch.setattr(door, "PUT_OFF_AFTER", 0.0)
    inlet.fault = OSError()
    await person.type("some words")
    told = await person.reads("We cannot take anything in just now")
    assert "いま、こちらで受け取れません" in told.text
    assert told.silent
    inlet.fault = None
    await eventually(lambda: inlet.events == [Said("some words")])
    assert sum("We cannot take" in each.text for each in await person.sees()) == 1


async def test_a_store_that_is_back_at_once_is_not_spoken_of(
    asking: Telegram, inlet: ListeningInlet, person: TelegramPerson
) -> None:
    """The update comes again within a second."""
    assert asking.introduced.is_set()
    inlet.fault = OSError()
    await person.type("some words")
    inlet.fault = None
    await eventually(lambda: inlet.events == [Said("some words")])
    assert all(not each.bot for each in await person.sees())


async def test_stopping_waits_for_what_is_under_way_but_not_for_ever(
    bot: Telegram, person: TelegramPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is stored is carried out at the next start."""
    monkeypatch.setattr(door, "FAREWELL", 0.05)
    slow = SlowInlet()
    await bot.start(slow)
    await person.type("hello")
    await eventually(lambda: slow.events)
    await asyncio.wait_for(bot.stop(), 5)
    assert (slow.events, slow.done.is_set()) == ([Said("hello")], False)


async def test_the_library_says_nothing_of_what_it_carries(
    asking: Telegram,
    inlet: ListeningInlet,
    person: TelegramPerson,
    caplog: pytest.LogCaptureFixture,
    network: FaultyNetwork,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Neither words nor ids nor the bot's token, whatever fails: not even when everything is to be logged."""
    assert asking.introduced.is_set()
    caplog.set_level(logging.DEBUG)
    network.fail("getUpdates", "error", "reset")
    inlet.fault = ValueError("words that somebody typed")
    await person.type("a canary in a coal mine")
    await eventually(lambda: "update_failed" in capsys.readouterr().out)
    inlet.fault = None
    await eventually(lambda: inlet.events == [Said("a canary in a coal mine")])
    await person.type("/help")
    await eventually(lambda: isinstance(inlet.events[-1], Commanded))
    logged = caplog.text + "".join(capsys.readouterr())
    secrets = ("canary", "made-up", str(person.chat_id), str(PROFILE["first_name"]), "words that somebody typed")
    assert [secret for secret in secrets if secret in logged] == []
