"""What a browser tells about itself: the language it likes, and whether a post is from our own page."""

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.channels.web.cookies import TalkCookie, random_name
from bot.channels.web.headers import is_ours
from bot.channels.web.languages import preferred


class CountingChance:
    """Dice that count, so that two names differ and a test can be repeated."""

    def __init__(self) -> None:
        self.thrown = 0

    def bytes(self, count: int) -> bytes:
        self.thrown += 1
        return self.thrown.to_bytes(count, "big")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("ja,en-US;q=0.7", "ja"),
        ("en-GB, ja;q=0.9", "en"),
        ("en;q=0.2, JA-jp;q=0.9", "ja"),
        ("fr, de;q=0.9, ja;q=0.1", "ja"),
        ("fr", "en"),
        ("ja;q=0", "en"),
        ("", "en"),
        ("ja;q=much", "en"),
        (";;;,,=", "en"),
    ],
)
def test_the_language_is_the_one_the_browser_likes_best(header: str, language: str) -> None:
    """Japanese or English, else English, whatever the header is."""
    assert preferred(header) == language


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://desk.example"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "http://desk.example"}, True),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, True),
        ({}, True),
    ],
)
def test_a_post_from_another_site_is_recognised(headers: dict[str, str], ours: bool) -> None:
    """The browser's own word counts; where it says nothing, the cookie decides."""
    request = make_mocked_request("POST", "/", headers={"Host": "desk.example"} | headers)
    assert is_ours(request) is ours


def test_only_names_of_our_own_making_are_read() -> None:
    """A cookie that someone else made up leads nowhere, and two names are never the same."""
    cookie = TalkCookie(CountingChance(), secure=True)
    name = cookie.fresh()
    assert name != cookie.fresh()
    for value, read in ((name, name), ("", None), ("x" * 43 + "=", None), ("short", None)):
        request = make_mocked_request("GET", "/", headers={"Cookie": f"__Host-madoguchi={value}"})
        assert cookie.read(request) == read
    assert len(random_name(CountingChance())) == 43
