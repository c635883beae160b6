"""One file in, one verdict out: the order in which a file is looked at, cleaned and looked at again.

Nothing is lost here: whatever cannot be cleaned, or would look different afterwards, is kept as it came.
"""

from collections.abc import Callable
from warnings import catch_warnings

from bot.screening.foreign import Foreign, foreign_of
from bot.screening.gif import strip_gif
from bot.screening.jpeg import strip_jpeg
from bot.screening.kinds import Kind, documents_within, is_two_things, kind_of, promised
from bot.screening.pdf import strip_pdf
from bot.screening.pixels import DECODERS, look_of, redrawn
from bot.screening.png import strip_png
from bot.screening.stripped import MalformedError, Stripped, UntouchableError
from bot.screening.svg import strip_svg
from bot.screening.webp import strip_webp
from bot.screening.wire import Cleaning, Request, Verdict, in_order

#: How each kind of picture is cut; what is not here is drawn anew, without loss.
_CUTS: dict[Kind, Callable[[bytes], Stripped]] = {
    Kind.JPEG: strip_jpeg,
    Kind.PNG: strip_png,
    Kind.GIF: strip_gif,
    Kind.WEBP: strip_webp,
}

#: For what says something it is not, and is nothing we know.
_ANYTHING = "application/octet-stream"


def screen(request: Request, data: bytes) -> tuple[Verdict, bytes]:
    """Clean a file; the bytes are empty where it is kept as it came. Never raises."""
    kind, said = kind_of(data), promised(request.name, request.media_type)
    # Cameras build their raw pictures on TIFF, under endings of their own; only a plain TIFF is understood here.
    if kind is None or (kind is Kind.TIFF and said is not Kind.TIFF):
        return _unknown(request, data, said), b""
    try:
        # What libraries find odd about a file is nobody's to read.
        with catch_warnings(action="ignore"):
            stripped = _stripped(data, kind)
    except UntouchableError as untouchable:
        return Verdict(untouchable.cleaning, kind), b""
    except MemoryError:
        return Verdict("too_complex", kind), b""
    except Exception:  # noqa: BLE001 - hostile bytes may raise anything in any decoder; all of it means the same
        return Verdict("broken", kind), b""
    cleaning = _cleaning(stripped, lies=said is not None and said is not kind)
    return Verdict(cleaning, kind, in_order(stripped.traces)), stripped.data if stripped.traces else b""


def _unknown(request: Request, data: bytes, said: Kind | str | None) -> Verdict:
    """Judge what cannot be cleaned here, and say whether somebody else may know how."""
    foreign = foreign_of(data)
    if foreign is not None and foreign.cleaning != "unknown_kind":
        return Verdict(foreign.cleaning, foreign.media_type or request.media_type)
    if isinstance(said, Kind):
        return Verdict("disguised", foreign.media_type if foreign else _ANYTHING, foreign=_ending(foreign))
    return Verdict("unknown_kind", foreign.media_type if foreign else request.media_type, foreign=_ending(foreign))


def _ending(foreign: Foreign | None) -> str:
    return foreign.ending if foreign else ""


def _stripped(data: bytes, kind: Kind) -> Stripped:
    if documents_within(data, kind):
        raise UntouchableError("mixed")
    stripped = _BY_KIND.get(kind, _picture)(data, kind)
    if is_two_things(stripped.data, kind):
        raise UntouchableError("mixed")
    return stripped


def _picture(data: bytes, kind: Kind) -> Stripped:
    """Clean a picture so that it shows what it showed; drawn anew where cutting does not lead there."""
    look = look_of(data, kind)
    cut = _cut(data, kind)
    if cut is not None and look_of(cut.data, kind) == look:
        return cut
    drawn = redrawn(data, kind)
    if not drawn.redrawn and look_of(drawn.data, kind) != look:
        raise UntouchableError("too_complex")
    return drawn


def _inside(data: bytes) -> Stripped | None:
    """Clean a picture inside a drawing; None for what is no picture, or cannot be cleaned."""
    kind = kind_of(data)
    try:
        return _picture(data, kind) if kind in DECODERS else None
    except Exception:  # noqa: BLE001 - as above; then the drawing keeps the picture as it is
        return None


#: What is no picture in one piece.
_BY_KIND: dict[Kind, Callable[[bytes, Kind], Stripped]] = {
    Kind.PDF: lambda data, _: strip_pdf(data),
    Kind.SVG: lambda data, _: strip_svg(data, _inside),
}


def _cut(data: bytes, kind: Kind) -> Stripped | None:
    try:
        return _CUTS[kind](data) if kind in _CUTS else None
    except MalformedError:
        return None


def _cleaning(stripped: Stripped, *, lies: bool) -> Cleaning:
    """Say what matters most: what stays, then what may look different, then what the name said."""
    if stripped.rest:
        return "part"
    if stripped.redrawn:
        return "redrawn"
    if lies:
        return "misnamed"
    return "cleaned" if stripped.traces else "nothing_found"
