"""The endpoint on the Unix socket: what it takes, and that nothing it is sent breaks it."""

import base64
import json
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from msgspec import Struct
from msgspec.structs import replace

from bot.channels import terminal
from bot.channels.wording import Wording
from bot.conversation.catalog import Catalog
from bot.conversation.effects import Ask, Say
from bot.conversation.events import Attached, AttachFailed, Command, Commanded, Said, SentNothing
from tests.support.listening_inlet import ListeningInlet
from tests.support.screens import CHOICE, says, view
from tests.support.served import SystemChance, on_socket


class Wire(Struct):
    """The socket with a client that posts to it."""

    http: aiohttp.ClientSession
    inlet: ListeningInlet

    async def post(self, body: bytes) -> tuple[int, Any]:
        """Send bytes; gives the status, and the JSON where there is some."""
        async with self.http.post("http://bot/talk", data=BytesIO(body)) as response:
            return response.status, await response.json() if response.status == 200 else None

    async def say(self, **fields: object) -> Any:  # noqa: ANN401 - whatever the JSON holds
        """Send a request that must be taken."""
        status, answer = await self.post(json.dumps(fields).encode())
        assert status == 200
        return answer


@pytest.fixture
async def wire(tmp_path: Path) -> AsyncIterator[Wire]:
    """The endpoint in front of an inlet that takes everything down."""
    inlet = ListeningInlet()
    inlet.screen = view(Say(says("こんにちは")), Ask("menu", (CHOICE,)))
    wording = Wording(Catalog({"ja": 'says = "{words}"', "en": 'says = "{words}"'}))
    app = terminal.routes(inlet, wording, SystemChance(), 1)
    async with (
        on_socket(app, tmp_path / "talk.sock") as path,
        aiohttp.ClientSession(connector=aiohttp.UnixConnector(str(path))) as http,
    ):
        yield Wire(http, inlet)


async def test_a_new_talk_gets_a_name_that_is_used_from_then_on(wire: Wire) -> None:
    """The bot throws the dice; the client only repeats the name."""
    first = await wire.say()
    assert first["text"][0] == "こんにちは"
    assert not first["waiting"]
    assert not first["done"]
    await wire.say(address=first["address"], event_id="1", text="見ました")
    assert wire.inlet.heard == [("terminal", first["address"], Said("見ました"))]
    assert (await wire.say())["address"] != first["address"]


async def test_a_fresh_talk_is_greeted(wire: Wire) -> None:
    """Looking at a talk that has no screen begins it."""
    wire.inlet.screen = view()
    answer = await wire.say()
    assert wire.inlet.events == [Commanded(Command.START)]
    assert answer["done"]


async def test_the_same_line_again_counts_once(wire: Wire) -> None:
    """A client that tries again after a broken connection repeats nothing."""
    for _ in range(3):
        await wire.say(address="a", event_id="7", text="x")
    assert wire.inlet.events == [Said("x")]


async def test_files_are_kept_and_one_over_the_limit_is_said(wire: Wire) -> None:
    """Both are events of the same message."""
    small, large = ({"name": n, "media_type": "text/plain", "data": base64.b64encode(d).decode()} for n, d in
                    (("写真.txt", b"abc"), ("big", bytes(2**20 + 1))))  # fmt: skip
    await wire.say(address="a", files=[small, large], text=" ")
    kept, failed, nothing = wire.inlet.events
    assert isinstance(kept, Attached)
    assert failed == AttachFailed("too_large", 1)
    assert nothing == SentNothing()
    assert wire.inlet.files == [("写真.txt", "text/plain", b"abc")]


@pytest.mark.parametrize(
    ("text", "arrives"),
    [
        ("a\0b", "a\0b"),
        ("\ud800x", "\ufffdx"),
        ("あ" * 100_000, "あ" * 100_000),
        ("\U0001f469\u200d", "\U0001f469\u200d"),
    ],
)
async def test_whatever_is_typed_arrives(wire: Wire, text: str, arrives: str) -> None:
    """NUL, half a surrogate pair, a hundred thousand characters, joiners."""
    await wire.say(address="a", text=text)
    assert wire.inlet.events == [Said(arrives)]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"text": 1}', b"\xff", b'"' + b"[" * 5000, b"[" * 5000])
async def test_attack_what_is_no_request_is_refused(wire: Wire, body: bytes) -> None:
    """400 and not a word about it."""
    assert (await wire.post(body))[0] == 400
    assert wire.inlet.events == []


async def test_attack_a_file_that_is_named_with_half_a_character_is_kept(wire: Wire) -> None:
    """Names come from file systems, which allow anything."""
    await wire.say(address="a", files=[{"name": "a\ud800", "media_type": "", "data": ""}])
    assert wire.inlet.files == [("a\ufffd", "", b"")]


async def test_a_talk_that_is_gone_takes_its_name_along(wire: Wire) -> None:
    """After forgetting, the next line begins anew."""
    wire.inlet.screen = replace(view(), over=True)
    assert (await wire.say(address="a", text="x"))["address"] == ""


async def test_a_store_that_is_down_is_said_without_a_word_of_why(wire: Wire) -> None:
    """503, so that the client tries again under the same id."""
    wire.inlet.fault = OSError("canary")
    assert await wire.post(b'{"address": "a", "text": "x"}') == (503, None)
    wire.inlet.fault = None
    await wire.say(address="a", text="x")
    assert wire.inlet.events == [Said("x")]
