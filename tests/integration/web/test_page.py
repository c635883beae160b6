"""What every answer of the page carries, and what it never does."""

from collections.abc import Mapping

import aiohttp
import pytest
from msgspec.structs import replace

from bot.channels.web import routes
from bot.conversation.events import Command, Commanded
from tests.integration.web.conftest import SITE, Page, wording
from tests.support.listening_inlet import ListeningInlet
from tests.support.screens import view
from tests.support.served import SystemChance, on_loopback

PATHS = ("/", "/danger", "/about", "/public/", "/clouds", "/nowhere", "/token", "/traces")


@pytest.mark.parametrize("path", PATHS)
async def test_every_page_is_closed_to_the_outside(page: Page, path: str) -> None:
    """Nothing from elsewhere is loaded or told, nothing is cached, and the server does not name itself."""
    response, html = await page.open(path)
    headers: Mapping[str, str] = response.headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Server" not in headers
    assert "<script>" not in html
    assert " style=" not in html
    assert " onclick=" not in html


async def test_the_cookie_is_a_random_name_for_this_browser_session(page: Page) -> None:
    """It is sent to nobody else, read by no script, and gone with the browser; the address never holds it."""
    cookie = next(iter(page.http.cookie_jar))
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert cookie["max-age"] == cookie["expires"] == ""
    assert len(cookie.value) == 43
    _, html = await page.open()
    assert cookie.value not in html


async def test_over_tls_the_cookie_belongs_to_this_host_alone() -> None:
    """`__Host-` and Secure, and the browser is told to come over TLS only."""
    secure = replace(SITE, secure=True)
    app = routes(ListeningInlet(), wording(), lambda: secure, SystemChance())
    async with on_loopback(app) as url, aiohttp.ClientSession() as http, http.get(url) as response:
        assert response.headers["Set-Cookie"].startswith("__Host-madoguchi=")
        assert "Secure" in response.headers["Set-Cookie"]
        assert "Strict-Transport-Security" in response.headers


async def test_the_first_visit_is_greeted_in_the_browsers_language(page: Page) -> None:
    """A fresh talk begins in what the browser asks for; one that stands is only looked at."""
    assert page.inlet.events == []
    page.inlet.screen = view()
    await page.open(**{"Accept-Language": "ja"})
    assert list(page.inlet.languages.values()) == ["ja"]
    assert page.inlet.events == [Commanded(Command.START)]


@pytest.mark.parametrize(
    ("accepted", "words"), [("ja", "安全が最優先"), ("en", "safety comes first"), ("fr", "safety")]
)
async def test_whom_to_call_is_shown_even_when_nothing_else_works(page: Page, accepted: str, words: str) -> None:
    """O-12: the page about danger needs no cookie, no store and no script."""
    page.inlet.fault = OSError()
    _, html = await page.open("/danger", **{"Accept-Language": accepted})
    assert words in html
    assert 'href="tel:110"' in html
    assert "03-0000-0000" in html


async def test_the_public_page_names_addresses_desks_and_periods(page: Page) -> None:
    """O-30: whoever doubts an address can compare it; the periods stand there."""
    _, html = await page.open("/public/", **{"Accept-Language": "ja"})
    for words in ("https://madoguchi.example.go.jp/", "https://example.go.jp/desks", "内部窓口", "20日以内", "90日"):
        assert words in html
    response, _ = await page.open("/public")
    assert (response.status, response.headers["Location"]) == (308, "/public/")


async def test_a_wrong_address_is_answered_without_repeating_it(page: Page) -> None:
    """No echo of what was asked for, in the page's own voice."""
    response, html = await page.open("/<canary>")
    assert response.status == 404
    assert "canary" not in html


async def test_leaving_takes_the_cookie_and_shows_clouds(page: Page) -> None:
    """One press without a script: the talk's name is gone from the browser, and the page says nothing of this desk."""
    async with page.http.post(page.url + "/quit", allow_redirects=False) as response:
        assert response.status == 303
        assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
        assert response.headers["Location"] == "/clouds"
    assert not list(page.http.cookie_jar)
    _, html = await page.open("/clouds", **{"Accept-Language": "ja"})
    assert "雲" in html
    assert "窓口" not in html
    assert "通報" not in html


async def test_style_and_script_are_kept_for_long_under_an_address_of_their_content(page: Page) -> None:
    """They hold nothing personal; an unknown name is refused."""
    _, html = await page.open()
    address = html.partition('rel="stylesheet" href="')[2].partition('"')[0]
    response, css = await page.open(address)
    assert "immutable" in response.headers["Cache-Control"]
    assert "--accent" in css
    assert "url(" not in css.replace('url("icon.svg")', "")
    response, _ = await page.open("/static/x/../../etc/passwd")
    assert response.status == 404
    response, _ = await page.open("/static/x/other.css")
    assert response.status == 404
