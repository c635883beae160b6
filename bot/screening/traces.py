"""What in a file's metadata tells on whom: tables from tags to kinds of trace.

Only kinds leave this room, never what a tag says. Metadata that cannot be read counts as `other`: it is removed all the
same.
"""

import re

from PIL import Image

from bot.screening.wire import Trace

_ORIENTATION = 0x0112
_GPS, _EXIF, _THUMBNAIL = 0x8825, 0x8769, 1

#: Tags of TIFF that say how to draw, and so tell nothing (TIFF 6.0, sections 8 to 22).
_DRAWING = frozenset(
    (*range(254, 267), *range(273, 285), 292, 293, 296, 297, 301, *range(317, 321), *range(338, 348), *range(512, 533))
)

#: Tags of Exif 3.0 and of Windows. What is missing here is removed too, as `other`.
_EXIF_TAGS: dict[int, Trace] = {
    0x010E: "comment",  # ImageDescription
    0x010F: "device",  # Make
    0x0110: "device",  # Model
    0x0131: "software",
    0x0132: "time",
    0x013B: "author",  # Artist
    0x013C: "device",  # HostComputer
    0x8298: "author",  # Copyright
    0x83BB: "author",  # IPTC
    0x8773: "profile",  # colour profile
    0x9003: "time",
    0x9004: "time",
    0x9010: "time",  # offset from UTC
    0x927C: "device",  # MakerNote
    0x9286: "comment",
    0x9C9B: "title",
    0x9C9C: "comment",
    0x9C9D: "author",
    0xA420: "device",  # unique id
    0xA430: "author",  # CameraOwnerName
    0xA431: "device",  # serial number
    0xA433: "device",
    0xA434: "device",
    0xA435: "device",
}

#: Properties of XMP, by what stands in its text.
_XMP_WORDS: tuple[tuple[bytes, Trace], ...] = (
    (rb"exif:GPS|photoshop:City|Iptc4xmpCore:Location", "place"),
    (rb"dc:creator|dc:rights|AuthorsPosition|aux:OwnerName|pdf:Author", "author"),
    (rb"tiff:Make|tiff:Model|SerialNumber|aux:Lens", "device"),
    (rb"xmp:CreateDate|xmp:ModifyDate|MetadataDate|DateTimeOriginal|DateCreated", "time"),
    (rb"dc:title|photoshop:Headline|pdf:Keywords", "title"),
    (rb"dc:description|UserComment", "comment"),
    (rb"xmp:CreatorTool|pdf:Producer|softwareAgent", "software"),
    (rb"xmpMM:History", "history"),
    (rb"xmp:Thumbnails", "thumbnail"),
)


def in_exif(block: bytes) -> tuple[set[Trace], int]:
    """List the traces in an Exif block (TIFF header first), and its orientation, 1 to 8."""
    exif = Image.Exif()
    try:
        exif.load(b"Exif\0\0" + block)
        return in_tags(exif), _sound(exif.get(_ORIENTATION))
    except Exception:  # noqa: BLE001 - whatever a hostile block does to the reader, the block goes
        return {"other"}, 1


def in_tags(exif: Image.Exif) -> set[Trace]:
    """List the traces among tags that Pillow has read."""
    inner = exif.get_ifd(_EXIF)
    found: set[Trace] = {_EXIF_TAGS[tag] for tag in (*exif, *inner) if tag in _EXIF_TAGS}
    if exif.get_ifd(_GPS):
        found.add("place")
    if exif.get_ifd(_THUMBNAIL):
        found.add("thumbnail")
    return found or ({"other"} if set(exif) - _DRAWING else set())


def in_xmp(packet: bytes) -> set[Trace]:
    """List the traces in an XMP packet."""
    return {trace for words, trace in _XMP_WORDS if re.search(words, packet, re.IGNORECASE)} or {"other"}


def exif_that_turns(orientation: int) -> bytes:
    """Make the smallest Exif block (TIFF header first) that says which way is up, and nothing else."""
    entry = _ORIENTATION.to_bytes(2, "little") + b"\x03\0\x01\0\0\0" + orientation.to_bytes(2, "little") + b"\0\0"
    return b"II*\0\x08\0\0\0\x01\0" + entry + b"\0\0\0\0"


def _sound(orientation: object) -> int:
    return orientation if isinstance(orientation, int) and 1 <= orientation <= 8 else 1  # noqa: PLR2004 - Exif 3.0
