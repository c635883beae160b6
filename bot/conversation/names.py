"""Names that a reporter types, matched against the people who could read the report.

Matching errs on the side of keeping people out: a family name that two people bear keeps out both. Whoever is matched
is shown to the reporter by full name, and whatever is not matched stays in the report as words.
"""

import re
import unicodedata
from collections.abc import Iterable

from bot.conversation.organ import Person

#: Titles that follow a name in Japanese; they name nobody.
HONORIFICS = (
    "さん", "さま", "様", "氏", "殿", "君", "くん", "先生", "事務次官", "次官", "長官", "大臣", "審議官", "参事官",
    "室長", "課長補佐", "課長", "係長", "班長", "部長", "局長", "所長", "次長", "主任", "主査", "補佐", "職員",
    "弁護士", "調査官", "管理官",
)  # fmt: skip

_CHUNKS = re.compile(r"[\s,、。.;・/()「」&]+|(?<=[^\W\d_])と(?=[^\W\d_])")
_JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")
_TITLED = "(?:" + "|".join(HONORIFICS) + ")"
_NO_KANJI_BEFORE = "(?<![\u3400-\u9fff])"
#: A part of a name as short as this is found within other words too easily: 林 in 小林 and 森林.
_TOO_SHORT = 1


def match_names(typed: str, people: Iterable[Person]) -> tuple[str, ...]:
    """Give the ids of all who are meant by what was typed, in the order of `people`; nobody when no name fits."""
    folded = _fold(typed)
    joined = re.sub(r"\s+", "", folded)
    alone = {_bare(chunk) for chunk in _CHUNKS.split(folded)}
    return tuple(
        staff_id
        for staff_id, names in people
        if any(_meant(part, joined, alone) for name in names.values() for part in _parts(name))
    )


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _parts(name: str) -> tuple[str, ...]:
    """Family name and given name, and both together as they are often written."""
    parts = [part for part in _CHUNKS.split(_fold(name)) if part]
    return (*parts, "".join(parts))


def _meant(part: str, joined: str, alone: set[str]) -> bool:
    if part in alone:
        return True
    if not _JAPANESE.search(part):
        return False
    if len(part) == _TOO_SHORT:
        return re.search(f"{_NO_KANJI_BEFORE}{re.escape(part)}{_TITLED}", joined) is not None
    # A name written without a space has no part for the family name alone: "鈴木" must find "鈴木一郎".
    return part[:2] in joined


def _bare(chunk: str) -> str:
    """Take titles off the end, as long as something is left."""
    for honorific in HONORIFICS:
        if chunk.endswith(honorific) and len(chunk) > len(honorific):
            return _bare(chunk.removesuffix(honorific))
    return chunk
