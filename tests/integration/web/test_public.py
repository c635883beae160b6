"""The public pages: the same for everyone, in both languages, with or without a case store behind them."""

import csv
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date
from functools import partial

import aiohttp
import pytest
from msgspec import json
from msgspec.structs import replace

from bot.channels.web import routes
from bot.channels.web.public.board import Board
from bot.channels.web.public.words import load_words
from bot.channels.web.site import Site
from bot.conversation.house_style import OwnRules
from bot.ports.publishing import Bulletin, Figure, Period, Released
from tests.integration.web.conftest import SITE, wording
from tests.support.bulletins import KnownBulletins, made_up
from tests.support.listening_inlet import ListeningInlet
from tests.support.outside import SetClock
from tests.support.served import SystemChance, on_loopback

WHOLE = made_up()
Get = Callable[..., AbstractAsyncContextManager[aiohttp.ClientResponse]]


@asynccontextmanager
async def visited(board: Board | None, site: Site = SITE) -> AsyncIterator[Get]:
    """Ask for pages of a service with this board."""
    app = routes(ListeningInlet(), wording(), lambda: site, SystemChance(), board)
    async with on_loopback(app) as url, aiohttp.ClientSession(url) as http:
        yield http.get


@asynccontextmanager
async def posted(board: Board) -> AsyncIterator[Get]:
    """Post to the survey of a service with this board."""
    app = routes(ListeningInlet(), wording(), lambda: SITE, SystemChance(), board)
    async with on_loopback(app) as url, aiohttp.ClientSession(url) as http:
        yield partial(http.post, "/public/survey?lang=en")


def board(bulletin: Bulletin | None = WHOLE) -> Board:
    """A board on which something hangs."""
    return Board(KnownBulletins(bulletin), SetClock())


async def read(get: Get, path: str = "/public/", **headers: str) -> str:
    """The text of a page that is there."""
    async with get(path, headers=headers) as answer:
        assert answer.status == 200
        return await answer.text()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("40 to 44", "fewer than 5", "about 10 days", "within 10 working days", "1, 3, 6 and 12 months")),
        ("ja", ("40〜44件", "5件未満", "およそ10日", "10開庁日以内", "1・3・6・12か月後")),
    ],
)
async def test_the_page_tells_figures_and_periods_in_words(language: str, told: tuple[str, ...]) -> None:
    """Whoever asks for a language gets it; each figure is a range, each period is said with its unit."""
    async with visited(board()) as get:
        page = await read(get, f"/public/?lang={language}")
        assert f'<html lang="{language}"' in page
        assert [words for words in told if words not in page] == []


async def test_the_page_speaks_the_language_that_the_browser_asks_for() -> None:
    """And a language that we do not have is as good as none."""
    async with visited(board()) as get:
        assert "公開情報" in await read(get, **{"Accept-Language": "ja"})
        assert "Public information" in await read(get, "/public/?lang=xx", **{"Accept-Language": "en"})


async def test_the_page_leaves_nothing_behind_and_runs_nothing() -> None:
    """No cookie, no script, no style within the page, nothing from elsewhere."""
    async with visited(board()) as get, get("/public/") as answer:
        page = await answer.text()
        assert "Set-Cookie" not in answer.headers
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", page)
        assert set(re.findall(r'(?:src|href)="(https?:[^"]+)"', page)) == {SITE.official_page}


async def test_what_people_wrote_is_shown_as_words() -> None:
    """A release is written by staff, and still no page of ours is built from it."""
    bulletin = replace(WHOLE, released=(Released(date(2026, 1, 1), {"en": "<b>x</b>"}, {"en": "<script>y</script>"}),))
    async with visited(board(bulletin)) as get:
        page = await read(get, "/public/?lang=en")
        assert "&lt;b&gt;x" in page
        assert "<script" not in page


