"""WebP without what it tells besides the picture; not one pixel changes, since nothing is decoded. Source: RFC 9649."""

from bot.screening.stripped import MalformedError, Stripped
from bot.screening.traces import exif_that_turns, in_exif, in_xmp
from bot.screening.wire import Trace

_HEADER = 12
_NEEDED = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"))

#: Bits of VP8X that announce a colour profile, Exif and XMP (RFC 9649, 2.7).
_PROFILE, _EXIF, _XMP = 0x20, 0x08, 0x04


def strip_webp(data: bytes) -> Stripped:
    """Cut everything out of a WebP that its picture does not need. Raises `MalformedError`."""
    kept, traces, orientation = list[bytes](), set[Trace](), 1
    end = 8 + int.from_bytes(data[4:8], "little")
    at = _HEADER
    while at < end:
        name, body, whole = _chunk(data[:end], at)
        at += len(whole)
        if name == b"EXIF":
            found, orientation = in_exif(body.removeprefix(b"Exif\0\0"))
            traces |= found
        elif name in _NEEDED:
            kept.append(whole)
        else:
            traces |= _told(name, body)
    if end < len(data):
        traces.add("trailing")
    turns = orientation != 1 and kept[:1] != [] and kept[0].startswith(b"VP8X")
    if turns:
        kept.append(_made(b"EXIF", exif_that_turns(orientation)))
    body = b"".join(_announcing(chunk, exif=turns) for chunk in kept)
    return Stripped(b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body, traces)


def _chunk(data: bytes, at: int) -> tuple[bytes, bytes, bytes]:
    length = int.from_bytes(data[at + 4 : at + 8], "little")
    body = data[at + 8 : at + 8 + length]
    # An odd chunk has one more byte that says nothing; some writers leave it out at the end.
    whole = data[at : at + 8 + length + length % 2]
    if len(body) != length or not whole:
        raise MalformedError
    return whole[:4], body, whole


def _told(name: bytes, body: bytes) -> set[Trace]:
    if name == b"XMP ":
        return in_xmp(body)
    return {"profile" if name == b"ICCP" else "other"}


def _announcing(chunk: bytes, *, exif: bool) -> bytes:
    """Make VP8X say what is still there."""
    if not chunk.startswith(b"VP8X"):
        return chunk
    flags = chunk[8] & ~(_PROFILE | _EXIF | _XMP) | (_EXIF if exif else 0)
    return chunk[:8] + bytes((flags,)) + chunk[9:]


def _made(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)
