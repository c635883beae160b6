"""Screens in a chat: changed in place, sent on where they broke off, taken back."""

import aiohttp
import pytest
from msgspec.structs import replace
from telegram import MessageEntity

from bot.channels.telegram import calls
from bot.channels.telegram.app import Telegram, TelegramSettings, open_telegram
from bot.channels.wording import Wording
from bot.conversation.catalog import load_catalog
from bot.conversation.effects import Ask, Option, Question, Say, ShowToken, Text
from bot.ports.channel import Channel, ChannelError, ClosedError, NotSentError, Standing, UnclearError
from bot.ports.talking import View
from tests.support.screens import TOKEN
from tests.support.telegram_faults import FaultyNetwork
from tests.support.telegram_peer import TOKEN as PEERS_TOKEN
from tests.support.telegram_peer import Shown, TelegramPeer, needs_telegram_peer
from tests.support.telegram_person import TelegramPerson, labels

pytestmark = needs_telegram_peer


@pytest.fixture
def channel(bot: Telegram) -> Channel:
    """The way out."""
    assert bot.channel is not None
    return bot.channel


class Screens:
    """What is shown to one person, screen after screen, as the talk would remember it."""

    def __init__(self, channel: Channel, person: TelegramPerson) -> None:
        self.channel = channel
        self.person = person
        self.standing = Standing()
        self.page = 0

    async def show(self, view: View) -> list[Shown]:
        """Show the next screen, and return what stands in the chat."""
        self.page += 1
        return await self.repeat(view)

    async def repeat(self, view: View) -> list[Shown]:
        """Show the same screen once more."""
        numbered = replace(view, page=self.page)
        try:
            self.standing = await self.channel.show(str(self.person.chat_id), numbered, self.standing)
        except ChannelError as error:
            self.standing = error.standing
            raise
        return await self.person.sees()

    async def hears(self, text: str) -> None:
        """The person types, and the talk takes note of the message."""
        await self.person.type(text)
        mine = [str(each.id) for each in await self.person.sees() if not each.bot]
        self.standing = replace(self.standing, traces=(*self.standing.traces, mine[-1]))


@pytest.fixture
def screens(channel: Channel, person: TelegramPerson) -> Screens:
    """One chat."""
    return Screens(channel, person)


def says(key: str) -> Say:
    """Something that the talk says."""
    return Say(Text(key))


def asks(group: str, *commands: str) -> Ask:
    """A question of the talk."""
    options = (Option("yes", words="はい"), Option("no", words="いいえ"))
    question = Question(group, "choice", Text(f"question.{group}.prompt"), options=options)
    return Ask(group, (question,), commands=commands)


def view(*items: Say | Ask | ShowToken, token: str = "") -> View:
    """A screen."""
    return View(language="ja", turn=0, items=items, token=token)


HANDED = view(
    Say(Text("handed.none", {"desk": "内部窓口"})), ShowToken(), says("token.secret"), asks("saved"), token=TOKEN
)


async def test_a_screen_takes_the_place_of_the_last_one(screens: Screens, peer: TelegramPeer) -> None:
    """As long as nothing newer stands below it: one message, not a dozen."""
    await screens.show(view(asks("cancel", "help")))
    (message,) = await screens.show(view(says("draft.already"), asks("forget", "help")))
    assert "書きかけがあります" in message.text
    assert labels(message) == ["はい", "いいえ", "使い方"]
    assert (await peer.seen())["calls"].count("sendMessage") == 1


async def test_a_screen_stands_below_what_was_typed(screens: Screens) -> None:
    """And the buttons of the last one are gone: only one screen can be answered."""
    await screens.show(view(asks("cancel")))
    await screens.hears("hello")
    first, mine, second = await screens.show(view(asks("forget")))
    assert (first.rows, mine.text) == ([], "hello")
    assert labels(second) == ["はい", "いいえ"]


async def test_news_is_heard(screens: Screens) -> None:
    """A message that is changed makes no sound, so news comes in a new one."""
    await screens.show(view(asks("forget")))
    old, news = await screens.show(view(says("answer.waiting"), asks("forget")))
    assert (old.rows, news.silent) == ([], False)


async def test_the_same_screen_once_more_sends_nothing(screens: Screens, peer: TelegramPeer) -> None:
    """Nor a change that changes nothing."""
    await screens.show(HANDED)
    sent = (await peer.seen())["calls"]
    await screens.repeat(HANDED)
    assert (await peer.seen())["calls"] == sent


async def test_only_the_last_message_of_a_screen_makes_a_sound(screens: Screens) -> None:
    """A token least of all."""
    chat = await screens.show(HANDED)
    assert [each.silent for each in chat] == [True, True, False]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("flood", NotSentError),
        ("error", NotSentError),
        ("reset", UnclearError),
        ("lost", UnclearError),
        ("gateway", UnclearError),
        ("gone", ClosedError),
    ],
)
async def test_a_screen_that_broke_off_goes_on_where_it_broke_off(
    screens: Screens, network: FaultyNetwork, fault: str, error: type[ChannelError]
) -> None:
    """What became of the message that failed is told apart; what stood before it is not sent again."""
    network.fail("sendMessage", fault, words=TOKEN)
    with pytest.raises(error) as failed:
        await screens.show(HANDED)
    assert len(failed.value.standing.traces) == 1
    arrived = fault in ("lost", "gateway")
    chat = await screens.repeat(HANDED)
    assert [TOKEN in each.text for each in chat] == [False, *[True] * (1 + arrived), False]
    assert sum("に渡しました" in each.text for each in chat) == 1


