"""Reports through a window on Slack, in front of the whole system; the workspace is a program that others wrote."""

import json
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import NamedTuple

import aiohttp
import pytest

from bot.bootstrap import Outside
from bot.channels.slack.app import PATH
from bot.config import BotSettings
from tests.support.desk_staff import Staff, words_of
from tests.support.remains import files_below, found_in
from tests.support.slack_deliverer import Deliverer
from tests.support.slack_network import NoNetworkError, own_network
from tests.support.slack_peer import REPORTER, SECRET, TEAM, TOKEN, Peer, free_port, needs_slack_peer, workspace
from tests.support.slack_reporter import SlackReporter
from tests.support.slack_windows import Answers
from tests.support.system import QUICK, System
from tests.support.web_reporter import WebReporter

pytestmark = needs_slack_peer

STORY = "7月に同じ請求書が二度支払われました。"
REPORT: Answers = {"story": STORY, "desk": "naibu", "explanation": "no_thanks"}
PAPER = b"\0 made up, and of no kind that anybody knows"
ANSWER = "気づいたのはいつごろですか。"
REPLY = "8月の終わりです。"


class SlackSystem(System):
    """A system whose organ has a Slack app; the workspace will be found on `port`."""

    port = 0

    def bot_settings(self) -> BotSettings:
        """The bot's settings, with the app's secrets in files."""
        files = {"slack_token": TOKEN, "slack_signing_secret": SECRET}
        for name, secret in files.items():
            (self.keys / name).write_text(f"{secret}\n")
        given = {
            **{name: self.keys / name for name in files},
            "slack_api": f"http://127.0.0.1:{self.port}/api/",
            "max_file_mib": 1,
        }
        return super().bot_settings().model_copy(update=given)


class Town(NamedTuple):
    """The whole system, the workspace in front of it, and the reporter there."""

    system: System
    peer: Peer
    reporter: SlackReporter


@pytest.fixture
def _network() -> Iterator[None]:
    """A network of this test's own, since the workspace listens on every address it finds."""
    try:
        with own_network():
            yield
    except NoNetworkError as why:
        pytest.skip(f"the Slack workspace runs in a network of its own: {why}")


@pytest.fixture
async def town(_network: None, demo_organ: Path, tmp_path: Path) -> AsyncIterator[Town]:
    """A system of the test's own in a workspace of its own."""
    shutil.copytree(demo_organ, tmp_path / "organ", ignore=shutil.ignore_patterns("*.sock"))
    system = SlackSystem(tmp_path / "organ", Outside(pace=QUICK))
    system.port = free_port()
    try:
        await system.start()
        hook = system.url + PATH.removeprefix("/")
        async with workspace(tmp_path, system.port, hook) as peer, aiohttp.ClientSession() as http:
            yield Town(system, peer, SlackReporter(peer, Deliverer(http, hook, SECRET)))
    finally:
        await system.stop()


async def test_a_report_with_a_file_goes_through_a_window_and_its_answer_is_read_on_the_web(town: Town) -> None:
    """Group by group, a file from the form; the token in the window; being told is not offered where others read."""
    system, peer, me = town
    await me.open()
    await me.walk(REPORT, files=[await peer.upload("請求書.bin", PAPER, "application/octet-stream")])
    assert "請求書.bin" in me.words
    token = await me.hand_over()
    sato = Staff(system)
    (number,) = await sato.numbers()
    assert STORY in words_of(await sato.open(number))
    assert await sato.save(number, system.data.parent / "saved") == [PAPER]
    await sato.answer(number, ANSWER)
    await me.send({"saved": "saved"})
    assert me.asked == ["menu", "words"]
    assert token not in me.words
    web = await WebReporter(system.url).come_back(token)
    assert ANSWER in web.text


