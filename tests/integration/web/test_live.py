"""The stream that tells an open page to look again: one word, to whoever has the talk's cookie."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.channels.web import live, routes
from bot.channels.web.cookies import TalkCookie
from bot.channels.web.live import Live
from tests.integration.web.conftest import SITE, Page, wording
from tests.support.listening_inlet import ListeningInlet
from tests.support.screens import ASK_FACTS, INBOX, TOKEN, view
from tests.support.served import SystemChance, on_loopback

CHANGED = b"data: changed"
BEAT = b":"


async def line(response: aiohttp.ClientResponse) -> bytes:
    """The next line that is not empty; nothing at the end."""
    async with asyncio.timeout(5):
        while (read := await response.content.readline()) == b"\n":
            pass
    return read.strip()


@asynccontextmanager
async def listening(page: Page) -> AsyncIterator[aiohttp.ClientResponse]:
    """An open stream of the page's talk, past its greeting."""
    async with page.http.get(page.url + "/live") as response:
        assert await line(response) == BEAT
        yield response


async def test_a_changed_screen_is_told_in_one_word(page: Page) -> None:
    """Neither words nor token nor letters are in it; whoever has the cookie looks for themselves."""
    async with listening(page) as stream:
        assert stream.content_type == "text/event-stream"
        assert stream.headers["X-Accel-Buffering"] == "no"
        assert stream.headers["Cache-Control"] == "no-store"
        for screen in (view(ASK_FACTS), view(ASK_FACTS, token=TOKEN), view(ASK_FACTS, inbox=INBOX)):
            page.inlet.screen = screen
            page.inlet.bell.set()
            assert await line(stream) == CHANGED


async def test_what_changed_nothing_is_told_to_nobody(page: Page) -> None:
    """A bell that rings for another reason costs the browser nothing, and shows an onlooker nothing."""
    async with listening(page) as stream:
        page.inlet.bell.set()
        assert await line(stream) == BEAT


async def test_attack_without_the_cookie_or_from_another_site_nothing_is_followed(page: Page) -> None:
    """204: a browser does not ask again."""
    async with page.http.get(page.url + "/live", headers={"Sec-Fetch-Site": "cross-site"}) as response:
        assert response.status == 204
    page.http.cookie_jar.clear()
    async with page.http.get(page.url + "/live") as response:
        assert response.status == 204


async def test_a_silent_stream_beats_so_that_proxies_keep_it_open() -> None:
    """Comments, which a browser passes over."""
    follower = Live(ListeningInlet(), TalkCookie(SystemChance(), secure=False), heartbeat=0.01)
    app = web.Application()
    app.router.add_get("/live", follower.stream)
    headers = {"Cookie": f"madoguchi={'x' * 43}"}
    async with on_loopback(app) as url, aiohttp.ClientSession(headers=headers) as http, http.get(url + "/live") as got:
        assert [await line(got) for _ in range(4)] == [BEAT] * 4
        await follower.end_all(app)


async def test_of_one_talk_only_the_newest_windows_are_followed(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """One more ends the oldest; nothing piles up."""
    monkeypatch.setattr(live, "MOST_OF_A_TALK", 1)
    async with listening(page) as old, listening(page) as new:
        assert await line(old) == b""
        page.inlet.screen = view(ASK_FACTS)
        page.inlet.bell.set()
        assert await line(new) == CHANGED


async def test_attack_more_streams_than_there_is_room_for_are_turned_away(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Open files are few; a page that is turned away asks by itself. A window that was closed makes room."""
    monkeypatch.setattr(live, "MOST", 1)
    async with listening(page), page.http.get(page.url + "/live") as refused:
        assert (refused.status, refused.headers["Retry-After"]) == (503, "60")
    # Hanging up takes a moment to be noticed.
    async with asyncio.timeout(5):
        while (await again(page)) != 200:
            pass


async def again(page: Page) -> int:
    """What another stream is answered with."""
    async with page.http.get(page.url + "/live") as response:
        return response.status


async def test_a_store_that_is_down_ends_the_stream_and_says_nothing(page: Page) -> None:
    """The browser comes again after a pause."""
    page.inlet.fault = OSError()
    assert await again(page) == 503
    page.inlet.fault = None
    async with listening(page) as stream:
        page.inlet.fault = OSError()
        page.inlet.bell.set()
        assert await line(stream) == b""


async def test_stopping_the_service_does_not_wait_for_open_pages() -> None:
    """Every stream is ended properly, at once."""
    app = routes(ListeningInlet(), wording(), lambda: SITE, SystemChance())
    async with aiohttp.ClientSession(headers={"Cookie": f"madoguchi={'x' * 43}"}) as http:
        async with on_loopback(app) as url:
            response = await http.get(url + "/live")
            assert await line(response) == BEAT
            stopping = asyncio.get_running_loop().time()
        assert asyncio.get_running_loop().time() - stopping < 3
        assert await line(response) == b""


async def test_a_page_that_asks_again_after_leaving_gets_no_cookie(page: Page) -> None:
    """Left or cleared in one window, the talk is not brought back by another one's script."""
    page.http.cookie_jar.clear()
    response, html = await page.open(**{"Madoguchi-Again": "1"})
    assert (response.status, html) == (204, "")
    assert not list(page.http.cookie_jar)


NGINX = """
daemon off; pid {folder}/nginx.pid; error_log /dev/null; worker_processes 1;
events {{ worker_connections 32; }}
http {{
    access_log off; gzip on; gzip_types *; proxy_buffering on;
    client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    server {{ listen unix:{folder}/sock; location / {{ proxy_pass {url}; proxy_http_version 1.1; }} }}
}}
"""


@pytest.mark.skipif(shutil.which("nginx") is None, reason="the Debian package nginx is not installed")
async def test_a_proxy_that_gathers_answers_lets_each_word_through(page: Page, tmp_path: Path) -> None:
    """A real nginx with its buffers on."""
    configuration = tmp_path / "nginx.conf"
    configuration.write_text(NGINX.format(folder=tmp_path, url=page.url))
    nginx = await asyncio.create_subprocess_exec("nginx", "-c", configuration, stderr=asyncio.subprocess.DEVNULL)
    cookie = {"Cookie": f"madoguchi={next(iter(page.http.cookie_jar)).value}"}
    proxied = aiohttp.UnixConnector(str(tmp_path / "sock"))
    try:
        await _listens(tmp_path / "sock")
        async with (
            aiohttp.ClientSession(connector=proxied, headers=cookie) as http,
            listening(Page(http, "http://proxy", page.inlet)) as stream,
        ):
            page.inlet.screen = view(ASK_FACTS)
            page.inlet.bell.set()
            assert await line(stream) == CHANGED
    finally:
        nginx.terminate()
        await nginx.wait()


async def _listens(socket: Path) -> None:
    async with asyncio.timeout(10):
        while True:
            try:
                _, writer = await asyncio.open_unix_connection(socket)
            except OSError:
                await asyncio.sleep(0.02)
            else:
                writer.close()
                return
