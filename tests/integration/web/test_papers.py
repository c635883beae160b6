"""The sheet for the token, and the page that says what stays on the device."""

import html as entities

import aiohttp
import pytest
from msgspec.structs import replace

from bot.channels.web import routes
from bot.channels.web.papers import TRACES, picture_of
from bot.channels.web.screen import FAREWELLS, screen
from bot.channels.wording import Wording, load_labels
from bot.conversation.catalog import LANGUAGES, load_catalog
from bot.conversation.effects import Say, ShowToken, Text
from bot.ports.talking import View
from tests.integration.web.conftest import SITE, Page, wording
from tests.support.listening_inlet import ListeningInlet
from tests.support.screens import ASK_FACTS, TOKEN, TOKEN_WORDS, says, view
from tests.support.served import SystemChance, on_loopback

JAPANESE = {"Accept-Language": "ja"}
SPELLED = "".join(f"<span>{group}</span>" for group in TOKEN.split("-"))


def spelled(html: str) -> str:
    """The page with the dashes between the groups taken out."""
    return html.replace("-<wbr>", "").replace("<wbr>", "")


async def test_the_sheet_holds_the_token_while_the_talk_shows_it(page: Page) -> None:
    """With where to come back to, and never to be kept by the browser."""
    page.inlet.screen = view(ShowToken(), token=TOKEN)
    response, html = await page.open("/token")
    assert response.status == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert SPELLED in spelled(html)
    assert "https://madoguchi.example.go.jp/" in html


async def test_the_sheet_holds_the_same_token_in_words(page: Page) -> None:
    """In their order, so that either can be copied by hand; and with whom it leads back to."""
    page.inlet.screen = view(ShowToken(), token=TOKEN, token_words=TOKEN_WORDS)
    _, html = await page.open("/token")
    listed = html[html.index('<ol class="token-spelt"') :]
    places = [listed.index(f"<li>{word}</li>") for word in TOKEN_WORDS]
    assert places == sorted(places)
    assert html.index("架空省", html.index("</ol>")) > 0
    assert "https://madoguchi.example.go.jp/public/" in html


async def test_the_words_stand_beside_the_symbols_in_the_talk(page: Page) -> None:
    """And where the talk shows no token, neither is there."""
    page.inlet.screen = view(ShowToken(), token=TOKEN, token_words=TOKEN_WORDS)
    _, html = await page.open("/")
    assert all(f"<li>{word}</li>" in html for word in TOKEN_WORDS)
    page.inlet.screen = view(Say(says("x")), token=TOKEN, token_words=TOKEN_WORDS)
    _, html = await page.open("/")
    assert not any(word in html for word in TOKEN_WORDS)


async def test_the_day_of_receipt_is_offered_where_it_is_known(page: Page) -> None:
    """As a box to be ticked; the sheet of a token that replaces another has none."""
    page.inlet.screen = view(ShowToken(), token=TOKEN, received_on="2026-11-22")
    _, html = await page.open("/token")
    assert 'id="dated"' in html
    assert "11月22日" in html
    page.inlet.screen = view(ShowToken(), token=TOKEN)
    _, html = await page.open("/token")
    assert 'id="dated"' not in html


@pytest.mark.parametrize("token", ["", TOKEN])
async def test_a_token_that_the_talk_does_not_show_is_not_shown_here(page: Page, token: str) -> None:
    """Neither once it is saved nor before the case is committed; the page says kindly what to do."""
    page.inlet.screen = view(Say(says("x")), token=token)
    response, html = await page.open("/token")
    assert response.status == 404
    assert TOKEN[:5] not in html
    assert "紙に控えてあれば" in html


async def test_the_code_on_the_sheet_leads_to_the_page_and_holds_no_token(page: Page) -> None:
    """A picture of it, or the search service it is sent to, learns a public address."""
    page.inlet.screen = view(ShowToken(), token=TOKEN)
    _, html = await page.open("/token")
    assert html.count("data:image/png") == html.count("<img") == 1
    assert entities.escape(picture_of(SITE.addresses[0])) in html


async def test_an_organ_without_an_address_gets_a_sheet_without_a_code() -> None:
    """Nothing is made up."""
    inlet = ListeningInlet()
    inlet.screen = view(ShowToken(), token=TOKEN)
    nowhere = replace(SITE, addresses=())
    headers = {"Cookie": f"madoguchi={'x' * 43}"}
    async with (
        on_loopback(routes(inlet, wording(), lambda: nowhere, SystemChance())) as url,
        aiohttp.ClientSession(headers=headers) as http,
    ):
        _, html = await Page(http, url, inlet).open("/token")
    assert "data:image/png" not in html
    assert SPELLED in spelled(html)


