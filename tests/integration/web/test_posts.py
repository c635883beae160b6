"""What people and attackers send to the page: always an answer, and nothing typed is lost."""

import asyncio
from io import BytesIO

import aiohttp
import pytest
from msgspec.structs import replace
from yarl import URL

from bot.conversation.events import Attached, AttachFailed, Chose, Filled
from tests.integration.web.conftest import Page
from tests.support.screens import view

#: aiohttp's own multipart reader warns of its own stream; nothing of ours can do otherwise.
pytestmark = pytest.mark.filterwarnings("ignore:unread_data:DeprecationWarning")

MIB = 2**20
JAPANESE = {"Accept-Language": "ja"}


def form(*pairs: tuple[str, str]) -> aiohttp.FormData:
    """A multipart form as our page sends it."""
    data = aiohttp.FormData(quote_fields=False, default_to_multipart=True)
    for name, value in (("nonce", "n1"), ("turn", "4"), ("group", "facts"), *pairs):
        data.add_field(name, value)
    return data


def with_file(data: aiohttp.FormData, name: str, content: bytes) -> aiohttp.FormData:
    """Add a file."""
    data.add_field("file", BytesIO(content), filename=name, content_type="image/png")
    return data


async def test_a_form_is_stored_before_the_browser_is_led_on(page: Page) -> None:
    """POST, then 303, then GET: pressing reload sends nothing twice."""
    response, _ = await page.send(form(("one.what", "架空の出張"), ("then", "back")))
    assert (response.status, response.headers["Location"]) == (303, "/")
    assert page.inlet.events == [Filled("facts", {"what": "架空の出張"}, "back", 4)]
    channel, address, _ = page.inlet.heard[0]
    assert (channel, address) == ("web", next(iter(page.http.cookie_jar)).value)


async def test_attack_the_same_form_ten_times_at_once_counts_once(page: Page) -> None:
    """A double tap, or a hostile repeat, is one step."""
    answers = await asyncio.gather(*(page.send(form(("one.what", "x"))) for _ in range(10)))
    assert {response.status for response, _ in answers} == {303}
    assert len(page.inlet.events) == 1


async def test_files_come_with_the_answers(page: Page) -> None:
    """What is attached is there before the form goes on; an empty file is a file; an empty field is none."""
    data = with_file(with_file(form(("one.what", "x")), "写真 1.png", b"abc"), "empty.txt", b"")
    data.add_field("file", b"", filename="", content_type="application/octet-stream")
    await page.send(data)
    assert page.inlet.files == [("写真 1.png", "image/png", b"abc"), ("empty.txt", "image/png", b"")]
    first, second, filled = page.inlet.events
    assert isinstance(first, Attached)
    assert isinstance(second, Attached)
    assert isinstance(filled, Filled)


async def test_twenty_five_megabytes_pass(page: Page) -> None:
    """A film from a phone arrives whole."""
    await page.send(with_file(form(), "film.mp4", b"\xff" * (25 * MIB)))
    assert len(page.inlet.files[0][2]) == 25 * MIB


async def test_a_file_over_the_limit_is_said_and_the_words_stay(page: Page) -> None:
    """The answers of the same form are kept, and the next file too."""
    data = with_file(with_file(form(("one.what", "本文")), "big.bin", bytes(27 * MIB)), "small.bin", b"s")
    response, _ = await page.send(data)
    assert response.status == 303
    failed, kept, filled = page.inlet.events
    assert failed == AttachFailed("too_large", 26)
    assert isinstance(kept, Attached)
    assert filled == Filled("facts", {"what": "本文"}, "next", 4)


@pytest.mark.parametrize(
    "words",
    [
        "あ" * 100_000,
        "a\0b",
        "\u202eabc\u200f",
        "👨\u200d👩\u200d👧",
        "<script>alert(1)</script>",
        "line\nline",
        "{{7*7}}",
    ],
)
async def test_whatever_is_typed_arrives_as_it_is(page: Page, words: str) -> None:
    """A hundred thousand characters, NUL, right-to-left, joined emoji, markup: all are words."""
    response, _ = await page.send(form(("one.what", words)))
    assert response.status == 303
    assert page.inlet.events == [Filled("facts", {"what": words}, "next", 4)]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"group=facts&one.what=%ED%A0%80", "\ud800"),
        ("group=facts&one.what=通報".encode("cp932"), "通報"),
        (b"group=facts&one.what=a+b%zz%FF%81", None),
        (b"&&&=x&group=facts&one.what", ""),
    ],
)
async def test_attack_bytes_that_are_no_text_are_read_all_the_same(page: Page, body: bytes, words: str | None) -> None:
    """Lone surrogates, another encoding, broken escapes: an answer, and the words."""
    response, _ = await page.send(body, **{"Content-Type": "application/x-www-form-urlencoded"})
    assert response.status == 303
    (filled,) = page.inlet.events
    assert isinstance(filled, Filled)
    assert words is None or filled.answers["what"] == words


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"--x\r\n", "multipart/form-data"),
        (b"--x\r\nno header", "multipart/form-data; boundary=x"),
        (b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nabc', "multipart/form-data; boundary=x"),
        (b"\x00\xff", "multipart/form-data; boundary=" + "b" * 80),
        (b"{}", "application/json"),
        (b"x", "no/such; charset=zzz"),
        (b"", ""),
    ],
)
async def test_attack_a_body_that_is_no_form_gets_an_answer(page: Page, body: bytes, content_type: str) -> None:
    """Never an error of the server, whatever stands in the head or is missing from the body."""
    response, html = await page.send(body, **{"Content-Type": content_type})
    assert response.status in {303, 400}
    assert "Traceback" not in html


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
async def test_more_words_than_can_be_taken_are_answered(page: Page, kind: str) -> None:
    """The person is told what to do instead; nothing is half taken."""
    head = (
        b'--x\r\nContent-Disposition: form-data; name="one.what"\r\n\r\n' if kind.startswith("multi") else b"one.what="
    )
    response, html = await page.send(BytesIO(head + b"x" * (30 * MIB) + b"\r\n--x--\r\n"), **{"Content-Type": kind})
    assert response.status == 400
    assert "ファイルとして添付" in html or "attached as a file" in html
    assert page.inlet.events == []


