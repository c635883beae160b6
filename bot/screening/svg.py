"""Cleans drawings in SVG: the drawing stays, and what editors and hostile hands put beside it goes.

Out go commands, remarks, what editors keep for themselves, and whatever would be fetched from elsewhere when somebody
looks: that would tell a stranger who has it open. Pictures inside are cleaned like any others.
"""

import base64
import binascii
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable

from bot.screening.stripped import MalformedError, Stripped
from bot.screening.traces import in_xmp
from bot.screening.wire import Trace

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
#: What can be drawn: SVG, and words set in HTML or formulas inside it.
_DRAWN = (_SVG, "http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML", "")
_XML = "http://www.w3.org/XML/1998/namespace"

#: Elements that run, load or send something (SVG 2, chapter 15; HTML).
_RUNNING = frozenset(
    ("script", "handler", "listener", "iframe", "object", "embed", "form", "base", "meta", "link", "audio", "video")
)
_LINKS = ("href", "src", "poster", "background", "action", "data")
_ELSEWHERE = re.compile(r"@import[^;]*;?|url\(\s*['\"]?(?!\s*(?:#|data:))[^)]*\)", re.IGNORECASE)
_EMBEDDED = re.compile(r"\s*data:image/[\w.+-]+;base64,", re.IGNORECASE)
_MADE_WITH = re.compile(r"\s*(?:created|made|generated) (?:with|by|using)\b", re.IGNORECASE)
_REMARK, _ORDER = re.compile(rb"<!--.*?-->", re.DOTALL), re.compile(rb"<\?xml-stylesheet")

CleanPicture = Callable[[bytes], Stripped | None]


def strip_svg(data: bytes, clean_picture: CleanPicture) -> Stripped:
    """Clean a drawing; raises `MalformedError` for what is no XML. `clean_picture` gives None for what it cannot do."""
    for prefix, space in (("", _SVG), ("xlink", _XLINK)):
        ET.register_namespace(prefix, space)
    try:
        root = ET.fromstring(data)  # noqa: S314 - nothing is fetched, and the child's walls bound what unfolds
    except ET.ParseError as fault:
        raise MalformedError from fault
    found: set[Trace] = {"comment"} if _REMARK.search(data) else set()
    if _ORDER.search(data):
        found.add("links")
    cleaner = _Cleaner(found, clean_picture)
    cleaner.clean(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return Stripped(written, found, rest=cleaner.rest)


class _Cleaner:
    def __init__(self, found: set[Trace], clean_picture: CleanPicture) -> None:
        self.found = found
        self.rest = False
        self._clean_picture = clean_picture

    def clean(self, root: ET.Element) -> None:
        """Go through the tree without recursion: a deep one must not end the child."""
        open_elements = [root]
        while open_elements:
            element = open_elements.pop()
            self._clean_one(element)
            for inner in [inner for inner in element if self._goes(inner)]:
                _take_out(element, inner)
            open_elements.extend(element)

    def _goes(self, element: ET.Element) -> bool:
        trace = _told_by(element)
        self.found |= trace
        return bool(trace)

    def _clean_one(self, element: ET.Element) -> None:
        for name, value in list(element.attrib.items()):
            space, local = _split(name)
            if space not in (*_DRAWN, _XLINK, _XML):
                self._drop(element, name, "software")
            elif local.lower().startswith("on") or value.strip().lower().startswith("javascript:"):
                self._drop(element, name, "scripts")
            elif local in _LINKS:
                self._point(element, name, value)
            elif _ELSEWHERE.search(value):
                element.set(name, _ELSEWHERE.sub("none", value))
                self.found.add("links")
        if element.text and _split(element.tag)[1] == "style" and _ELSEWHERE.search(element.text):
            element.text = _ELSEWHERE.sub("none", element.text)
            self.found.add("links")

    def _drop(self, element: ET.Element, name: str, trace: Trace) -> None:
        del element.attrib[name]
        self.found.add(trace)

    def _point(self, element: ET.Element, name: str, value: str) -> None:
        """Keep what points into the drawing, clean what is inside it, drop what is elsewhere."""
        embedded = _EMBEDDED.match(value)
        if embedded:
            element.set(name, self._picture(value, embedded.end()))
        # A link that somebody must follow is words, not a trap.
        elif not value.startswith("#") and _split(element.tag)[1] != "a":
            self._drop(element, name, "links")

    def _picture(self, value: str, at: int) -> str:
        try:
            cleaned = self._clean_picture(base64.b64decode(value[at:]))
        except (binascii.Error, ValueError):
            cleaned = None
        if cleaned is None:
            self.rest = True
            return value
        self.found |= cleaned.traces
        return value[:at] + base64.b64encode(cleaned.data).decode() if cleaned.traces else value


def _told_by(element: ET.Element) -> set[Trace]:
    """Say what an element tells that does not belong to the drawing; empty for what stays."""
    space, local = _split(element.tag)
    if space not in _DRAWN:
        return {"software"}
    if local in _RUNNING:
        return {"scripts"}
    if local == "metadata":
        return in_xmp(ET.tostring(element))
    return {"software"} if local == "desc" and _MADE_WITH.match(element.text or "") else set()


def _take_out(parent: ET.Element, inner: ET.Element) -> None:
    """Remove an element, but not the words behind it."""
    before = list(parent).index(inner)
    if inner.tail:
        if before:
            parent[before - 1].tail = (parent[before - 1].tail or "") + inner.tail
        else:
            parent.text = (parent.text or "") + inner.tail
    parent.remove(inner)


def _split(name: object) -> tuple[str, str]:
    """Take a name apart into namespace and local name."""
    space, _, local = str(name).rpartition("}")
    return space.removeprefix("{"), local
