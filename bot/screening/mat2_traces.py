"""What packages and sounds tell of whoever made them, as kinds of traces: tables from names of fields to kinds.

Knows nothing but Python's own library. Only kinds leave this room, never what a field says.
"""

import re
import zipfile
from collections.abc import Iterable

#: Fields that describe a document or a sound, by a word in their name: Dublin Core, Office's and OpenDocument's own,
#: ID3 2.4 and Vorbis comments. The first that fits counts.
_FIELDS = (
    ("place", r"gps|location|place"),
    ("author", r"creator|author|artist|lastmodifiedby|printed-by|manager|company|publisher|performer|copyright|rights"),
    ("author", r"^t(?:pe\d|com|ext|cop|own|pub)|composer|organization|contact|license"),
    ("time", r"creat(?:ed|ion)|modified|date|^year|printed|^t(?:drc|dor|drl|den|yer)|editing-duration|totaltime"),
    ("software", r"application|appversion|generator|producer|encod|^ts(?:se)|tool|template"),
    ("history", r"revision|editing-cycles|version"),
    ("title", r"title|subject|keyword|category|album|genre|tracknumber|^t(?:it\d|alb|con|rck)"),
    ("comment", r"description|comment|remark|lyrics|^(?:comm|uslt)"),
    ("thumbnail", r"picture|cover|^apic"),
)
_KINDS = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _FIELDS)

#: Parts of a package that tell by being there.
_PARTS = (
    ("author", re.compile(r"/people\.xml$")),
    ("comment", re.compile(r"/comments\w*\.xml$")),
    ("device", re.compile(r"/printerSettings/")),
    ("thumbnail", re.compile(r"^Thumbnails/|^docProps/thumbnail")),
    ("other", re.compile(r"^customXml/|^docProps/custom|^\[trash\]/|^Configurations2/|^layout-cache$")),
)

_DESCRIPTIONS = re.compile(r"^docProps/.+\.xml$|^meta\.xml$|\.opf$|iTunesMetadata\.plist$")
_FIELD = re.compile(rb"<(?:[\w.-]+:)?([\w.-]+)(?:\s[^<>]*)?>\s*[^<>\s]")
#: Counts and measures, which tell of the document only; and what a book must have.
_HARMLESS = re.compile(
    r"^(?:Pages|Words|Characters\w*|Lines|Paragraphs|Slides|\w*Slides|Notes|identifier|language|item)$"
)

#: Remains of how a document was written: numbers of sittings, and what was changed by whom.
_SITTINGS = re.compile(rb"\bw:rsid|<w:(?:ins|del)\s|<text:tracked-changes")
_WRITTEN = re.compile(r"^word/[^/]+\.xml$|^content\.xml$")
#: The earliest day that a ZIP can name, which cleaned ones bear.
_NO_DAY = (1980, 1, 1, 0, 0, 0)
_PICTURE, _EXIF = (
    re.compile(r"\.(?:jpe?g|png|tiff?)$", re.IGNORECASE),
    re.compile(rb"Exif\0\0|eXIf|ns\.adobe\.com/xap|tEXt|iTXt"),
)


def traces_of_fields(names: Iterable[str]) -> set[str]:
    """Tell kinds from the names of fields; one that is in no table counts as `other`."""
    kinds = set()
    for name in names:
        kinds.add(next((kind for kind, words in _KINDS if words.search(name)), "other"))
    return kinds


def traces_in(package: zipfile.ZipFile) -> set[str]:
    """List the kinds of traces in a package."""
    parts = package.infolist()
    found = {"time"} if any(part.date_time != _NO_DAY for part in parts) else set()
    for part in parts:
        found |= {kind for kind, name in _PARTS if name.search(part.filename)}
        if _DESCRIPTIONS.search(part.filename):
            found |= traces_of_fields(_fields(package.read(part)))
        elif _WRITTEN.search(part.filename) and _SITTINGS.search(package.read(part)):
            found.add("history")
        elif _PICTURE.search(part.filename) and _EXIF.search(package.read(part)):
            found.add("other")
    return found


def _fields(description: bytes) -> set[str]:
    names = {name.decode() for name in _FIELD.findall(description)}
    return {name for name in names if not _HARMLESS.search(name)}
