"""How people name themselves in English: `my name is`, `I'm`, `this is`, a name and `here`.

A capital after `I am` is a name only if it can hardly be anything else: phones put capitals where none belong.
"""

import re

from bot.screening.self_check.given_names import ENDINGS, GIVEN, NAMED_SO, ORDINARY
from bot.screening.self_check.patterns import CAPITAL, QUOTE, one_of
from bot.screening.self_check.piece import Piece
from bot.screening.self_check.rule import Rule, quoted, rule

#: One to three capitalised words, with an initial or a small word such as `van` between.
NAME = (
    rf"(?:[A-Z]\. ?)?{CAPITAL}"
    rf"(?: (?:[A-Z]\. )?(?:{one_of('de da di van von der den bin al el la')} ){{0,2}}{CAPITAL}){{0,2}}"
)
_TYPED = rf"[^\W\d_]{{2,20}}(?:{QUOTE}[^\W\d_]{{1,20}})?"
_NO_NAME = one_of(
    "not on in known unknown never confidential safe going being to the a an and withheld kept irrelevant",
    "unimportant mud also there already",
)
_I_AM = rf"i am|i{QUOTE}m|im"
_NAME_IS = (
    rf"my (?:full |real |first |last )?name(?: is|{QUOTE}s|:)|i am called|i{QUOTE}m called|i go by|the name is"
    rf"|they call me|the name{QUOTE}s|call me"
)
_SPEAKS = re.compile(r" (?:speaking|writing|here)\b", re.IGNORECASE)
_ENDS = re.compile(r" ?(?:$|[.,;:!?()\n\-–—]|and i\b|(?:from|an?|the|here|by name)\b)", re.IGNORECASE)


def _is_ordinary(piece: Piece, start: int, end: int) -> bool:
    """Whether the first word is an ordinary one, or the only one looks like an adjective."""
    words = piece.words[start:end].lower().split()
    if words[0] in ORDINARY:
        return True
    return len(words) == 1 and words[0] not in NAMED_SO and words[0].endswith(ENDINGS)


def _is_no_given_name(piece: Piece, start: int, end: int) -> bool:
    first = piece.words[start:end].split()[0]
    if first.lower() in GIVEN:
        return False
    return first.islower() or _is_ordinary(piece, start, end) or not _SPEAKS.match(piece.words, end)


def _goes_on(piece: Piece, start: int, end: int) -> bool:
    """Whether a single capitalised word is followed by more that it belongs to: `I am Christian and ...`."""
    word = piece.words[start:end]
    return " " not in word and word.lower() not in GIVEN and not _ENDS.match(piece.words, end)


NAMING_EN: tuple[Rule, ...] = (
    rule("name", rf"\b(?i:{_NAME_IS}) (?P<hit>{NAME})", quoted, _is_ordinary, case=True),
    rule(
        "name",
        rf"\bmy name(?: is|{QUOTE}s) (?P<hit>(?!{_NO_NAME}\b){_TYPED}(?: {_TYPED})?)(?=$|[.,;:!?\n]| (?:and|from)\b)",
        quoted,
    ),
    rule("name", rf"\b(?i:{_I_AM}) (?P<hit>{NAME})", quoted, _is_ordinary, _goes_on, case=True),
    rule(
        "name",
        rf"\b(?:{_I_AM}|call me) (?P<hit>{one_of(*GIVEN)})(?=$|[.,!\n]| (?:and|from|here)\b)",
        quoted,
    ),
    rule("name", rf"\b(?:this is|it{QUOTE}?s) (?P<hit>{one_of(*GIVEN)})(?= (?:from|here)\b)", quoted),
    rule(
        "name",
        rf"\b(?i:this is) (?P<hit>{NAME})(?= (?:speaking|writing|here|again|in|at|of|from)\b|[.,!\n]|$)",
        quoted,
        _is_no_given_name,
        case=True,
    ),
    rule(
        "name",
        rf"(?:^|(?<=[,.!\n] )|(?<=\n))(?P<hit>{NAME})(?= here(?:[.,!\n]|$| from\b))",
        quoted,
        _is_ordinary,
        case=True,
    ),
)