async def test_the_answer_is_read_and_replied_to_in_the_window(town: Town) -> None:
    """The token typed into the form opens the inbox; a reply leaves together with the file that was chosen with it."""
    system, peer, me = town
    await me.open()
    await me.walk(REPORT)
    token = await me.hand_over()
    sato = Staff(system)
    (number,) = await sato.numbers()
    await sato.answer(number, ANSWER)
    await me.send({"saved": "saved"})
    await me.send({"words": token})
    assert ANSWER in me.words
    await me.send({"inbox": "reply"})
    await me.send({"reply": REPLY}, [await peer.upload("写し.bin", PAPER, "application/octet-stream")])
    assert REPLY in words_of(await sato.open(number))
    assert await sato.save(number, system.data.parent / "saved") == [PAPER]


async def test_buttons_lose_nothing_that_was_typed(town: Town) -> None:
    """Whom to call, back, another language: the story stays where it was; cancelling asks first."""
    me = town.reporter
    await me.open()
    await me.walk(REPORT, until="story")
    await me.press("danger", {"story": STORY})
    assert "110" in me.words
    assert STORY in json.dumps(town.peer.window, ensure_ascii=False)
    await me.press("back")
    assert me.asked == ["way"]
    await me.press("language")
    await me.walk({**REPORT, "language": "en"})
    assert STORY in me.words
    await me.press("cancel")
    await me.send({"cancel": "yes"})
    assert "menu" in me.asked


async def test_words_behind_the_command_stand_in_the_first_field(town: Town) -> None:
    """They are not lost, and nothing is kept of them until the form is sent."""
    me = town.reporter
    await me.open(f"{STORY} <&>")
    assert f"{STORY} <&>" in json.dumps(town.peer.window, ensure_ascii=False)
    await me.send({"language": "ja"})
    assert me.asked == ["exposure"]
    await me.walk({**REPORT, "story": f"{STORY} <&>"})
    assert STORY in me.words


async def test_the_shortcut_leads_to_where_the_talk_stands(town: Town) -> None:
    """Closed and opened again, the window goes on with the same question."""
    me = town.reporter
    await me.open()
    await me.walk(REPORT, until="story")
    await me.shortcut()
    assert me.asked == ["story"]


async def test_files_that_cannot_be_taken_are_named_and_take_no_words_along(town: Town) -> None:
    """One is too large, one lies where the bot will not look; the words of the form are kept."""
    me = town.reporter
    await me.open()
    await me.walk(REPORT, until="files")
    large = await town.peer.upload("大.bin", bytes(2**20 + 1), "application/octet-stream")
    elsewhere = {**large, "url_private": "https://elsewhere.example/file"}
    await me.send({"evidence": "写しが金庫にあります"}, [large, elsewhere])
    assert "1 MB" in me.words
    assert "届" in me.words
    await me.walk(REPORT)
    assert "写しが金庫にあります" in me.words


async def test_what_is_typed_in_a_channel_is_answered_to_its_writer_alone_and_never_kept(town: Town) -> None:
    """One hint each, which points to the form; the next window knows nothing of it."""
    system, peer, me = town
    for text in (STORY, f"<@U0DESK> {STORY}"):
        await peer.type(text)
    whispers = await peer.whispered(2)
    assert [message["ephemeral_to"] for message in whispers] == [REPORTER] * 2
    assert all("/report" in message["text"] for message in whispers)
    await me.open()
    assert STORY not in me.words
    assert found_in(files_below(system.data), {"story": STORY}) == []


async def test_nothing_that_names_the_reporter_is_left_and_the_token_is_in_no_message(town: Town) -> None:
    """Neither on the disk nor, outside of windows, in anything that the workspace was told."""
    system, peer, me = town
    await me.open()
    await me.walk(REPORT)
    token = await me.hand_over()
    await me.send({"saved": "saved"})
    canaries = {"story": STORY, "token": token, "person": REPORTER, "place": f"{TEAM}:{REPORTER}"}
    assert found_in(files_below(system.data), canaries) == []
    assert not [message for message in await peer.messages() if token in json.dumps(message)]
    calls = {entry["summary"] for entry in await peer.calls() if entry["kind"] == "web_api"}
    assert calls <= {"views.open", "views.update"}
