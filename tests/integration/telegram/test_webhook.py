"""What comes to the address that Telegram calls, from Telegram and from others."""

import asyncio
import json

import pytest

from bot.channels.telegram.app import Telegram
from bot.conversation.events import Pressed, Said, SentNothing
from tests.support.listening_inlet import ListeningInlet
from tests.support.telegram_deliverer import Deliverer
from tests.support.telegram_peer import SECRET, Shown, TelegramPeer, needs_telegram_peer
from tests.support.telegram_person import TelegramPerson

pytestmark = needs_telegram_peer

Called = tuple[Telegram, Deliverer]
BUTTON = Shown(id=5, bot=True, text="?", rows=[[{"text": "go", "callback_data": "1:3:0"}]])


async def test_telegram_is_told_where_to_call_and_what_for(called: Called, peer: TelegramPeer) -> None:
    """With the secret, only for what concerns a talk, and without dropping what waits there."""
    mounted, _ = called
    (webhook,) = (await peer.seen())["webhooks"].values()
    assert webhook["url"].endswith("/hooks/telegram")
    assert webhook["secret_token"] == SECRET
    assert webhook["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert not webhook.get("drop_pending_updates")
    assert mounted.deep_link == "https://t.me/TestDeskBot?start=shoumu"


@pytest.mark.parametrize("secret", ["", "wrong", SECRET[:-1], SECRET + "x", "ひみつ"])
async def test_attack_a_call_without_the_secret_is_refused(called: Called, inlet: ListeningInlet, secret: str) -> None:
    """It is refused before anything of it is read."""
    _, deliverer = called
    body = json.dumps(deliverer.message(text="forged")).encode()
    assert await deliverer.raw(body, secret.encode().decode("latin-1")) == 403
    assert inlet.heard == []


async def test_attack_a_body_of_25_mb_is_not_read(called: Called, inlet: ListeningInlet) -> None:
    """No update is anywhere near that large."""
    _, deliverer = called
    assert await deliverer.raw(b" " * 25_000_000) == 413
    assert inlet.heard == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe\xfd", 400),
        (b'{"x":' + b"[" * 200_000, 400),
        (b"[]", 200),
        (b'{"update_id": "one"}', 200),
        (b'{"update_id": 1}', 200),
        (b'{"update_id": 1, "inline_query": {"id": "1"}}', 200),
        (b'{"update_id": 1, "message": {"message_id": "x"}}', 200),
    ],
)
async def test_what_is_no_update_stops_nobody(called: Called, inlet: ListeningInlet, body: bytes, status: int) -> None:
    """Telegram would bring the same again and again if it were refused for its shape."""
    _, deliverer = called
    assert await deliverer.raw(body) == status
    assert await deliverer.bring(deliverer.message(text="still here")) == [200]
    assert inlet.events == [Said("still here")]


async def test_half_characters_and_hidden_ones_arrive_as_they_were_typed(called: Called, inlet: ListeningInlet) -> None:
    """A lone surrogate breaks stricter readers; right-to-left marks and joiners are evidence too."""
    _, deliverer = called
    words = "half \ud83d, \u202egnp.exe, \u200d\u200b, 👩‍👩‍👧"
    assert await deliverer.raw(json.dumps(deliverer.message(text=words)).encode()) == 200
    assert inlet.events == [Said(words)]


async def test_the_same_update_while_it_is_under_way_is_taken_once(called: Called, inlet: ListeningInlet) -> None:
    """Ten at once, with a file that is fetched once."""
    _, deliverer = called
    assert await deliverer.bring(deliverer.message(text="once"), times=10) == [200] * 10
    assert inlet.events == [Said("once")]


async def test_while_nothing_can_be_stored_telegram_comes_again(
    called: Called, inlet: ListeningInlet, peer: TelegramPeer, person: TelegramPerson
) -> None:
    """503 until the store is back; then it is taken, once."""
    _, deliverer = called
    inlet.fault = OSError("disk full")
    assert await deliverer.bring(deliverer.message(text="kept for later")) == [503]
    token = next(iter((await peer.seen())["webhooks"]))
    await peer.post(f"/bot{token}/setWebhook", {"url": deliverer.url, "secret_token": SECRET})
    await person.type("I will come again")
    await peer.until(lambda seen: 503 in seen["deliveries"])
    inlet.fault = None
    await peer.until(lambda seen: 200 in seen["deliveries"])
    assert inlet.events == [Said("I will come again")]


async def test_a_tap_is_answered_in_the_response(called: Called, inlet: ListeningInlet) -> None:
    """Every one, also one that means nothing; it saves a call."""
    _, deliverer = called
    assert await deliverer.bring(deliverer.tap(BUTTON, "go"), times=2) == [200, 200]
    nonsense = Shown(id=5, bot=True, text="?", rows=[[{"text": "go", "callback_data": "not ours"}]])
    assert await deliverer.bring(deliverer.tap(nonsense, "go")) == [200]
    answers = [json.loads(answer) for answer in deliverer.answers]
    assert [answer["method"] for answer in answers] == ["answerCallbackQuery"] * 3
    assert {answer["callback_query_id"] for answer in answers} == {"tap0", "tap1"}
    assert inlet.events == [Pressed(3, 0)]


async def test_before_the_start_and_after_the_stop_telegram_comes_again(called: Called) -> None:
    """Nothing is taken that nobody would store."""
    mounted, deliverer = called
    await mounted.stop()
    assert await deliverer.bring(deliverer.message(text="too late")) == [503]


async def test_words_sent_behind_a_file_do_not_overtake_it(
    called: Called, inlet: ListeningInlet, peer: TelegramPeer
) -> None:
    """A file takes a moment to fetch; `done` behind it must not close the door on it."""
    _, deliverer = called
    await peer.hold("f", b"x" * 100_000)
    file = deliverer.message(document={"file_id": "f", "file_name": "f.pdf"})
    words = deliverer.message(text="/done")
    first = asyncio.create_task(deliverer.bring(file))
    await peer.until(lambda seen: "getFile" in seen["calls"])
    assert await deliverer.bring(words) == [200]
    assert await first == [200]
    assert [type(event).__name__ for event in inlet.events] == ["Attached", "Commanded"]


async def test_a_sticker_is_nothing_and_its_sender_is_nobody(called: Called, inlet: ListeningInlet) -> None:
    """It can be taken back all the same."""
    _, deliverer = called
    await deliverer.bring(deliverer.message(sticker={"file_id": "s"}))
    assert inlet.events == [SentNothing()]
    assert inlet.languages == {str(deliverer.chat_id): "en"}
