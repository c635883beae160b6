"""What is asked of Slack, when Slack answers the way nobody hopes for."""

import asyncio
import logging
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from msgspec import Struct

from bot.channels.slack.calls import HttpCalls, SlackFailedError, TooLargeError
from tests.support.served import on_loopback

TOKEN = "xoxb-canary"
FILE = b"0123456789" * 20_000


class Service(Struct):
    """A server in Slack's place: what it was asked, and what it answers to every call."""

    calls: HttpCalls
    url: str
    seen: list[web.Request]
    answer: dict[str, object]


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    """A service that knows the token; its files are behind `/file`, a log-in page behind `/moved`."""
    seen: list[web.Request] = []
    answer: dict[str, object] = {"ok": True, "view": {"id": "V1"}}

    async def call(request: web.Request) -> web.Response:
        seen.append(request)
        return web.json_response(answer)

    async def file(request: web.Request) -> web.Response:
        known = request.headers.get("Authorization") == f"Bearer {TOKEN}"
        return web.Response(body=FILE) if known else web.Response(status=403)

    async def moved(_request: web.Request) -> web.Response:
        raise web.HTTPFound("/file")

    app = web.Application()
    app.router.add_post("/api/{method}", call)
    app.router.add_get("/file", file)
    app.router.add_get("/moved", moved)
    async with on_loopback(app) as url, aiohttp.ClientSession() as http:
        yield Service(HttpCalls(http, TOKEN, f"{url}/api/", logging.getLogger("silent")), url, seen, answer)


async def test_a_window_is_opened_with_the_bots_token(service: Service) -> None:
    """And its id comes back, by which it is changed later."""
    assert await service.calls.open("trigger", {"type": "modal"}) == "V1"
    await service.calls.change("V1", {"type": "modal"})
    await service.calls.whisper("C1", "U1", "words")
    asked = [request.match_info["method"] for request in service.seen]
    assert asked == ["views.open", "views.update", "chat.postEphemeral"]
    assert {request.headers["Authorization"] for request in service.seen} == {f"Bearer {TOKEN}"}


async def test_a_refusal_says_of_which_kind_and_nothing_of_what(service: Service) -> None:
    """Slack's own errors quote the request."""
    service.answer |= {"ok": False, "error": "expired_trigger_id"}
    with pytest.raises(SlackFailedError) as refused:
        await service.calls.open("trigger", {"words": "canary"})
    assert str(refused.value) == "SlackApiError"
    assert refused.value.__cause__ is None


async def test_an_answer_without_a_window_is_no_window(service: Service) -> None:
    """Nothing breaks; there is only nothing to change later."""
    service.answer.clear()
    service.answer |= {"ok": True}
    assert await service.calls.open("trigger", {}) == ""


async def test_a_file_comes_whole_or_not_at_all(service: Service) -> None:
    """Up to the limit; nothing is kept of a larger one."""
    assert await service.calls.fetch(f"{service.url}/file", len(FILE)) == FILE
    with pytest.raises(TooLargeError):
        await service.calls.fetch(f"{service.url}/file", len(FILE) - 1)


async def test_a_log_in_page_is_no_file(service: Service) -> None:
    """Slack leads there when the app may not read files."""
    with pytest.raises(SlackFailedError):
        await service.calls.fetch(f"{service.url}/moved", len(FILE))


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/file",
        "http://files.slack.com/file",
        "https://slack.com.evil.example/file",
        "https://evilslack.com/file",
        "file:///etc/passwd",
        "http://[",
        "",
    ],
)
async def test_attack_the_token_goes_to_slack_alone(service: Service, address: str) -> None:
    """Whatever address a file claims to have: nothing is asked there."""
    with pytest.raises(SlackFailedError, match="elsewhere"):
        await service.calls.fetch(address, 1)


async def test_when_nobody_answers_that_is_said() -> None:
    """A connection refused is a failure like any other."""
    async with aiohttp.ClientSession() as http:
        calls = HttpCalls(http, TOKEN, "http://127.0.0.1:1/api/", logging.getLogger("silent"))
        asked = (calls.open("trigger", {}), calls.fetch("http://127.0.0.1:1/file", 1))
        failed = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(each) for each in failed] == [SlackFailedError, SlackFailedError]
