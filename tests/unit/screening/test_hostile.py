"""Files made to hurt: each gets a verdict, none is lost, and none makes the room do anything but look."""

import io
import struct
import zipfile
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from bot.screening.cleaning import screen
from bot.screening.kinds import Kind
from bot.screening.wire import Request, Verdict
from tests.support.people_files import FORMATS, document, photo, plain, written


def verdict_on(data: bytes, name: str = "", media_type: str = "") -> Verdict:
    """What becomes of a file that must be kept as it came."""
    verdict, left = screen(Request(name, media_type), data)
    assert left == b""
    return verdict


def chunk(name: bytes, body: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def archive() -> bytes:
    """A ZIP archive with one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("ledger.csv", "a;b;c")
    return out.getvalue()


def test_a_picture_that_would_fill_the_memory_is_not_unpacked() -> None:
    """A few hundred bytes that claim forty thousand lines of forty thousand points."""
    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 9999))
        + chunk(b"IEND", b"")
    )
    assert verdict_on(bomb, "a.png") == Verdict("too_complex", Kind.PNG)


def test_many_frames_count_as_one_picture() -> None:
    """A GIF that unpacks to thousands of large frames stops where one too large picture stops."""
    one = plain(Kind.GIF)
    screen_size = struct.pack("<HH", 10_000, 8_000)
    frame = one[one.index(b"\x2c", 13 + 3 * 256) : -1]
    bomb = one[:6] + screen_size + one[10 : 13 + 3 * 256] + frame * 3 + b";"
    assert verdict_on(bomb, "a.gif").cleaning in ("too_complex", "broken")


def test_a_page_that_unpacks_to_gigabytes_stays_packed() -> None:
    """The document is cleaned in little memory, and its page is still small; packed twice it is no larger."""
    once = zlib.compress(b"\0" * 50_000_000, 1)
    pdf = document()
    pdf.pages[0].Contents = Stream(pdf, once, Filter=Name.FlateDecode)
    pdf.Root.Twice = Stream(pdf, zlib.compress(once), Filter=Array([Name.FlateDecode, Name.FlateDecode]))
    verdict, left = screen(Request("a.pdf", ""), written(pdf))
    assert (verdict.cleaning, once in left, len(left) < 3 * len(once)) == ("cleaned", True, True)


def test_metadata_that_unpack_to_gigabytes_are_not_unpacked() -> None:
    """What it would tell stays unknown; it is removed all the same."""
    pdf = document()
    bomb = Stream(pdf, zlib.compress(b"\0" * 50_000_000, 1), Type=Name.Metadata, Filter=Name.FlateDecode)
    pdf.pages[0].Metadata = bomb
    verdict, left = screen(Request("a.pdf", ""), written(pdf))
    assert ("other" in verdict.removed, b"Metadata" in left) == (True, False)


def test_a_document_of_nested_riddles_ends() -> None:
    """Structures that nest as deep as a parser goes are walked through without recursion."""
    pdf, knot = document(), Array([])
    for _ in range(90):
        knot = Array([knot, Dictionary(S=Name.JavaScript)])
    pdf.Root.Knot = knot
    verdict, left = screen(Request("a.pdf", ""), written(pdf))
    assert (verdict.cleaning, b"JavaScript" in left) == ("cleaned", False)


def test_a_document_that_contains_itself_ends() -> None:
    """Objects that point at each other are visited once."""
    pdf = document()
    one = pdf.make_indirect(Dictionary())
    one.Again = pdf.make_indirect(Dictionary(Back=one))
    pdf.Root.Knot = one
    verdict, _ = screen(Request("a.pdf", ""), written(pdf))
    assert verdict.cleaning == "cleaned"


@pytest.mark.parametrize("kind", FORMATS)
def test_an_archive_inside_a_picture_is_not_lost(kind: Kind) -> None:
    """Cut off it would be gone, and it may be the evidence: two things in one file are kept as they came."""
    assert verdict_on(plain(kind) + archive(), f"a.{FORMATS[kind].lower()}") == Verdict("mixed", kind)


def test_a_document_inside_a_picture_is_not_lost() -> None:
    """A PDF may begin anywhere in the first thousand bytes, such as in a note of a PNG."""
    data = plain(Kind.PNG)
    both = data[:33] + chunk(b"tEXt", b"x\0" + b"%PDF-1.4 and so on") + data[33:]
    assert verdict_on(both, "a.png") == Verdict("mixed", Kind.PNG)


def test_an_archive_behind_a_document_is_not_lost() -> None:
    """The same for a PDF that is a ZIP as well."""
    assert verdict_on(written(document()) + archive(), "a.pdf").cleaning == "mixed"


def test_a_web_page_in_a_photo_is_taken_out_with_its_segment() -> None:
    """A browser that is told to guess would have run it."""
    data = photo(Kind.JPEG)
    page = b"<html><script>alert(1)</script>"
    verdict, left = screen(Request("a.jpg", ""), data[:2] + b"\xff\xfe\0\x21" + page + data[2:])
    assert (verdict.cleaning, b"script" in left) == ("cleaned", False)


def test_a_document_that_does_not_begin_at_its_beginning_begins_there_afterwards() -> None:
    """Bytes before the header hide a PDF from guards, though readers open it."""
    shifted = b"<html>" + written(document())
    verdict, left = screen(Request("a.pdf", ""), shifted)
    assert (verdict.cleaning, left[:5]) in (("cleaned", b"%PDF-"), ("broken", b""))


@pytest.mark.parametrize(
    ("name", "data", "cleaning", "media_type"),
    [
        ("holiday.jpg", written(document()), "misnamed", Kind.PDF),
        ("ledger.pdf", plain(Kind.PNG), "misnamed", Kind.PNG),
        ("ledger.docx", plain(Kind.JPEG), "misnamed", Kind.JPEG),
        ("holiday.jpg", b"MZ\x90\0 a program", "disguised", "application/octet-stream"),
        ("ledger.pdf", b"<html><script>", "disguised", "application/octet-stream"),
        ("ledger.zip", archive(), "unknown_kind", "text/plain"),
        ("ledger.docx", archive(), "unknown_kind", "text/plain"),
        ("notes", b"", "unknown_kind", "text/plain"),
        ("raw.cr2", plain(Kind.TIFF), "unknown_kind", "text/plain"),
    ],
)
def test_a_file_is_taken_for_what_it_is(name: str, data: bytes, cleaning: str, media_type: str) -> None:
    """The name counts for nothing but the remark that it is wrong."""
    verdict, _ = screen(Request(name, "text/plain"), data)
    assert (verdict.cleaning, verdict.media_type) == (cleaning, media_type)


def test_dots_and_dates_in_a_name_promise_nothing() -> None:
    """Nobody is told that a name lies because it ends in a date."""
    assert verdict_on(plain(Kind.PNG), "scan.2026.11.22").cleaning == "nothing_found"


@pytest.mark.parametrize("kind", [*FORMATS, Kind.PDF])
def test_a_truncated_file_is_kept_as_it_came(kind: Kind) -> None:
    """Half a picture may still be evidence, and the desk may have better tools."""
    whole = photo(kind) if kind is not Kind.PDF else written(document())
    assert verdict_on(whole[: len(whole) // 2], "a", kind).cleaning in ("broken", "disguised", "unknown_kind")


def test_a_document_with_too_many_objects_is_kept_as_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    """Walking through millions of objects would take minutes."""
    monkeypatch.setattr("bot.screening.pdf.MOST_OBJECTS", 3)
    assert verdict_on(written(document()), "a.pdf") == Verdict("too_complex", Kind.PDF)


def test_a_decoder_out_of_memory_is_no_fault_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told as too large, not as broken."""

    def hungry(*_: object, **__: object) -> pikepdf.Pdf:
        raise MemoryError

    monkeypatch.setattr("bot.screening.pdf.pikepdf.open", hungry)
    assert verdict_on(written(document()), "a.pdf") == Verdict("too_complex", Kind.PDF)
