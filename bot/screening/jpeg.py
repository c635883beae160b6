"""JPEG without what it tells besides the picture; not one pixel changes, since nothing is decoded.

What decoding needs is on a list; every other segment goes, and whatever stands behind the end. Which way is up is kept.
Source: ITU-T T.81, annex B.
"""

import re

from bot.screening.stripped import MalformedError, Stripped
from bot.screening.traces import exif_that_turns, in_exif, in_xmp
from bot.screening.wire import Trace

_START, _END = b"\xff\xd8", 0xD9
_SCAN, _COMMENT = 0xDA, 0xFE
_APP0, _APP1, _APP2, _APP14 = 0xE0, 0xE1, 0xE2, 0xEE

#: Frames (SOF0 to SOF15, among them DHT and DAC), SOS, DQT, DNL, DRI, DHP, EXP.
_NEEDED = frozenset(range(0xC0, 0xD0)) - {0xC8} | frozenset(range(0xDA, 0xE0))

#: Coded data end at a marker that is neither a stuffed zero nor a restart.
_NEXT = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")

_EXIF = b"Exif\0\0"
_XMP = b"http://ns.adobe.com/x"
_JFIF, _JFIF_FIELDS = b"JFIF\0", 12
_ADOBE, _ADOBE_FIELDS = b"Adobe", 12

_TOLD: tuple[tuple[int, bytes, Trace], ...] = (
    (_COMMENT, b"", "comment"),
    (_APP0, b"JFXX\0", "thumbnail"),
    (_APP2, b"ICC_PROFILE\0", "profile"),
    (_APP2, b"MPF\0", "thumbnail"),
)

#: Marker, what stands in its segment, coded data behind it.
_Part = tuple[int, bytes, bytes]


def strip_jpeg(data: bytes, *, upright: bool = True) -> Stripped:
    """Cut everything out of a JPEG that its picture does not need. Raises `MalformedError`.

    With `upright` false the orientation goes as well: inside a PDF nobody reads it.
    """
    parts, end = _parts(data)
    kept, traces, orientation = [_START], set[Trace](), 1
    for marker, body, coded in parts:
        needed = _needed(marker, body)
        if needed:
            kept.append(_segment(marker, needed) + coded)
            if len(needed) < len(body):
                traces.add("thumbnail" if marker == _APP0 else "other")
        elif marker == _APP1 and body.startswith(_EXIF):
            found, orientation = in_exif(body[len(_EXIF) :])
            traces |= found
        else:
            traces |= _told(marker, body)
    if upright and orientation != 1:
        # JFIF must come first where it is present; readers of Exif look behind it.
        kept.insert(2 if kept[1:2] and kept[1].startswith(b"\xff\xe0") else 1, _turn(orientation))
    if end < len(data):
        traces.add("thumbnail" if data.startswith(_START, end) else "trailing")
    return Stripped(b"".join((*kept, b"\xff\xd9")), traces)


def _parts(data: bytes) -> tuple[list[_Part], int]:
    """Take a JPEG apart, up to its end, and say where that is."""
    parts: list[_Part] = []
    at = len(_START)
    while found := _NEXT.match(data, at):
        marker, at = found[1][0], found.end()
        if marker == _END:
            return parts, at
        length = int.from_bytes(data[at : at + 2], "big")
        body = data[at + 2 : at + length]
        if len(body) != length - 2:
            break
        at += length
        coded_to = _coded_to(data, at) if marker == _SCAN else at
        parts.append((marker, body, data[at:coded_to]))
        at = coded_to
    raise MalformedError


def _coded_to(data: bytes, at: int) -> int:
    found = _NEXT.search(data, at)
    if found is None:
        raise MalformedError
    return found.start()


def _needed(marker: int, body: bytes) -> bytes:
    """Give what decoding needs of a segment; nothing if it can go."""
    if marker in _NEEDED:
        return body
    if marker == _APP0 and body.startswith(_JFIF) and len(body) >= _JFIF_FIELDS:
        return body[:_JFIF_FIELDS] + b"\0\0"
    if marker == _APP14 and body.startswith(_ADOBE) and len(body) >= _ADOBE_FIELDS:
        return body[:_ADOBE_FIELDS]
    return b""


def _told(marker: int, body: bytes) -> set[Trace]:
    if marker == _APP1 and body.startswith(_XMP):
        return in_xmp(body)
    return {next((trace for at, prefix, trace in _TOLD if marker == at and body.startswith(prefix)), "other")}


def _turn(orientation: int) -> bytes:
    return _segment(_APP1, _EXIF + exif_that_turns(orientation))


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body
