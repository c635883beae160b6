"""PDFs lose what they tell and do by themselves, and keep their pages; what stays is said to stay."""

import io
from typing import cast

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Encryption, Name, Stream, String

from bot.screening.cleaning import screen
from bot.screening.kinds import Kind
from bot.screening.wire import Request, Verdict
from tests.support.people_files import TOLD, document, photo, with_photo, with_remark, with_scripts, written


def screened(data: bytes) -> tuple[Verdict, bytes]:
    """Look at a PDF."""
    return screen(Request("a.pdf", Kind.PDF), data)


def test_a_document_tells_nothing_once_cleaned() -> None:
    """Description and XMP are gone, and it is said what they told."""
    verdict, left = screened(written(document()))
    assert (verdict.cleaning, verdict.removed) == ("cleaned", ("place", "author", "time", "software"))
    assert [told for told in TOLD if told in left] == []


def test_what_was_cleaned_once_has_nothing_left_to_clean() -> None:
    """The second time nothing is found, and the bytes are not touched."""
    _, left = screened(written(with_photo(with_remark(with_scripts(document())))))
    verdict, again = screened(left)
    assert (verdict.cleaning, again) == ("nothing_found", b"")


def test_a_document_does_nothing_by_itself_any_more() -> None:
    """Scripts and programs are taken out wherever they hang: at opening, at events, by name, behind a link."""
    verdict, left = screened(written(with_scripts(document())))
    assert "scripts" in verdict.removed
    assert [word for word in (b"JavaScript", b"Launch", b"app.alert", b"Hanako.exe") if word in left] == []


def test_a_document_may_open_at_a_page() -> None:
    """To go somewhere is no script."""
    pdf = document()
    pdf.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]))
    verdict, left = screened(written(pdf))
    assert "scripts" not in verdict.removed
    with pikepdf.open(io.BytesIO(left)) as again:
        assert str(again.Root.OpenAction.S) == "/GoTo"


def test_a_remark_stays_and_who_made_it_goes() -> None:
    """The words on the page are evidence; the name of the account that typed them is not. Form fields keep names."""
    verdict, left = screened(written(with_remark(document())))
    assert b"Hanako" not in left
    assert set(verdict.removed) >= {"author", "time"}
    with pikepdf.open(io.BytesIO(left)) as again:
        remark, field = again.pages[0].Annots
        assert (str(remark.Contents), str(field.T), str(field.V)) == ("see here", "amount", "900")


def test_a_photo_in_a_document_is_cleaned_too() -> None:
    """Place and camera lie in the photo's own bytes; its picture stays."""
    verdict, left = screened(written(with_photo(document())))
    assert set(verdict.removed) >= {"place", "device"}
    assert [told for told in TOLD if told in left] == []
    with pikepdf.open(io.BytesIO(left)) as again:
        image = pikepdf.PdfImage(cast("Stream", again.pages[0].Resources.XObject.Im0))
        assert image.as_pil_image().size == (48, 96)


def test_names_of_resources_are_not_taken_for_metadata() -> None:
    """A font may bear any name, even one that means something elsewhere."""
    pdf = document()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.pages[0].Resources = Dictionary(Font=Dictionary({"/AA": font, "/Thumb": font, "/T": font, "/M": font}))
    _, left = screened(written(pdf))
    with pikepdf.open(io.BytesIO(left)) as again:
        assert set(again.pages[0].Resources.Font.keys()) == {"/AA", "/Thumb", "/T", "/M"}


def test_an_earlier_version_does_not_travel_along() -> None:
    """A document that was changed by appending still holds what it said before."""
    data = written(document(author="Hanako"))
    before = data.split()[-2].decode()
    table = len(data) + len(change := b"2 0 obj\n<< /Author (Nobody) >>\nendobj\n")
    added = f"xref\n2 1\n{len(data):010d} 00000 n \ntrailer\n<< /Info 2 0 R /Root 1 0 R /Size 7 /Prev {before} >>\n"
    verdict, left = screened(data + change + added.encode() + f"startxref\n{table}\n%%EOF\n".encode())
    assert "history" in verdict.removed
    assert b"Hanako" not in left


def test_a_file_inside_a_document_stays_and_is_said_to_stay() -> None:
    """Attachments are evidence. They are kept as they are, and the person is told."""
    pdf = document()
    pdf.attachments["ledger.csv"] = b"a;b;c"
    verdict, left = screened(written(pdf))
    assert (verdict.cleaning, "author" in verdict.removed) == ("part", True)
    with pikepdf.open(io.BytesIO(left)) as again:
        assert again.attachments["ledger.csv"].get_file().read_bytes() == b"a;b;c"


def test_a_locked_document_is_kept_as_it_came() -> None:
    """Nobody here has the password."""
    locked = written(document(), Encryption(owner="o", user="u"))
    assert screened(locked) == (Verdict("locked", Kind.PDF), b"")


def test_a_document_that_forbids_changes_is_cleaned_all_the_same() -> None:
    """Restrictions without a password to open are a request, and the reporter's safety comes first."""
    verdict, left = screened(written(document(), Encryption(owner="o", user="")))
    assert verdict.cleaning == "cleaned"
    with pikepdf.open(io.BytesIO(left)) as again:
        assert not again.is_encrypted


def test_a_signed_document_is_kept_as_it_came() -> None:
    """A digital signature is evidence that any change destroys."""
    pdf = document()
    mark = Dictionary(Type=Name.Sig, ByteRange=Array([0, 1, 2, 3]), Contents=String("signature"))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(Dictionary(FT=Name.Sig, V=mark))]))
    assert screened(written(pdf)) == (Verdict("signed", Kind.PDF), b"")


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
def test_a_truncated_document_is_kept_as_it_came(cut: float) -> None:
    """Guessing what a damaged document said would make evidence up."""
    data = written(with_photo(document()))
    assert screened(data[: int(len(data) * cut)]) == (Verdict("broken", Kind.PDF), b"")


def test_packed_pages_are_not_unpacked() -> None:
    """A page of a gigabyte of zeros passes in the few bytes that it takes packed."""
    pdf = document()
    pdf.pages[0].Contents = Stream(pdf, b"\x78\x9c" + b"\0" * 999, Filter=Name.FlateDecode)
    _, left = screened(written(pdf))
    with pikepdf.open(io.BytesIO(left)) as again:
        assert again.pages[0].Contents.read_raw_bytes() == b"\x78\x9c" + b"\0" * 999


def test_a_photo_that_is_no_sound_jpeg_does_not_stop_the_cleaning() -> None:
    """The rest of the document is cleaned, and the picture stays as it is."""
    pdf = with_photo(document())
    pdf.pages[0].Resources.XObject.Im0.write(photo(Kind.JPEG)[:400], filter=Name.DCTDecode)
    verdict, left = screened(written(pdf))
    assert (verdict.cleaning, bool(left)) == ("part", True)
