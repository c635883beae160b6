"""The public page, full of figures, in a real browser: readable for everyone, on a phone and on a desk."""

import pytest

from bot.channels.web import routes
from bot.channels.web.public.board import Board
from tests.integration.browser.test_accessible import AXE, check
from tests.integration.web.conftest import SITE, wording
from tests.support.browsers import DESKTOP, PHONE, needs_chromium, visiting
from tests.support.bulletins import KnownBulletins, made_up
from tests.support.listening_inlet import ListeningInlet
from tests.support.outside import SetClock
from tests.support.served import SystemChance, on_loopback

pytestmark = [
    needs_chromium,
    pytest.mark.skipif(not AXE, reason="axe-core is not installed (make test installs it where npm is)"),
]


@pytest.mark.parametrize(
    ("language", "size", "scheme", "chart"),
    [("ja-JP", PHONE, "light", "narrow"), ("en-GB", DESKTOP, "dark", "wide")],
)
async def test_the_public_page_is_accessible_and_fits(
    language: str, size: tuple[int, int], scheme: str, chart: str
) -> None:
    """No finding of axe, nothing wider than the screen; of two charts, the one that is made for the screen is seen."""
    app = routes(
        ListeningInlet(), wording(), lambda: SITE, SystemChance(), Board(KnownBulletins(made_up()), SetClock())
    )
    async with (
        on_loopback(app) as url,
        visiting(url + "/", scripts=True, language=language, size=size, scheme=scheme) as visit,
    ):
        await visit.open("public/")
        await check(visit)
        seen = await visit.page.eval_on_selector_all(
            ".chart", "all => all.filter(each => each.checkVisibility()).map(each => each.getAttribute('class'))"
        )
        assert seen == [f"chart {chart}"]
        await visit.open("public/survey")
        await check(visit)
        assert all(asked.startswith(url) for asked in visit.asked)
