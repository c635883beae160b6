"""What goes out of a PDF, as rows: which key of which dictionary, and what that told. Source: ISO 32000-1.

A key alone is no ground: resources may bear any name, so each row says how its dictionary is known.
"""

from collections.abc import Callable

from msgspec import Struct
from pikepdf import Dictionary, Name, Object, Stream, String

from bot.screening.wire import Trace

#: The document's own description (14.3.3). Other keys are `other`.
INFO: dict[str, Trace] = {
    "/Author": "author",
    "/Title": "title",
    "/Subject": "title",
    "/Keywords": "title",
    "/Creator": "software",
    "/Producer": "software",
    "/CreationDate": "time",
    "/ModDate": "time",
    "/Company": "author",
    "/Manager": "author",
    "/SourceModified": "time",
}

#: Actions that run or send something (12.6.4).
_HOSTILE = frozenset(("/JavaScript", "/Launch", "/SubmitForm", "/ImportData"))

#: Remarks on a page (12.5.6), whose `T` is who made them; that of a form field is its name and stays.
_REMARKS = frozenset(
    f"/{each}"
    for each in (
        *("Text", "FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight", "Underline", "Squiggly"),
        *("StrikeOut", "Stamp", "Caret", "Ink", "Popup", "FileAttachment", "Sound", "Redact"),
    )
)

Applies = Callable[[Object, Object], bool]


class Rule(Struct, frozen=True):
    """When a key is dropped from a dictionary (dictionary, value), and what it told."""

    applies: Applies
    trace: Trace = "other"
    is_xmp: bool = False


def is_hostile(holder: Object) -> bool:
    """Whether a dictionary is an action that runs or sends something."""
    return str(holder.get("/S", "")) in _HOSTILE or (holder.get("/S") == Name.Rendition and "/JS" in holder)


def _is_xmp(_: Object, value: Object) -> bool:
    return isinstance(value, Stream) and (value.get("/Type") == Name.Metadata or value.get("/Subtype") == Name.XML)


def _is_page(holder: Object, _: Object) -> bool:
    return holder.get("/Type") == Name.Page


def _runs(_: Object, value: Object) -> bool:
    """Additional actions: a dictionary of actions and nothing else."""
    return isinstance(value, Dictionary) and all(_is_action(each) for _, each in value.items())


def _is_action(value: Object) -> bool:
    return isinstance(value, Dictionary) and ("/S" in value or len(value.keys()) == 0)


def _is_tree(_: Object, value: Object) -> bool:
    return isinstance(value, Dictionary) and ("/Names" in value or "/Kids" in value)


def _holds(_: Object, value: Object) -> bool:
    return isinstance(value, Dictionary)


def _is_words(_: Object, value: Object) -> bool:
    return isinstance(value, String)


def _is_on_page(holder: Object, value: Object) -> bool:
    return "/Rect" in holder and "/Subtype" in holder and isinstance(value, String)


def _is_remark(holder: Object, value: Object) -> bool:
    return _is_on_page(holder, value) and str(holder.get("/Subtype")) in _REMARKS


#: By key.
DROPPED: dict[str, Rule] = {
    "/Metadata": Rule(_is_xmp, is_xmp=True),
    "/PieceInfo": Rule(_holds, "software"),
    "/LastModified": Rule(_is_words, "time"),
    "/CreatorInfo": Rule(_holds, "software"),
    "/SpiderInfo": Rule(_holds, "other"),
    "/Thumb": Rule(_is_page, "thumbnail"),
    "/AA": Rule(_runs, "scripts"),
    "/JavaScript": Rule(_is_tree, "scripts"),
    "/T": Rule(_is_remark, "author"),
    "/M": Rule(_is_on_page, "time"),
    "/CreationDate": Rule(_is_on_page, "time"),
    "/NM": Rule(_is_on_page, "other"),
}
