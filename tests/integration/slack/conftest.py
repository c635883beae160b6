"""The hook that Slack delivers to, in front of an inlet that takes everything down."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from msgspec import Struct

from bot.channels.slack.app import PATH, Slack, SlackSettings, open_slack
from bot.channels.slack.modal import modal
from bot.channels.wording import Wording
from bot.conversation.catalog import Catalog
from tests.support.listening_inlet import ListeningInlet
from tests.support.screens import ASK_FACTS, view
from tests.support.served import on_loopback
from tests.support.slack_deliverer import Deliverer
from tests.support.slack_peer import SECRET, TOKEN, View, free_port

SCREEN = view(ASK_FACTS, page=2)


class Hook(Struct):
    """Where to deliver, and what became of it. `window` is what stands open."""

    http: aiohttp.ClientSession
    url: str
    slack: Slack
    inlet: ListeningInlet
    window: View

    def deliverer(self, secret: str = SECRET, late: int = 0) -> Deliverer:
        """Somebody who delivers."""
        return Deliverer(self.http, self.url, secret, late)


def wording() -> Wording:
    """The channels' labels beside a catalogue of one text."""
    return Wording(Catalog({"ja": 'says = "{words}"', "en": 'says = "{words}"'}))


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    """A started channel. Slack itself is out of reach: nobody listens where its API would be."""
    inlet = ListeningInlet()
    inlet.screen = SCREEN
    app = web.Application()
    async with aiohttp.ClientSession() as http:
        settings = SlackSettings(TOKEN, SECRET, f"http://127.0.0.1:{free_port()}/api/", max_file_mib=1)
        slack = open_slack(settings, http, wording())
        slack.routes(app)
        await slack.start(inlet)
        async with on_loopback(app) as url:
            window = {**modal(SCREEN, wording(), 1), "id": "V1", "hash": "1.a"}
            yield Hook(http, f"{url}{PATH}", slack, inlet, window)
        await slack.stop()