async def test_a_screen_that_became_another_is_sent_whole(screens: Screens, network: FaultyNetwork) -> None:
    """A page may grow before it is shown again; what is behind a changed beginning is not taken for known."""
    network.fail("sendMessage", "error", words=TOKEN)
    with pytest.raises(NotSentError):
        await screens.show(HANDED)
    chat = await screens.repeat(view(says("forget.held"), ShowToken(), asks("saved"), token=TOKEN))
    assert sum("まだ保存していない照会番号" in each.text for each in chat) == 1


async def test_a_short_wait_is_waited_out(screens: Screens, network: FaultyNetwork) -> None:
    """Nobody notices."""
    network.fail("sendMessage", "short_flood")
    assert len(await screens.show(view(asks("forget")))) == 1


@pytest.mark.parametrize(("fault", "error"), [("lost", NotSentError), ("error", NotSentError), ("gone", ClosedError)])
async def test_a_change_in_place_may_be_repeated(
    screens: Screens, network: FaultyNetwork, fault: str, error: type[ChannelError]
) -> None:
    """It does no harm, whether the first one arrived or not."""
    await screens.show(view(asks("cancel")))
    network.fail("editMessageText", fault)
    with pytest.raises(error):
        await screens.show(view(asks("forget")))
    (message,) = await screens.repeat(view(asks("forget")))
    assert "このチャットのことを、すべて消しますか" in message.text


async def test_a_message_that_cannot_be_changed_is_followed_by_a_new_one(screens: Screens) -> None:
    """The person deleted it, say."""
    await screens.show(view(asks("cancel")))
    (message,) = await screens.person.sees()
    address = str(screens.person.chat_id)
    await screens.channel.take_back(address, screens.standing)
    (new,) = await screens.show(view(asks("forget")))
    assert new.id != message.id


async def test_looks_that_telegram_refuses_are_left_out(
    screens: Screens, monkeypatch: pytest.MonkeyPatch, peer: TelegramPeer
) -> None:
    """The words arrive all the same."""
    monkeypatch.setattr(calls, "_entities", lambda _message: [MessageEntity("bold", 9999, 1)])
    (message,) = await screens.show(view(asks("forget")))
    assert message.entities == []
    assert (await peer.seen())["calls"].count("sendMessage") == 2


async def test_the_tokens_message_goes_once_it_is_saved(screens: Screens, network: FaultyNetwork) -> None:
    """All of them, if it was shown twice; where that fails they can still be taken back."""
    await screens.show(HANDED)
    await screens.show(HANDED)
    assert sum(TOKEN in each.text for each in await screens.person.sees()) == 2
    chat = await screens.show(view(says("token.saved"), asks("told")))
    assert sum(TOKEN in each.text for each in chat) == 0
    assert set(screens.standing.traces) == {str(each.id) for each in chat}
    await screens.show(HANDED)
    network.fail("deleteMessages", "error")
    chat = await screens.show(view(says("token.saved"), asks("told")))
    assert set(screens.standing.traces) == {str(each.id) for each in chat}


async def test_everything_is_taken_back(screens: Screens, peer: TelegramPeer) -> None:
    """Of both sides, a hundred at once; what is gone already is no fault."""
    for number in range(60):
        await screens.hears(f"word {number}")
        await screens.show(view(asks("forget")))
    assert len(screens.standing.traces) == 120
    taken = await screens.channel.take_back(str(screens.person.chat_id), screens.standing)
    assert (taken.gone, taken.left) == (120, 0)
    assert await screens.person.sees() == []
    assert (await peer.seen())["calls"].count("deleteMessages") == 2


async def test_what_is_too_old_to_be_taken_back_is_counted(screens: Screens, peer: TelegramPeer) -> None:
    """Everything else goes all the same."""
    await screens.hears("long ago")
    (old,) = await screens.person.sees()
    await peer.set("old", old.id)
    await screens.show(HANDED)
    taken = await screens.channel.take_back(str(screens.person.chat_id), screens.standing)
    assert (taken.gone, taken.left) == (3, 1)
    assert await screens.person.sees() == [old]


@pytest.mark.parametrize("fault", ["reset", "error", "gone"])
async def test_taking_back_may_be_tried_again(screens: Screens, network: FaultyNetwork, fault: str) -> None:
    """While Telegram cannot be reached nothing is said to be gone."""
    await screens.show(view(asks("forget")))
    network.fail("deleteMessages", fault)
    with pytest.raises(NotSentError):
        await screens.channel.take_back(str(screens.person.chat_id), screens.standing)
    assert (await screens.channel.take_back(str(screens.person.chat_id), screens.standing)).gone == 1


async def test_a_screen_with_nothing_on_it_is_nothing(screens: Screens) -> None:
    """Not an empty message, which Telegram would refuse."""
    assert await screens.show(view()) == []


async def test_a_telegram_that_is_not_there_is_tried_later(person: TelegramPerson, http: aiohttp.ClientSession) -> None:
    """Nobody took the connection, so nothing can have arrived."""
    settings = TelegramSettings(token=PEERS_TOKEN, api="http://127.0.0.1:1")
    nowhere = open_telegram(settings, http, Wording(load_catalog())).channel
    assert nowhere is not None
    with pytest.raises(NotSentError):
        await Screens(nowhere, person).show(HANDED)
