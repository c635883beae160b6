"""Drawings: what is drawn stays, what runs, loads or tells goes."""

import base64
import re

import pytest

from bot.screening.cleaning import screen
from bot.screening.kinds import Kind
from bot.screening.wire import Request, Verdict
from tests.support.packages import drawing
from tests.support.people_files import TOLD

SVG = Request("plan.svg", "image/svg+xml")
ROOT = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


def test_a_drawing_keeps_what_is_drawn_and_nothing_else() -> None:
    """No command, no address to be fetched from, no name and no place is left, in the pictures inside either."""
    verdict, clean = screen(SVG, drawing())
    assert (verdict.cleaning, verdict.media_type) == ("cleaned", Kind.SVG)
    assert {"place", "author", "comment", "software", "scripts", "links"} <= set(verdict.removed)
    inside = base64.b64decode(re.findall(rb"base64,([^\"]+)", clean)[0])
    assert [told for told in (*TOLD, b"tracker", b"alert", b"script", b"onload") if told in clean + inside] == []
    kept = (b"<rect", b'width="5"', b"fill: url(#here)", b"fill: red", b"in July", b'href="#here"')
    assert [part for part in kept if part not in clean] == []


def test_a_plain_drawing_is_kept_byte_for_byte() -> None:
    """What tells nothing is not written anew."""
    assert screen(SVG, ROOT.format("<rect/>").encode()) == (Verdict("nothing_found", Kind.SVG), b"")


@pytest.mark.parametrize(
    "hostile",
    [
        '<a href="javascript:alert(1)">x</a>',
        '<a xlink:href=" JavaScript:alert(1)">x</a>',
        '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="//evil.example"/></foreignObject>',
        '<animate onbegin="alert(1)"/>',
        '<set attributeName="href" to="javascript:alert(1)"/>',
    ],
)
def test_a_drawing_runs_nothing(hostile: str) -> None:
    """Each way to have something run when it is looked at goes, and is named."""
    verdict, clean = screen(SVG, ROOT.format(hostile).encode())
    assert (verdict.cleaning, "scripts" in verdict.removed) == ("cleaned", True)
    assert [word for word in (b"alert", b"evil") if word in clean] == []


def test_words_behind_what_goes_stay() -> None:
    """Mixed content loses no words with the element before them."""
    _, clean = screen(SVG, ROOT.format("<text>a<script>x</script>b<tspan>c</tspan><script/>d</text>").encode())
    assert b">ab<tspan>c</tspan>d</text>" in clean.replace(b" />", b"/>")


def test_a_link_that_must_be_followed_stays() -> None:
    """Nothing is fetched by looking at it, and it may be the evidence."""
    data = ROOT.format('<a href="https://supplier.example/bill">bill</a>').encode()
    assert screen(SVG, data)[0].cleaning == "nothing_found"


def test_a_picture_inside_that_cannot_be_cleaned_is_said() -> None:
    """It stays, and so may what it tells."""
    data = ROOT.format('<!-- x --><image href="data:image/heic;base64,AAAA"/><image href="data:image/a;base64,A"/>')
    verdict, clean = screen(SVG, data.encode())
    assert (verdict, clean.count(b"base64,A")) == (Verdict("part", Kind.SVG, ("comment",)), 2)


@pytest.mark.parametrize(
    "broken", [b"<svg><rect></svg>", b"<svg>" * 9, b"<!DOCTYPE svg [<!ENTITY a '&b;'>]><svg>&c;</svg>"]
)
def test_a_broken_drawing_is_kept_as_it_came(broken: bytes) -> None:
    """The desk may still be able to open it."""
    assert screen(SVG, broken) == (Verdict("broken", Kind.SVG), b"")


def test_entities_that_unfold_for_ever_end_soon() -> None:
    """A bomb is refused by the reader; the drawing is kept as it came."""
    nested = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE svg [<!ENTITY e0 "lol">{nested}]><svg xmlns="http://www.w3.org/2000/svg">&e9;</svg>'
    assert screen(SVG, bomb.encode())[0].cleaning in ("broken", "too_complex")


def test_a_web_page_with_a_drawing_in_it_is_no_drawing() -> None:
    """Only what begins as a drawing is one."""
    assert screen(Request("a.html", "text/html"), b"<html><svg></svg></html>")[0].cleaning == "unknown_kind"
    assert screen(SVG, b"<html><svg></svg></html>")[0].cleaning == "disguised"
