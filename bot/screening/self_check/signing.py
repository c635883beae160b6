"""A name under a text: the last line of a letter, or what follows a closing word.

A list of people ends with a name too, so a line with a name signs only behind an end: a closing, a dash, an empty line
after a whole sentence.
"""

import re
from collections.abc import Callable, Iterator

from bot.screening.self_check.given_names import ORDINARY
from bot.screening.self_check.naming_en import NAME
from bot.screening.self_check.naming_ja import runs
from bot.screening.self_check.patterns import one_of
from bot.screening.self_check.piece import Piece
from bot.screening.self_check.reading import NameReader

#: Signs at the end of a piece in which a signature is looked for.
_REACH = 300
#: Lines behind a signature that say how to reach whoever signed.
_CONTACTS = re.compile(r"(?:\n[^\n]{0,40}[\d@][^\n]{0,40}){1,4}\s*$")
_TITLES = frozenset(("inspector", "mr", "mrs", "ms", "dr", "sir", "madam"))
#: A place may follow, behind a comma.
_SIGNED = rf"(?P<hit>{NAME})(?:, [^\n.]{{2,40}})?\.?\s*$"
_CLOSING_EN = (
    "(?i:(?:(?:kind|best|warm|many)? ?(?:regards|wishes)|yours(?: (?:sincerely|faithfully|truly))?|"
    + one_of("sincerely best thanks thank_you cheers respectfully")
    + "))"
)
_EN = tuple(
    re.compile(pattern + _SIGNED)
    for pattern in (
        rf"(?:^|[\s.]){_CLOSING_EN}[,.!]?\s{{1,6}}[-–—~]{{0,2}} ?",
        r"\n\s{0,20}[-–—~]{1,2} ?",
        r"[.!?)]\s{0,10}\n\s{0,10}\n\s{0,10}",
        r"(?:^|\n)\s{0,10}(?i:signed|signature|name|from)(?: by)?: ?",
    )
)
_PERSON = r"(?P<hit>[一-龠々ヶァ-ヴーぁ-ん]{1,8}(?:[ ・][一-龠々ァ-ヴーぁ-ん]{1,6})?)"
_CLOSING_JA = r"(?:以上|敬具|草々|かしこ|(?:よろしく|宜しく)[^\n]{0,12})[。、,]?"
_JA = tuple(
    re.compile(pattern + r"\s*$")
    for pattern in (
        rf"(?:^|\n)[^\n]{{0,40}}{_CLOSING_JA}\s{{1,10}}{_PERSON}(?:より|拝|記)?",
        rf"[。!?]\s{{0,10}}\n\s{{0,40}}{_PERSON}(?:より|拝|記)",
        rf"[。!?]\s{{0,10}}\n\s{{0,40}}\n\s{{0,10}}{_PERSON}",
        rf"[。!?] {{0,4}}{_PERSON}",
        rf"\n[^\n]{{0,40}}[\d@][^\n]{{0,40}}\n\s{{0,10}}{_PERSON}",
        rf"在住(?:の| {{1,10}}){_PERSON}",
        rf"(?:^|\n)\s{{0,10}}(?:署名|氏名|名前|差出人)[:は ]\s{{0,5}}{_PERSON}",
    )
)


def signatures(piece: Piece, reader: NameReader) -> Iterator[tuple[int, int]]:
    """Yield the place of the name under a text, if this piece is its end and there is one."""
    if not piece.last:
        return
    start = max(0, len(piece.words) - _REACH)
    contacts = _CONTACTS.search(piece.words, start)
    words = piece.words[: contacts.start()] if contacts else piece.words
    yield from _first(_EN, words, start, _is_name)
    yield from _first(_JA, words, start, lambda line: _is_person(line, reader))


def _first(
    patterns: tuple[re.Pattern[str], ...], words: str, start: int, fits: Callable[[str], bool]
) -> Iterator[tuple[int, int]]:
    found = (pattern.search(words, start) for pattern in patterns)
    yield from [match.span("hit") for match in found if match and fits(match["hit"])][:1]


def _is_name(line: str) -> bool:
    return line.split(maxsplit=1)[0].lower() not in ORDINARY | _TITLES


def _is_person(line: str, reader: NameReader) -> bool:
    return (0, len(line)) in runs(reader.read(line), line)