async def test_every_code_of_the_profiles_has_a_name_and_an_organ_s_own_stands_as_it_is() -> None:
    """Figures are told by what they are of; a code that we do not know is shown rather than left out."""
    words = load_words()["en"]
    assert words.item("outcome", "violation") == "The law was broken"
    assert words.item("category", "whaling") == "whaling"
    own = Figure("category", "whaling", 15, None)
    half = replace(WHOLE.halves[-1], figures=(*WHOLE.halves[-1].figures, own))
    async with visited(board(replace(WHOLE, halves=(half,)))) as get:
        page = await read(get, "/public/?lang=en")
        assert "whaling" in page
        assert "15 or more" in page


async def test_before_anything_is_published_the_page_says_so() -> None:
    """A new organ's page stands, with its procedure and the periods that its bot was told."""
    async with visited(board(Bulletin())) as get:
        page = await read(get, "/public/?lang=en")
        assert "No figures have been published yet" in page
        assert "within 20 days of the report" in page
        for kind in ("csv", "json", "svg"):
            async with get(f"/public/figures.{kind}") as answer:
                assert answer.status == 404


@pytest.mark.parametrize("nothing", [board(None), None], ids=["away", "no board"])
async def test_without_the_case_store_the_rest_of_the_page_stands(nothing: Board | None) -> None:
    """Addresses and procedure do not depend on it; files are to be asked for again (503)."""
    async with visited(nothing) as get:
        page = await read(get, "/public/?lang=en")
        assert SITE.addresses[0] in page
        assert "cannot be fetched just now" in page
        for name in ("figures.csv", "figures.json", "figures.svg", "checkpoints.json"):
            async with get(f"/public/{name}") as answer:
                assert answer.status == 503


async def test_the_last_that_is_known_is_shown_while_the_case_store_is_away() -> None:
    """It is fetched once a minute at most, and the page says that it may have been overtaken."""
    source, clock = KnownBulletins(WHOLE), SetClock()
    kept = Board(source, clock)
    for _ in range(3):
        assert await kept.bulletin() == WHOLE
    assert source.asked == 1
    source.known = None
    clock.time = clock.time.replace(minute=1)
    async with visited(kept) as get:
        page = await read(get, "/public/?lang=en")
        assert "the last that came in" in page
        assert "40 to 44" in page
    assert source.asked == 2
    source.known = Bulletin()
    clock.time = clock.time.replace(year=2020)
    assert await kept.bulletin() == Bulletin()
    assert not kept.is_away


async def test_the_table_holds_what_the_page_shows() -> None:
    """A line a figure, in both languages; a range without an upper end has an empty field; no cell is a formula."""
    async with visited(board()) as get:
        for language, name in (("en", "Received"), ("ja", "受け付けた")):
            async with get(f"/public/figures.csv?lang={language}") as answer:
                assert answer.headers["Content-Disposition"] == 'attachment; filename="figures.csv"'
                lines = list(csv.DictReader(io.StringIO((await answer.read()).decode("utf-8-sig"))))
            newest = [line for line in lines if line["half"] == "2026-04"]
            received = next(line for line in newest if (line["table"], line["code"]) == ("stage", "received"))
            assert (received["name"], received["least"], received["most"]) == (name, "40", "44")
            assert {line["most"] for line in lines if (line["half"], line["code"]) == ("2025-10", "concluded")} == {""}
            assert not [cell for line in lines for cell in line.values() if cell[:1] in {"=", "+", "-", "@"}]


async def test_the_data_are_what_was_published() -> None:
    """Nothing is added for programs, and nothing left out."""
    async with visited(board()) as get, get("/public/figures.json") as answer:
        shown = json.decode(await answer.read(), type=dict[str, tuple[type(WHOLE.halves[0]), ...]])  # type: ignore[misc]
        assert shown["halves"] == WHOLE.halves


async def test_the_chart_is_a_picture_that_runs_nothing() -> None:
    """It stands by itself as a file: well-formed, with its own colours, names and a bar for every figure."""
    async with visited(board()) as get, get("/public/figures.svg?lang=en") as answer:
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        picture = ET.fromstring(await answer.read())  # noqa: S314 - our own picture
    names = {element.tag.rpartition("}")[2] for element in picture.iter()}
    assert names <= {"svg", "title", "rect", "defs", "pattern", "line", "text", "g"}
    assert "Received: 40 to 44" in "".join(picture.itertext())


