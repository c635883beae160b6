"""What a file is, told by its first bytes and never by its name; and who else might read the same bytes differently.

Compares bytes only: nothing is decoded or unpacked here.
"""

import re
from enum import StrEnum


class Kind(StrEnum):
    """A kind of file that can be cleaned; the value is its media type."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    GIF = "image/gif"
    WEBP = "image/webp"
    BMP = "image/bmp"
    TIFF = "image/tiff"
    PDF = "application/pdf"
    SVG = "image/svg+xml"


#: How a file begins. Sources: ISO 10918-1, PNG 3rd ed., GIF89a, RFC 9649, TIFF 6.0; BMP has two more checks below.
_OPENINGS = (
    (re.compile(rb"\xff\xd8\xff"), Kind.JPEG),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), Kind.PNG),
    (re.compile(rb"GIF8[79]a"), Kind.GIF),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), Kind.WEBP),
    (re.compile(rb"BM.{4}\0{4}.{4}[\x0c\x28\x40\x6c\x7c]\0{3}", re.DOTALL), Kind.BMP),
    (re.compile(rb"II\*\0|MM\0\*"), Kind.TIFF),
)

#: PDF readers accept a header anywhere in the first KiB (ISO 32000-1, H.3, note 13).
_PDF_WITHIN = 1024
_PDF = b"%PDF-"

#: What may stand before the root of a drawing: a byte-order mark, and declarations and remarks of XML.
_DRAWING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE\s+svg\b[^\[>]*(?:\[.*?\]\s*)?>\s*)*<(?:svg:)?svg[\s>]",
    re.DOTALL,
)
_DRAWING_WITHIN = 16_384

#: A document that is whole inside another: cutting it off would lose it, so such a file is left alone.
_ARCHIVES = (
    # End of central directory, one disk, no comment longer than 64 KiB (APPNOTE 4.3.16).
    ("zip", re.compile(rb"PK\x05\x06\0\0\0\0(..)\1", re.DOTALL), 65_557),
    ("rar", re.compile(rb"Rar!\x1a\x07(?:\0|\x01\0)"), 0),
    ("7z", re.compile(rb"7z\xbc\xaf\x27\x1c"), 0),
)

#: Browsers look for these near the beginning, whatever stands before them.
_PAGE = re.compile(rb"<(?:!doctype html|html|head|body|script|iframe|svg)\b", re.IGNORECASE)

_ENDINGS = {
    Kind.JPEG: ("jpg", "jpeg", "jpe", "jfif"),
    Kind.PNG: ("png", "apng"),
    Kind.GIF: ("gif",),
    Kind.WEBP: ("webp",),
    Kind.BMP: ("bmp", "dib"),
    Kind.TIFF: ("tif", "tiff"),
    Kind.PDF: ("pdf",),
    Kind.SVG: ("svg",),
}
_KIND_OF_ENDING = {ending: kind for kind, endings in _ENDINGS.items() for ending in endings}

#: Endings that promise something else. Other endings promise nothing: people put dates and remarks behind dots.
_OTHER_ENDINGS = frozenset(
    (
        *("7z", "avi", "csv", "doc", "docm", "docx", "eml", "epub", "exe", "flac", "heic", "heif", "htm", "html", "js"),
        *("m4a", "mov", "mp3", "mp4", "msg", "odg", "odp", "ods", "odt", "ogg", "ppt", "pptm", "pptx", "rar", "rtf"),
        *("txt", "wav", "xls", "xlsm", "xlsx", "zip"),
    )
)


def kind_of(data: bytes) -> Kind | None:
    """Tell what a file is; None for everything that cannot be cleaned here."""
    for opening, kind in _OPENINGS:
        if opening.match(data):
            return kind
    if _PDF in data[:_PDF_WITHIN]:
        return Kind.PDF
    return Kind.SVG if _DRAWING.match(data[:_DRAWING_WITHIN]) else None


def documents_within(data: bytes, kind: Kind) -> bool:
    """Whether the bytes are also a whole document or archive of another format."""
    is_pdf = kind is not Kind.PDF and _PDF in data[:_PDF_WITHIN]
    return is_pdf or any(
        pattern.search(data, max(0, len(data) - last) if last else 0) for _, pattern, last in _ARCHIVES
    )


def is_two_things(data: bytes, kind: Kind) -> bool:
    """Whether anybody could take these bytes for something else than `kind`, a web page included."""
    is_page = kind is not Kind.SVG and bool(_PAGE.search(data[:_PDF_WITHIN]))
    return kind_of(data) is not kind or documents_within(data, kind) or is_page


def promised(name: str, media_type: str) -> Kind | str | None:
    """Tell what the name says a file is, else what the sender says: a kind, another ending, or None for nothing."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in _OTHER_ENDINGS:
        return ending
    return _KIND_OF_ENDING.get(ending) or next((kind for kind in Kind if kind == media_type.lower()), None)
