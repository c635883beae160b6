"""Pictures lose what they tell and keep what they show."""

import io

import pytest
from PIL import Image, ImageOps

from bot.screening import cleaning
from bot.screening.cleaning import screen
from bot.screening.kinds import Kind
from bot.screening.pixels import look_of
from bot.screening.stripped import Stripped
from bot.screening.wire import Request
from tests.support.people_files import FORMATS, TOLD, photo, picture, plain

#: Kinds whose photo carries an Exif block.
WITH_EXIF = (Kind.JPEG, Kind.PNG, Kind.WEBP)


def cleaned(data: bytes, kind: Kind) -> tuple[bytes, set[str]]:
    """What is left of a file, and what was taken out; it must have been cleaned."""
    verdict, left = screen(Request(f"a.{FORMATS[kind].lower()}", ""), data)
    assert (verdict.cleaning, verdict.media_type) == ("cleaned", kind)
    return left, set(verdict.removed)


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind is not Kind.BMP])
def test_a_photo_tells_nothing_once_cleaned(kind: Kind) -> None:
    """No name, camera, program or moment is left anywhere in the bytes, and the pixels are the same."""
    data = photo(kind)
    left, _ = cleaned(data, kind)
    assert [told for told in TOLD if told in left] == []
    assert look_of(left, kind) == look_of(data, kind)


@pytest.mark.parametrize("kind", WITH_EXIF)
def test_it_is_told_what_a_photo_would_have_told(kind: Kind) -> None:
    """Place, author, device and time are each found and named."""
    _, removed = cleaned(photo(kind), kind)
    assert removed >= {"place", "author", "device", "time", "software", "profile"}


@pytest.mark.parametrize("kind", FORMATS)
def test_what_was_cleaned_once_has_nothing_left_to_clean(kind: Kind) -> None:
    """The second time nothing is found, and the bytes are not touched."""
    left, _ = cleaned(photo(kind) + b"hidden", kind)
    verdict, again = screen(Request(f"a.{FORMATS[kind].lower()}", ""), left)
    assert (verdict.cleaning, verdict.removed, again) == ("nothing_found", (), b"")


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind is not Kind.TIFF])
def test_a_picture_that_tells_nothing_stays_byte_for_byte(kind: Kind) -> None:
    """Evidence is not touched without a reason; a TIFF has room for loose ends in which nobody can look."""
    verdict, left = screen(Request(f"a.{FORMATS[kind].lower()}", ""), plain(kind))
    assert (verdict.cleaning, left) == ("nothing_found", b"")


@pytest.mark.parametrize("kind", WITH_EXIF)
@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_photo_stays_the_right_way_up(kind: Kind, orientation: int) -> None:
    """What a viewer shows is the same before and after, although all else is gone."""
    data = photo(kind, orientation)
    left, _ = cleaned(data, kind)
    before, after = (ImageOps.exif_transpose(Image.open(io.BytesIO(each))) for each in (data, left))
    assert (before.size, before.tobytes()) == (after.size, after.tobytes())
    assert dict(Image.open(io.BytesIO(left)).getexif()) == {0x0112: orientation}


@pytest.mark.parametrize("kind", FORMATS)
def test_data_hidden_behind_the_end_are_cut_off(kind: Kind) -> None:
    """What a viewer never shows does not travel along."""
    left, removed = cleaned(plain(kind) + b"Hanako was here", kind)
    assert b"Hanako" not in left
    assert removed <= {"trailing", "other"}


def test_the_second_picture_behind_a_photo_is_cut_off() -> None:
    """Phones append previews, which show what was cropped away."""
    left, removed = cleaned(plain(Kind.JPEG) + plain(Kind.JPEG, 16), Kind.JPEG)
    assert (left, removed) == (plain(Kind.JPEG), {"thumbnail"})


