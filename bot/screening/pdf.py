"""PDF without what it tells besides its pages: rewritten whole, so that earlier versions and loose ends fall away.

Pages are not drawn and not changed. Files inside and forms of a kind of their own stay, and are said to stay. A signed
document is left alone: the signature is evidence and would break.
"""

import io
import re
from collections.abc import Iterator
from typing import cast

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from bot.screening.jpeg import strip_jpeg
from bot.screening.pdf_rules import DROPPED, INFO, is_hostile
from bot.screening.stripped import MalformedError, Stripped, UntouchableError
from bot.screening.traces import in_xmp
from bot.screening.wire import Trace

#: Objects of a document. A thousand pages of a scanner have a few thousand; walking through this many takes seconds.
MOST_OBJECTS = 200_000

_SECTION = re.compile(rb"startxref\s+[1-9]")
#: Word ends its files with a second, empty table for older readers: no earlier version.
_EMPTY_SECTION = re.compile(rb"xref\s+0 0\s+trailer")
#: Boxes of JPEG 2000 that hold notes (ISO 15444-1, annex I); they are rare, and left in.
_NOTES = (b"xml ", b"uuid")
_GO_TO = (Name.GoTo, Name.Named)


def strip_pdf(data: bytes) -> Stripped:
    """Rewrite a PDF without metadata, scripts and earlier versions.

    Raises `UntouchableError` for what is locked, signed or too large, and pikepdf's own error for what is broken.
    """
    with _opened(data) as pdf:
        if len(pdf.objects) > MOST_OBJECTS:
            raise UntouchableError("too_complex")
        traces, rest = _info(pdf), False
        for holder in list(_holders(pdf)):
            if "/ByteRange" in holder:
                raise UntouchableError("signed")
            found, stays = _picture(holder)
            traces |= _dropped(holder) | found
            rest |= stays or "/EF" in holder or "/XFA" in holder
        traces |= _opening(pdf)
        if len(_SECTION.findall(data)) - len(_EMPTY_SECTION.findall(data)) > 1:
            traces.add("history")
        return Stripped(_written(pdf), traces, rest=rest)


def _opened(data: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(io.BytesIO(data), attempt_recovery=False)
    except pikepdf.PasswordError as error:
        raise UntouchableError("locked") from error


def _info(pdf: pikepdf.Pdf) -> set[Trace]:
    if "/Info" not in pdf.trailer:
        return set()
    found: set[Trace] = {INFO.get(key, "other") for key in pdf.docinfo.keys()}  # noqa: SIM118 - no dict of Python's
    del pdf.trailer["/Info"]
    return found


def _holders(pdf: pikepdf.Pdf) -> Iterator[Object]:
    """Give every dictionary and stream of a document, nested ones included."""
    for top in pdf.objects:
        waiting: list[Object] = [top]
        while waiting:
            found = waiting.pop()
            if isinstance(found, Array):
                inner = list(found)
            elif isinstance(found, Dictionary | Stream):
                yield found
                inner = [value for _, value in found.items()]
            else:
                continue
            waiting += [each for each in inner if isinstance(each, Array | Dictionary) and not each.is_indirect]


def _dropped(holder: Object) -> set[Trace]:
    """Take out of a dictionary what the rules name."""
    traces: set[Trace] = set()
    if is_hostile(holder):
        for key in list(holder.keys()):
            del holder[key]
        return {"scripts"}
    for key in set(holder.keys()) & DROPPED.keys():
        rule = DROPPED[key]
        if rule.applies(holder, holder[key]):
            traces |= in_xmp(_words(holder[key])) if rule.is_xmp else {rule.trace}
            del holder[key]
    return traces


def _words(metadata: Object) -> bytes:
    """Read a packet as it lies there; a packed one is not unpacked, since it may be a bomb."""
    return metadata.read_raw_bytes() if "/Filter" not in metadata else b""


def _opening(pdf: pikepdf.Pdf) -> set[Trace]:
    """Let a document open at a page, and do nothing else by itself."""
    action = pdf.Root.get("/OpenAction")
    if not isinstance(action, Dictionary) or action.get("/S") in _GO_TO:
        return set()
    del pdf.Root["/OpenAction"]
    return {"scripts"} if len(action.keys()) else set()


def _picture(holder: Object) -> tuple[set[Trace], bool]:
    """Clean a photo inside the document; say, too, whether it could not be and stays as it is."""
    kind = holder.get("/Filter") if isinstance(holder, Stream) else None
    if kind in (Name.JPXDecode, Array([Name.JPXDecode])):
        return set(), any(box in holder.read_raw_bytes() for box in _NOTES)
    if kind not in (Name.DCTDecode, Array([Name.DCTDecode])):
        return set(), False
    try:
        stripped = strip_jpeg(holder.read_raw_bytes(), upright=False)
    except MalformedError:
        return set(), True
    if stripped.traces:
        filters, parameters = cast("Name | Array", kind), cast("Dictionary | None", holder.get("/DecodeParms"))
        holder.write(stripped.data, filter=filters, decode_parms=parameters)
    return stripped.traces, False


def _written(pdf: pikepdf.Pdf) -> bytes:
    # The first half of the old identifier would go into the new one.
    if "/ID" in pdf.trailer:
        del pdf.trailer["/ID"]
    out = io.BytesIO()
    pdf.save(
        out,
        # What is packed once stays packed. What is packed twice is a bomb or an oddity: unpacked in small pieces, while
        # the process's time lasts.
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.preserve,
        fix_metadata_version=False,
        preserve_pdfa=False,
        deterministic_id=True,
        encryption=False,
    )
    with pikepdf.open(io.BytesIO(out.getvalue()), attempt_recovery=False) as again:
        if len(again.pages) != len(pdf.pages):
            raise MalformedError
    return out.getvalue()
