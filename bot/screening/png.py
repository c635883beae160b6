"""PNG without what it tells besides the picture; not one pixel changes, since nothing is unpacked.

Chunks that draw are on a list; every other one goes, and whatever stands behind the end. Which way is up is kept.
Source: PNG (third edition), 5 and 11.
"""

from zlib import crc32

from bot.screening.stripped import MalformedError, Stripped
from bot.screening.traces import exif_that_turns, in_exif, in_xmp
from bot.screening.wire import Trace

_SIGNATURE = b"\x89PNG\r\n\x1a\n"

#: Colours by name or number, not by a profile: a profile of a screen names the screen.
_NEEDED = frozenset(
    (
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"tRNS",
        b"gAMA",
        b"sRGB",
        b"cICP",
        b"bKGD",
        b"sBIT",
        b"pHYs",
        b"acTL",
        b"fcTL",
        b"fdAT",
    )
)
_TEXTS = frozenset((b"tEXt", b"zTXt", b"iTXt"))
_TOLD: dict[bytes, Trace] = {b"tIME": "time", b"iCCP": "profile", b"cHRM": "profile"}

#: Keywords of texts (PNG, 11.3.3) and what programs put under them.
_KEYWORDS: dict[bytes, Trace] = {
    b"Author": "author",
    b"Copyright": "author",
    b"Creation Time": "time",
    b"Title": "title",
    b"Software": "software",
    b"Source": "device",
    b"date:create": "time",
    b"date:modify": "time",
    b"date:timestamp": "time",
    b"Raw profile type exif": "other",
}
_XMP = b"XML:com.adobe.xmp"

#: Bytes of a chunk besides its data: length, type, checksum.
_AROUND = 12


def strip_png(data: bytes) -> Stripped:
    """Cut everything out of a PNG that its picture does not need. Raises `MalformedError`."""
    kept, traces, orientation = [_SIGNATURE], set[Trace](), 1
    at, name = len(_SIGNATURE), b""
    while name != b"IEND":
        name, body, whole = _chunk(data, at)
        at += len(whole)
        if name == b"eXIf":
            found, orientation = in_exif(body)
            traces |= found
        elif name in _NEEDED:
            kept.append(whole)
        elif name != b"IEND":
            traces |= _told(name, body)
    if orientation != 1:
        kept.insert(2, _made(b"eXIf", exif_that_turns(orientation)))
    if at < len(data):
        traces.add("trailing")
    return Stripped(b"".join((*kept, _made(b"IEND", b""))), traces)


def _chunk(data: bytes, at: int) -> tuple[bytes, bytes, bytes]:
    length = int.from_bytes(data[at : at + 4], "big")
    whole = data[at : at + length + _AROUND]
    if len(whole) != length + _AROUND:
        raise MalformedError
    return whole[4:8], whole[8:-4], whole


def _told(name: bytes, body: bytes) -> set[Trace]:
    if name not in _TEXTS:
        return {_TOLD.get(name, "other")}
    keyword = body.partition(b"\0")[0]
    return in_xmp(body) if keyword == _XMP else {_KEYWORDS.get(keyword, "comment")}


def _made(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + crc32(name + body).to_bytes(4, "big")
