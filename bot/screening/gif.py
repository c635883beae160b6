"""GIF without what it tells besides the picture; not one pixel changes, since nothing is unpacked. Source: GIF89a."""

from bot.screening.stripped import MalformedError, Stripped
from bot.screening.traces import in_xmp
from bot.screening.wire import Trace

_EXTENSION, _PICTURE, _END = 0x21, 0x2C, 0x3B
_CONTROL, _COMMENT, _APPLICATION = 0xF9, 0xFE, 0xFF

#: How often the picture is played; all that other applications may say about it.
_LOOPS = (b"\x0bNETSCAPE2.0\x03\x01", b"\x0bANIMEXTS1.0\x03\x01")


def strip_gif(data: bytes) -> Stripped:
    """Cut everything out of a GIF that its picture does not need. Raises `MalformedError`."""
    at = 13 + _table(_byte(data, 10))
    kept, traces = [data[:at]], set[Trace]()
    while (mark := _byte(data, at)) != _END:
        if mark == _PICTURE:
            to = _blocks_end(data, at + 11 + _table(_byte(data, at + 9)))
            kept.append(data[at:to])
        elif mark == _EXTENSION:
            to = _blocks_end(data, at + 2)
            label, body = _byte(data, at + 1), data[at + 2 : to]
            if label == _CONTROL or (label == _APPLICATION and body.startswith(_LOOPS)):
                kept.append(data[at:to])
            else:
                traces |= _told(label, body)
        else:
            raise MalformedError
        at = to
    if at + 1 < len(data):
        traces.add("trailing")
    return Stripped(b"".join((*kept, b";")), traces)


def _byte(data: bytes, at: int) -> int:
    if at >= len(data):
        raise MalformedError
    return data[at]


def _table(packed: int) -> int:
    """Bytes of the colour table that a packed field announces."""
    return 3 << (packed & 7) + 1 if packed & 0x80 else 0


def _blocks_end(data: bytes, at: int) -> int:
    """Find the end of a row of sub-blocks."""
    while size := _byte(data, at):
        at += size + 1
    return at + 1


def _told(label: int, body: bytes) -> set[Trace]:
    if label == _COMMENT:
        return {"comment"}
    if label == _APPLICATION and body[1:9] == b"XMP Data":
        return in_xmp(body)
    return {"profile" if body[1:9] == b"ICCRGBG1" else "other"}
