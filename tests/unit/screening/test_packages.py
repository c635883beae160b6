"""What packages tell, and what they say: told from their parts, whatever Python runs it."""

import io
import zipfile
from collections.abc import Mapping
from typing import get_args
from xml.etree.ElementTree import ParseError

import pytest

from bot.screening.mat2_traces import traces_in, traces_of_fields
from bot.screening.mat2_words import words_of
from bot.screening.wire import Trace
from tests.support.packages import docx, odt, packed


def opened(data: bytes | Mapping[str, str | bytes]) -> zipfile.ZipFile:
    """A package to look into."""
    return zipfile.ZipFile(io.BytesIO(data if isinstance(data, bytes) else packed(data)))


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("creator", "author"), ("lastModifiedBy", "author"), ("Company", "author"), ("TPE1", "author"),
        ("created", "time"), ("modified", "time"), ("creation-date", "time"), ("TDRC", "time"), ("date", "time"),
        ("Application", "software"), ("generator", "software"), ("TSSE", "software"), ("encoder", "software"),
        ("title", "title"), ("keywords", "title"), ("TIT2", "title"), ("album", "title"),
        ("description", "comment"), ("COMM::eng", "comment"), ("revision", "history"), ("editing-cycles", "history"),
        ("location", "place"), ("APIC:", "thumbnail"), ("anything", "other"),
    ],
)  # fmt: skip
def test_a_field_tells_by_its_name(field: str, kind: Trace) -> None:
    """What it says is not looked at; what is in no table counts all the same."""
    assert traces_of_fields([field]) == {kind}


def test_a_document_tells_by_its_fields_and_its_parts() -> None:
    """Each kind is one that people have words for."""
    found = traces_in(
        opened(docx(word_people__xml="", word_comments__xml="", customXml_a__xml="", docProps_thumbnail__jpeg=""))
    )
    assert found == {"author", "time", "title", "comment", "software", "thumbnail", "history", "other"}
    assert found <= set(get_args(Trace))
    assert {"author", "time"} <= traces_in(opened(odt()))


def test_pictures_inside_tell_by_what_they_carry() -> None:
    """A photo in a document says where it was taken, like any other."""
    bare = {"word/media/a.jpg": b"\xff\xd8\xff\xd9"}
    assert traces_in(opened({"word/media/a.jpg": b"\xff\xd8..Exif\0\0"})) - traces_in(opened(bare)) == {"other"}


def test_a_cleaned_package_tells_nothing() -> None:
    """Empty fields, counts, and the one day that a ZIP must name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in {
            "docProps/app.xml": "<Properties><Pages>3</Pages><Words>9</Words></Properties>",
            "docProps/core.xml": "<a><creator></creator></a>",
            "word/document.xml": "<a>text</a>",
        }.items():
            package.writestr(zipfile.ZipInfo(name), content)
    assert traces_in(zipfile.ZipFile(out)) == set()


def test_words_are_read_in_order_and_what_was_crossed_out_is_not() -> None:
    """Space does not count; each part that people read is there."""
    w = 'xmlns:w="w"'
    parts = {
        "word/document.xml": f"<a {w}>one <w:del>gone</w:del>two<b>three</b> four</a>",
        "word/footnotes.xml": "<a>note</a>",
        "ppt/slides/slide1.xml": "<a>slide</a>",
        "xl/sharedStrings.xml": "<a>cell</a>",
        "OEBPS/a.xhtml": "<html><head>not read</head><body>page</body></html>",
        "word/settings.xml": "not even XML",
    }
    assert words_of(opened(parts)) == {
        "OEBPS/a.xhtml": "page",
        "ppt/slides/slide1.xml": "slide",
        "word/document.xml": "onetwothreefour",
        "word/footnotes.xml": "note",
        "xl/sharedStrings.xml": "cell",
    }


def test_a_tower_of_elements_is_read_without_falling_over() -> None:
    """Depth is up to the sender."""
    assert words_of(opened({"content.xml": "<a>" * 20_000 + "x" + "</a>" * 20_000})) == {"content.xml": "x"}


def test_a_broken_part_is_no_part() -> None:
    """The child answers that it is broken."""
    with pytest.raises(ParseError):
        words_of(opened({"content.xml": "<a>"}))