async def test_a_store_that_is_down_shows_no_sheet_and_says_so(page: Page) -> None:
    """An answer, not an error of the server."""
    page.inlet.fault = OSError()
    response, html = await page.open("/token", **JAPANESE)
    assert response.status == 503
    assert "少し待って" in html


async def test_every_kind_of_trace_is_told_of(page: Page) -> None:
    """Cookie, cache, history, copies, files, paper, employer, line, and what we keep ourselves."""
    _, html = await page.open("/traces", **JAPANESE)
    labels = load_labels()
    for name in (name for part in TRACES.values() for name in part):
        assert labels.text("ja", Text(f"traces.{name}")) in html
        assert entities.escape(labels.text("ja", Text(f"traces.{name}_what", {"hours": "24"}))) in html


@pytest.mark.parametrize(
    ("screen", "warning"),
    [
        (view(ShowToken(), token=TOKEN), "二度と表示できません"),
        (view(ASK_FACTS), "途中のものがあります"),
        (view(Say(says("x")), waiting=True), "途中のものがあります"),
    ],
)
async def test_what_would_be_lost_is_said_before_anything_is_cleared(page: Page, screen: View, warning: str) -> None:
    """A token that is not saved yet, a draft, a report on its way."""
    page.inlet.screen = screen
    _, html = await page.open("/traces")
    assert warning in html
    assert "それでも消す" in html
    page.inlet.screen = view(Say(says("x")))
    _, html = await page.open("/traces")
    assert warning not in html
    assert "いま消す" in html


async def test_clearing_takes_the_cookie_and_what_the_browser_keeps(page: Page) -> None:
    """Without a script, of this origin alone; afterwards the page says that nothing leads back."""
    async with page.http.post(page.url + "/traces", allow_redirects=False) as response:
        assert (response.status, response.headers["Location"]) == (303, "/traces")
        assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not list(page.http.cookie_jar)
    response, html = await page.open("/traces", **JAPANESE)
    assert "Set-Cookie" not in response.headers
    assert "ここにはありません" in html


@pytest.mark.parametrize("path", ["/traces", "/quit"])
async def test_a_form_in_a_frame_of_another_site_clears_no_cookie(page: Page, path: str) -> None:
    """Some browsers say nothing of where it comes from; but none sends our cookie along, nor may one be taken back."""
    headers = {"Origin": "null"}
    async with (
        aiohttp.ClientSession() as elsewhere,
        elsewhere.post(page.url + path, allow_redirects=False, headers=headers) as response,
    ):
        assert (response.status, response.cookies) == (303, {})


@pytest.mark.parametrize("path", ["/traces", "/quit"])
async def test_attack_another_site_cannot_clear_an_unsaved_token_away(page: Page, path: str) -> None:
    """A form on another site that is sent here takes nothing from the person."""
    headers = {"Sec-Fetch-Site": "cross-site"}
    async with page.http.post(page.url + path, headers=headers, allow_redirects=False) as response:
        assert response.status == 303
        assert "Clear-Site-Data" not in response.headers
    assert list(page.http.cookie_jar)


async def test_what_stays_is_shown_even_when_the_store_is_down(page: Page) -> None:
    """And as it cannot be known what would be lost, the warning stands."""
    page.inlet.fault = OSError()
    response, html = await page.open("/traces", **JAPANESE)
    assert response.status == 200
    assert "途中のものがあります" in html


@pytest.mark.parametrize("key", sorted(FAREWELLS))
async def test_a_farewell_leads_to_what_stays_on_the_device(key: str) -> None:
    """That is the moment to think of it; elsewhere the footer alone leads there."""
    wording = Wording(load_catalog())
    assert screen(view(Say(Text(key))), wording).parting
    assert screen(view(over=True), wording).parting
    assert not screen(view(Say(Text("draft.already"))), wording).parting


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_are_called_what_they_are_called(language: str) -> None:
    """The pages name two buttons of the talk; whoever looks for them finds them under that name."""
    labels, talk = load_labels(), load_catalog()
    for key in ("traces.draft_what", "traces.loses_draft"):
        assert labels.text(language, Text("button.cancel")) in labels.text(language, Text(key, {"hours": "24"}))
    assert talk.text(language, Text("option.inbox.forget")) in labels.text(language, Text("traces.handed_what"))
