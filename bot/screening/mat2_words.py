"""The words of a package, to be compared before and after it was cleaned: evidence must read as it read.

Knows nothing but Python's own library. Space between words does not count; what was crossed out does not either, since
a cleaned document has no earlier version.
"""

import re
import xml.etree.ElementTree as ET
import zipfile

#: Parts that people read, by kind of package.
_READ = re.compile(
    r"^word/(?:document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml$"
    r"|^xl/(?:sharedStrings|worksheets/sheet\d+)\.xml$|^ppt/(?:slides/slide|notesSlides/notesSlide)\d+\.xml$"
    r"|^content\.xml$|\.x?html?$"
)
#: Elements whose words are not read: crossed out, or standing above a page.
_UNREAD = frozenset(("del", "tracked-changes", "head"))


def words_of(package: zipfile.ZipFile) -> dict[str, str]:
    """Give the words of each part that people read; raises whatever a broken part makes the reader raise."""
    return {name: _words(package.read(name)) for name in sorted(package.namelist()) if _READ.search(name)}


def _words(part: bytes) -> str:
    found: list[str] = []
    # By hand and not by recursion, since depth is up to the sender.
    left: list[ET.Element | str] = [ET.fromstring(part)]  # noqa: S314 - nothing is fetched, and the child is bounded
    while left:
        here = left.pop()
        if isinstance(here, str):
            found.append(here)
        elif here.tag.rpartition("}")[2] not in _UNREAD:
            inner = [each for element in here for each in (element, element.tail or "")]
            left += [*reversed(inner), here.text or ""]
    return "".join("".join(found).split())