async def test_attack_a_form_with_thousands_of_parts_is_refused(page: Page) -> None:
    """Nobody answers that many questions."""
    response, _ = await page.send(form(*((f"one.{n}", "x") for n in range(300))))
    assert response.status == 400


async def test_without_a_cookie_the_words_come_back_to_be_sent_again(page: Page) -> None:
    """A browser that was closed meanwhile, or that refuses cookies: what was typed stands on the page."""
    page.http.cookie_jar.clear()
    data = with_file(form(("one.what", "大事な</textarea>言葉"), ("many.who", "a")), "f.txt", b"x")
    response, html = await page.send(data, **{"Accept-Language": "ja"})
    assert response.status == 403
    assert "大事な&lt;/textarea&gt;言葉" in html
    assert 'name="many.who" value="a"' in html
    assert "もう一度" in html
    assert page.inlet.events == []
    assert page.inlet.files == []
    assert list(page.http.cookie_jar)


async def test_attack_a_form_on_another_site_does_nothing(page: Page) -> None:
    """Even where the browser would send the cookie along."""
    response, html = await page.send(form(("one.what", "注入")), **{"Sec-Fetch-Site": "cross-site"})
    assert response.status == 403
    assert page.inlet.events == []
    assert "注入" in html


@pytest.mark.parametrize("fault", [OSError(), TimeoutError(), RuntimeError("canary")])
async def test_when_nothing_can_be_stored_the_words_come_back(page: Page, fault: Exception) -> None:
    """A store that is down loses nothing: the page says so and holds what was typed under a new id."""
    page.inlet.fault = fault
    response, html = await page.send(form(("one.what", "失いたくない言葉\0")))
    assert response.status == 503
    assert "失いたくない言葉" in html
    assert "canary" not in html
    assert 'value="n1"' not in html
    response, html = await page.open()
    assert response.status == 503


async def test_words_behind_a_file_that_cannot_be_stored_come_back_too(page: Page) -> None:
    """The file is to be chosen again; the words need not be typed again, wherever in the form they stand."""
    page.inlet.fault = OSError()
    data = aiohttp.FormData(quote_fields=False, default_to_multipart=True)
    data.add_field("one.what", "前の言葉")
    data.add_field("file", b"x", filename="photo.jpg", content_type="image/jpeg")
    data.add_field("one.who", "後の言葉")
    response, html = await page.send(data, **JAPANESE)
    assert response.status == 503
    assert "前の言葉" in html
    assert "後の言葉" in html
    assert "ファイルは、もう一度選び直してください" in html


async def test_a_page_that_cannot_be_shown_does_not_claim_that_something_was_not_sent(page: Page) -> None:
    """Nothing was sent: what reached us before is kept, and looking again later is all there is to do."""
    page.inlet.fault = OSError()
    _, html = await page.open(**JAPANESE)
    assert "まだ届いていません" not in html
    assert "いま表示できません" in html
    assert "届いたものは残っています" in html


async def test_a_lost_cookie_is_told_with_what_is_lost_along_and_with_a_way_on(page: Page) -> None:
    """What was typed before cannot be reached from here; whoever's browser takes no cookies learns why they stay."""
    page.http.cookie_jar.clear()
    response, html = await page.send(form(("one.what", "いまの言葉")), **JAPANESE)
    assert response.status == 403
    assert "24時間で消えます" in html
    assert "Cookie をブラウザーで許可" in html
    assert 'name="anew" value="yes"' in html
    assert "いまの言葉" in html
    await page.send(form(("one.what", "いまの言葉"), ("anew", "yes")))
    await page.send({"nonce": "n2", "turn": "4", "group": "facts", "one.what": "次の言葉"})
    assert page.inlet.returning == [False, True]


async def test_a_talk_that_is_gone_says_so_once_and_takes_the_cookie(page: Page) -> None:
    """After forgetting there is nothing to lead back to."""
    page.inlet.screen = replace(view(), over=True)
    response, html = await page.send(form(("chose", "edit=what")))
    assert response.status == 200
    assert "<main" in html
    assert page.inlet.events == [Chose("edit", "what")]
    assert not page.http.cookie_jar.filter_cookies(URL(page.url))
