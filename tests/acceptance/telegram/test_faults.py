"""Updates come twice, together and out of order; answers get lost: one report, nothing lost, no token sent twice."""

import asyncio
import random
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.channels.telegram import polling
from bot.dispatcher import showing
from tests.support.desk_staff import Staff, words_of
from tests.support.telegram_deliverer import Deliverer
from tests.support.telegram_peer import Shown, needs_telegram_peer
from tests.support.telegram_person import TelegramPerson, labels
from tests.support.telegram_report import STORY, reported, to_the_summary, token_shown, tokens_in
from tests.support.telegram_system import TelegramSystem

pytestmark = needs_telegram_peer

#: What is tapped to get from the story to the token, over and over where there is nothing else.
WAY = ("Hand it over", "I have saved it", "No need", "Skip")


@pytest.fixture
async def deliverer(desk: TelegramSystem) -> AsyncIterator[Deliverer]:
    """Somebody who plays Telegram, at a bot that is called by it."""
    await desk.be_called()
    async with aiohttp.ClientSession() as http:
        yield Deliverer(desk.hook, http)


def offered(message: Shown) -> str:
    """The button to tap next."""
    return next((label for label in WAY if any(label in each for each in labels(message))), "")


async def test_ten_times_in_parallel_makes_one_report(desk: TelegramSystem, deliverer: Deliverer) -> None:
    """Every update of a whole report comes ten times at once; later all again, shuffled, at a bot started anew."""
    assert set(await deliverer.bring(deliverer.message(text=STORY), times=10)) == {200}
    for _ in range(30):
        screen = (await desk.peer.chat(deliverer.chat_id))[-1]
        if "Thank you for speaking up" in screen.text:
            break
        assert set(await deliverer.bring(deliverer.tap(screen, offered(screen)), times=10)) == {200}
        await desk.peer.until(lambda seen: seen["waiting"] == 0)
    tokens = tokens_in((await desk.peer.seen())["texts"])
    assert len(tokens) == 1
    staff = Staff(desk)
    (number,) = await staff.numbers()
    assert words_of(await staff.open(number)).count(STORY) == 1

    await desk.stop_bot()
    await desk.start_bot()
    deliverer.url = desk.hook
    again = [update for update in deliverer.made for _ in range(2)]
    random.Random(7).shuffle(again)  # noqa: S311 - any other order will do
    assert {status for update in again for status in await deliverer.bring(update)} == {200}
    assert len(await staff.numbers()) == 1
    assert tokens_in((await desk.peer.seen())["texts"]) == tokens


@pytest.mark.parametrize("fault", ["lost", "gateway", "reset"])
async def test_a_token_whose_sending_is_unclear_is_not_sent_again(
    desk: TelegramSystem, person: TelegramPerson, fault: str
) -> None:
    """The person is asked instead, and sees it again when they say so."""
    await to_the_summary(person)
    desk.network.fail("sendMessage", fault, words="spoiler")
    await person.tap("Hand it over")
    await person.reads("Your token may already be on your screen")
    assert len(await token_shown(person)) == (0 if fault == "reset" else 1)
    assert len(tokens_in((await desk.peer.seen())["texts"])) <= 1
    await person.tap("Show it again")
    shown = await person.until(lambda chat: bool(tokens_in([each.text for each in chat[-3:]])), "the token")
    assert len(set(tokens_in([each.text for each in shown]))) == 1


async def test_a_token_that_telegram_does_not_take_yet_comes_later_once(
    desk: TelegramSystem, person: TelegramPerson
) -> None:
    """Asked to wait, the bot waits, and goes on where it broke off."""
    await to_the_summary(person)
    desk.network.fail("sendMessage", "flood", words="spoiler")
    await person.tap("Hand it over")
    assert len(await token_shown(person)) == 1
    texts = (await desk.peer.seen())["texts"]
    assert len(tokens_in(texts)) == 1
    assert sum("Handed over to" in text for text in texts) == 1


async def test_nothing_is_lost_in_a_network_that_fails_all_the_time(
    desk: TelegramSystem, person: TelegramPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Screens that were not shown are shown later; the report arrives whole."""
    monkeypatch.setattr(showing, "AGAIN", 0.05)
    monkeypatch.setattr(polling, "AGAIN", 0.05)
    desk.network.fail("sendMessage", "lost", "reset", "short_flood", "slow", "gateway", words="go on here?")
    desk.network.fail("editMessageText", "reset", "lost", "short_flood")
    desk.network.fail("answerCallbackQuery", "reset", "flood")
    desk.network.fail("editMessageReplyMarkup", "lost", "error")
    desk.network.fail("getUpdates", "lost", "error", "short_flood")
    await reported(person)
    assert len(desk.network.happened) >= 8
    (number,) = await Staff(desk).numbers()
    assert STORY in words_of(await Staff(desk).open(number))


async def test_whoever_blocks_the_bot_and_comes_back_finds_their_draft(
    desk: TelegramSystem, person: TelegramPerson
) -> None:
    """Nothing is shown meanwhile, and nothing is forgotten."""
    await person.type(STORY)
    await person.reads("go on here?")
    await desk.peer.set("block", person.chat_id)
    await person.type("/skip")
    await desk.peer.until(lambda seen: seen["calls"].count("sendMessage") >= 2)
    await desk.peer.set("unblock", person.chat_id)
    await person.type("/status")
    assert "draft" in (await person.reads("You are writing a draft")).text


async def test_an_album_makes_one_question_not_many(desk: TelegramSystem, person: TelegramPerson) -> None:
    """Every photo of it is kept; the question stays where it is and says so."""
    await person.type(STORY)
    await person.tap("Go on here")
    await person.type("/done")
    await person.reads("Shall we hand this over")
    before = len(await person.sees())
    photos = (person.send_file("photo", b"not really a picture", media_group_id="album") for _ in range(3))
    await asyncio.gather(*photos)
    chat = await person.until(lambda chat: chat[-1].text.count("photo.jpg (") == 3, "all of them")
    assert len(chat) == before + 3 + 1
    assert (await desk.peer.seen())["calls"].count("getFile") == 3