async def test_checkpoints_are_passed_on_as_they_are() -> None:
    """Whoever verifies a log gets the very bytes."""
    async with visited(board()) as get, get("/public/checkpoints.json") as answer:
        assert await answer.read() == b'{"signed":[]}'


async def test_the_page_is_found_without_its_slash() -> None:
    """People leave it off."""
    async with visited(board()) as get, get("/public", allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (308, "/public/")


async def test_a_period_is_told_as_the_roster_promises_it_and_one_that_is_not_set_is_not_told() -> None:
    """The case store cannot promise something else; it adds what the roster is silent about."""
    only = replace(WHOLE, periods=(Period("finish", (120,), "days"), Period("tell_progress", (15,), "days")))
    async with visited(board(only)) as get:
        page = await read(get, "/public/?lang=en")
        assert "usually within 90 days of acceptance" in page
        assert "every 15 days" in page
        assert "working days" not in page


async def test_the_rules_stand_on_the_page_once_there_are_any() -> None:
    """O-02: in the language of the page, as they were published."""
    async with visited(board()) as get:
        assert 'id="rules"' not in await read(get, "/public/?lang=en")
    rules = OwnRules(3, {"ja": "一 探さない。\n\n二 漏らさない。", "en": "1. Nobody searches.\n\n2. Nobody tells."})
    async with visited(board(), replace(SITE, rules=rules)) as get:
        page = await read(get, "/public/?lang=ja")
        assert "第3版" in page
        assert '<p dir="auto">二 漏らさない。</p>' in page


async def test_the_survey_is_answered_without_a_script_or_a_name() -> None:
    """The code is typed as people type; it works once, and nothing is kept in the browser."""
    source = KnownBulletins(WHOLE)
    answers = {"clear": "4", "safe": "5", "code": "0A 1B 2C"}
    async with posted(Board(source, SetClock())) as post:
        async with post(data=answers) as answer:
            assert (answer.status, "Set-Cookie" in answer.headers) == (200, False)
            assert "have been counted" in await answer.text()
        assert source.answers == {"clear": 4, "safe": 5}
        async with post(data=answers) as answer:
            page = await answer.text()
            assert (answer.status, "cannot be used" in page) == (403, True)
            assert 'value="4" checked' in page


@pytest.mark.parametrize(
    ("sent", "source", "status"),
    [
        ({"code": "0a1b2c"}, KnownBulletins(WHOLE), 400),
        ({"clear": "4"}, KnownBulletins(WHOLE), 400),
        ({"clear": "6", "code": "0a1b2c"}, KnownBulletins(WHOLE), 400),
        ({"clear": "4", "code": "0" * 65}, KnownBulletins(WHOLE), 400),
        ({"clear": "4", "code": "0a1b2c"}, KnownBulletins(None), 503),
    ],
)
async def test_answers_that_cannot_be_taken_are_given_back(
    sent: dict[str, str], source: KnownBulletins, status: int
) -> None:
    """What was ticked is still ticked, and it is said what to do."""
    async with posted(Board(source, SetClock())) as post, post(data=sent) as answer:
        page = await answer.text()
        assert answer.status == status
        assert ('value="4" checked' in page) == (sent.get("clear") == "4")
        assert 'role="alert"' in page


async def test_another_site_cannot_answer_in_somebody_s_name() -> None:
    """A form elsewhere that posts here is refused."""
    source, elsewhere = KnownBulletins(WHOLE), {"Sec-Fetch-Site": "cross-site"}
    async with (
        posted(Board(source, SetClock())) as post,
        post(data={"clear": "1", "code": "0a1b2c"}, headers=elsewhere) as answer,
    ):
        assert answer.status == 400
    assert source.answers == {}
