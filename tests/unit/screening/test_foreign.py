"""Files that are not cleaned here: what they are, what holds programs, what is locked."""

import pytest

from bot.screening.cleaning import screen
from bot.screening.lent import MEDIA_TYPES
from bot.screening.wire import Request, Verdict
from tests.support.packages import docx, odt, packed

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def judged(name: str, data: bytes) -> Verdict:
    """What is said of a file; it is kept as it came."""
    verdict, cleaned = screen(Request(name, "application/x"), data)
    assert cleaned == b""
    return verdict


@pytest.mark.parametrize(
    ("ending", "data"),
    [
        ("docx", docx()),
        ("xlsx", packed({"xl/workbook.xml": ""})),
        ("pptx", packed({"ppt/presentation.xml": ""})),
        ("odt", odt()),
        ("epub", packed({"mimetype": "application/epub+zip\n"})),
        ("mp3", b"ID3\x03\0"),
        ("ogg", b"OggS\0"),
        ("flac", b"fLaC"),
    ],
)
def test_whoever_may_know_how_is_told_what_it_is(ending: str, data: bytes) -> None:
    """Told by what is in it; one under the name of a photo is said to be in disguise besides."""
    assert judged(f"a.{ending}", data) == Verdict("unknown_kind", MEDIA_TYPES[ending], foreign=ending)
    assert judged("a.jpg", data) == Verdict("disguised", MEDIA_TYPES[ending], foreign=ending)


@pytest.mark.parametrize(
    "data",
    [
        docx(word_vbaProject__bin=b"\0"),
        docx(word_deep_VBAPROJECT__BIN=b"\0"),
        packed({"xl/workbook.xml": "", "xl/macrosheets/sheet1.xml": ""}),
        odt(Basic_Standard_Module1__xml="<m/>"),
        COMPOUND + "_VBA_PROJECT".encode("utf-16-le"),
    ],
)
def test_macros_are_said_whatever_the_name_hides(data: bytes) -> None:
    """The desk opens it with care; nobody else takes it apart."""
    assert {(each.cleaning, each.foreign) for each in (judged("a.docm", data), judged("a.docx", data))} == {
        ("macros", "")
    }


@pytest.mark.parametrize(
    "data",
    [
        odt(manifest="<encryption-data/>"),
        packed({"mimetype": "application/epub+zip", "META-INF/encryption.xml": ""}),
        COMPOUND + "EncryptedPackage".encode("utf-16-le"),
        docx().replace(b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\x01\0"),
    ],
)
def test_what_has_a_password_is_locked(data: bytes) -> None:
    """The person may write the password down for the desk."""
    assert judged("a.docx", data).cleaning == "locked"


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1", b"avif"])
def test_a_photo_that_cannot_be_read_gets_a_sentence_that_helps(brand: bytes) -> None:
    """What it is called does not matter; a film of the same family is no photo."""
    data = b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0mif1" + bytes(40)
    assert {judged(name, data) for name in ("a.heic", "a.jpg")} == {Verdict("unknown_photo", "image/heic")}
    assert judged("a.mp4", data.replace(brand, b"isom", 1)).cleaning == "unknown_kind"


@pytest.mark.parametrize("data", [packed({"a.txt": "words"}), b"PK\x03\x04" + bytes(99), COMPOUND, b"PK\x03\x04"])
def test_any_other_archive_stays_unknown(data: bytes) -> None:
    """Nothing is unpacked to find out."""
    assert judged("a.zip", data) == Verdict("unknown_kind", "application/x")


def test_a_part_that_says_it_is_endless_is_not_unpacked() -> None:
    """The small parts of a package are small, or are not looked at."""
    data = packed({"mimetype": b"application/epub+zip" + b" " * (2 << 20)})
    assert (len(data) < 9000, judged("a.zip", data).foreign) == (True, "")