def test_a_preview_in_the_header_is_cut_out() -> None:
    """JFIF has room for a small picture of its own."""
    data = plain(Kind.JPEG)
    jfif = data[4:20]
    grown = b"\xff\xd8\xff\xe0" + (16 + 3).to_bytes(2, "big") + jfif[2:14] + b"\x01\x01" + b"abc" + data[20:]
    left, removed = cleaned(grown, Kind.JPEG)
    assert (left, removed) == (data, {"thumbnail"})


def test_a_progressive_photo_is_cut_without_being_drawn_anew() -> None:
    """Several scans, each with its own coded data, pass as they are."""
    out = io.BytesIO()
    picture().save(out, "JPEG", progressive=True, comment=b"Hanako")
    left, removed = cleaned(out.getvalue(), Kind.JPEG)
    assert (b"Hanako" in left, removed) == (False, {"comment"})


@pytest.mark.parametrize("kind", [Kind.GIF, Kind.PNG, Kind.WEBP])
def test_a_moving_picture_goes_on_moving(kind: Kind) -> None:
    """Every frame and its duration stays."""
    out, frames = io.BytesIO(), [picture(), picture().rotate(90), picture().rotate(180)]
    frames[0].save(out, FORMATS[kind], save_all=True, append_images=frames[1:], duration=[100, 200, 300], loop=0)
    left, _ = cleaned(out.getvalue() + b"hidden", kind)
    assert Image.open(io.BytesIO(left)).n_frames == len(frames)  # type: ignore[attr-defined]
    assert look_of(left, kind) == look_of(out.getvalue(), kind)


def test_every_page_of_a_scan_stays() -> None:
    """A TIFF of several pages is written anew whole."""
    out, pages = io.BytesIO(), [picture(), picture().rotate(90).convert("L"), picture().convert("1")]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], software="Darkroom", dpi=(300, 300))
    left, removed = cleaned(out.getvalue(), Kind.TIFF)
    assert look_of(left, Kind.TIFF) == look_of(out.getvalue(), Kind.TIFF)
    assert (b"Darkroom" in left, removed) == (False, {"software"})
    assert Image.open(io.BytesIO(left)).info["dpi"] == (300, 300)


def test_a_photo_that_cannot_be_cut_is_drawn_anew() -> None:
    """Bytes between segments, which decoders pass over, do not save a photo's metadata."""
    data = photo(Kind.JPEG, orientation=6)
    verdict, left = screen(Request("a.jpg", ""), data[:20] + b"stray" + data[20:])
    assert (verdict.cleaning, "place" in verdict.removed) == ("redrawn", True)
    assert [told for told in TOLD if told in left] == []
    assert Image.open(io.BytesIO(left)).size == picture().size[::-1]


@pytest.mark.parametrize(
    ("label", "told"), [(b"XMP DataXMP", "author"), (b"ICCRGBG1012", "profile"), (b"DARKROOM1.0", "other")]
)
def test_what_programs_add_to_a_gif_is_taken_out(label: bytes, told: str) -> None:
    """Only how often it is played may stay."""
    data = plain(Kind.GIF)
    note = b"\x21\xff\x0b" + label + b"\x18dc:creator=Hanako Pixelc\0"
    left, removed = cleaned(data[:-1] + note + b";", Kind.GIF)
    assert (left, removed) == (data, {told})


@pytest.mark.parametrize("kind", [Kind.JPEG, Kind.PNG, Kind.GIF, Kind.WEBP])
def test_a_cut_that_would_change_the_picture_is_not_used(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    """The picture is drawn anew then, and shows what it showed."""
    other = Stripped(plain(kind, 16), set())
    monkeypatch.setitem(cleaning._CUTS, kind, lambda _: other)  # noqa: SLF001 - a fault that no file is known to cause
    verdict, left = screen(Request("a", kind), photo(kind))
    assert verdict.cleaning == ("redrawn" if kind is Kind.JPEG else "cleaned")
    assert [told for told in TOLD if told in left] == []
    assert kind is Kind.JPEG or look_of(left, kind) == look_of(photo(kind), kind)
