"""The page over HTTP, in front of an inlet that takes everything down."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from msgspec import Struct

from bot.channels.web import routes
from bot.channels.web.site import Site, SiteDesk
from bot.channels.wording import Wording
from bot.conversation.catalog import Catalog
from bot.conversation.effects import Ask
from tests.support.listening_inlet import ListeningInlet
from tests.support.screens import ASK_FACTS, view
from tests.support.served import SystemChance, on_loopback

SITE = Site(
    organ={"ja": "架空省", "en": "Ministry of Examples"},
    desks=(SiteDesk({"ja": "内部窓口", "en": "Internal desk"}, "internal"),),
    official_page="https://example.go.jp/desks",
    addresses=("https://madoguchi.example.go.jp/",),
    danger={"ja": "安全管理室 03-0000-0000", "en": "Safety office 03-0000-0000"},
    max_file_mib=26,
)


def wording() -> Wording:
    """The channels' labels beside a catalogue of one text."""
    return Wording(Catalog({"ja": 'says = "{words}"', "en": 'says = "{words}"'}))


class Page(Struct):
    """A browser without scripts: keeps cookies, sends forms. `url` ends without a slash."""

    http: aiohttp.ClientSession
    url: str
    inlet: ListeningInlet

    async def open(self, path: str = "/", **headers: str) -> tuple[aiohttp.ClientResponse, str]:
        """Get a page with its text."""
        async with self.http.get(self.url + path, headers=headers, allow_redirects=False) as response:
            return response, await response.text()

    async def send(self, data: object, **headers: str) -> tuple[aiohttp.ClientResponse, str]:
        """Post a form, or whatever bytes; redirections are not followed."""
        async with self.http.post(self.url + "/", data=data, headers=headers, allow_redirects=False) as response:
            return response, await response.text()


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    """The page with a question on it, opened once."""
    inlet = ListeningInlet()
    inlet.screen = view(Ask("menu", ASK_FACTS.questions), language="")
    async with (
        on_loopback(routes(inlet, wording(), lambda: SITE, SystemChance())) as url,
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http,
    ):
        opened = Page(http, url, inlet)
        await opened.open(**{"Accept-Language": "ja"})
        yield opened
