"""Files that no room here cleans, told by what is in them: Office and OpenDocument packages, books, sounds.

Looks into the table of contents of a package and unpacks nothing but two small parts. Says what may be lent to another
kind of child, and what nobody should clean: whatever is locked, or holds programs of its own.
"""

import io
import re
import zipfile

from msgspec import Struct

from bot.screening.lent import MEDIA_TYPES
from bot.screening.wire import Cleaning


class Foreign(Struct, frozen=True):
    """A kind of file: its ending, empty where it is not to be cleaned by anybody, and why."""

    ending: str
    media_type: str = ""
    cleaning: Cleaning = "unknown_kind"


_ENDING_OF = {media_type: ending for ending, media_type in MEDIA_TYPES.items()}

#: ECMA-376 part 1: where the main part of each kind lies.
_MAIN_PARTS = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("ppt/presentation.xml", "pptx"))
#: OpenDocument 1.3 part 2 and EPUB OCF: a small part that names the kind, and the one that names what is encrypted.
_MIMETYPE, _MANIFEST, _ENCRYPTION = "mimetype", "META-INF/manifest.xml", "META-INF/encryption.xml"
_MOST_SMALL = 1 << 20
#: Programs inside: those of Office, its older sheets of commands, and those of OpenDocument.
_PROGRAM = re.compile(
    r"(?:^|/)vba(?:Project|Data)\.(?:bin|xml)$|/macrosheets/|^(?:Basic|Scripts)/.+[^/]$", re.IGNORECASE
)

_SOUNDS = (
    (re.compile(rb"ID3[\2-\4]|\xff[\xfb\xf3\xf2\xfa]"), "mp3"),
    (re.compile(rb"OggS\0"), "ogg"),
    (re.compile(rb"fLaC"), "flac"),
)

#: Photos as newer telephones take them (ISO 23008-12, annex B; AVIF 1.1): nothing here can read them.
_PHOTO = re.compile(rb".{4}ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1|avif|avis)", re.DOTALL)

#: Compound files, as older Office wrote them and newer Office wraps what has a password ([MS-CFB], [MS-OFFCRYPTO]).
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WRAPPED, _OLD_PROGRAM = "EncryptedPackage".encode("utf-16-le"), "_VBA_PROJECT".encode("utf-16-le")


def foreign_of(data: bytes) -> Foreign | None:
    """Tell what a file is that is not cleaned here; None for what is unknown here, too. Never raises."""
    if data.startswith(_COMPOUND):
        return _compound(data)
    if _PHOTO.match(data):
        return Foreign("", "image/heic", "unknown_photo")
    for opening, ending in _SOUNDS:
        if opening.match(data):
            return Foreign(ending, MEDIA_TYPES[ending])
    if not data.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _package(package)
    except Exception:  # noqa: BLE001 - hostile bytes may raise anything; then it is no package
        return None


def _compound(data: bytes) -> Foreign | None:
    if _WRAPPED in data:
        return Foreign("", cleaning="locked")
    return Foreign("", cleaning="macros") if _OLD_PROGRAM in data else None


def _package(package: zipfile.ZipFile) -> Foreign | None:
    names = set(package.namelist())
    ending = next((ending for part, ending in _MAIN_PARTS if part in names), "")
    ending = ending or _ENDING_OF.get(_small(package, _MIMETYPE).strip(), "")
    if not ending:
        return None
    media_type = MEDIA_TYPES[ending]
    if any(_PROGRAM.search(name) for name in names):
        return Foreign("", media_type, "macros")
    if _ENCRYPTION in names or "encryption-data" in _small(package, _MANIFEST) or _any_locked(package):
        return Foreign("", media_type, "locked")
    return Foreign(ending, media_type)


def _small(package: zipfile.ZipFile, name: str) -> str:
    """Read a part that is small in every honest package; empty where it is missing or is not."""
    found = package.NameToInfo.get(name)
    return package.read(found).decode("utf-8", "replace") if found and found.file_size <= _MOST_SMALL else ""


def _any_locked(package: zipfile.ZipFile) -> bool:
    # Bit 0 of the flags (APPNOTE 4.4.4).
    return any(part.flag_bits & 1 for part in package.infolist())
