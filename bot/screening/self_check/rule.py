"""A rule: what to look for, and what speaks against it. Patterns reach a bounded number of signs, whatever the text."""

import re
from collections.abc import Callable
from typing import NamedTuple

from bot.screening.self_check.patterns import I_JA, one_of
from bot.screening.self_check.piece import Piece

#: Whether what stands around a passage (start, end) says that it does not name the writer.
Guard = Callable[[Piece, int, int], bool]


class Rule(NamedTuple):
    """A row. The passage is the group `hit` of the pattern, or all of it."""

    kind: str
    pattern: re.Pattern[str]
    unless: tuple[Guard, ...] = ()


def rule(kind: str, pattern: str, *unless: Guard, case: bool = False) -> Rule:
    """Make a row; capitals count only with `case`. Spaces in a pattern are spaces."""
    return Rule(kind, re.compile(pattern, 0 if case else re.IGNORECASE), unless)


_PEOPLE = one_of("さん 氏 様 くん 君 専務 常務 理事 主任 先生 議員 上司 同僚 先輩 後輩 部下 彼 彼女 業者")
_OTHERS = (
    _PEOPLE
    + "|"
    + one_of("部長 課長 係長 社長 店長 担当は 担当者は 相手 会社 本社 代表 窓口 ホットライン 名刺")
    + r"|[^社職]長(?=[のはがに、])|\b(?:[^\W\d_]{2,20}['’]s|"
    + one_of(
        "his her hers their its he she they him them mr mrs ms dr from supplier contractor company firm office card",
        "hotline helpline manager director boss supervisor colleague treasurer inspector",
    )
    + r")\b"
)
_MINE = rf"{I_JA}|自宅|返事|返信|折り返し|\b(?:my|me|mine|i|i'm|i’m|myself)\b"
_WHO = re.compile(rf"(?P<mine>{_MINE})|(?:{_OTHERS})", re.IGNORECASE)
_SUBJECT = re.compile(
    rf"(?P<mine>{_MINE})|(?:{_PEOPLE}|長|社員)[はがもの]"
    # A name, without more, as the topic; `今年は` is none.
    r"|[一-龠々ァ-ヴー]{1,8}(?<![今年在時度月回後])は",
    re.IGNORECASE,
)
_ANOTHER_FOLLOWS = re.compile(
    r"の?[^、\s]{0,12}(?:さん|氏|くん|君|係長|課長|部長|主任)"
    r"|(?:た|ている|ていた)?(?:新人|人(?!事)|方|職員(?!です)|社員(?!です)|後輩|同僚|部下|上司)"
)
_TOLD = re.compile(r"(?:です|でございます)?[」』]?[、,]? ?と(?:名乗|言|いう|いって|話|電話|書)")


def of_another(piece: Piece, start: int, _end: int) -> bool:
    """Whether the last person named before the passage, in its sentence, is another than the writer."""
    return _last_is_another(_WHO, piece.before(start))


def about_another(piece: Piece, start: int, end: int) -> bool:
    """Whether the sentence is about another person, named as its subject or behind the passage."""
    return _last_is_another(_SUBJECT, piece.before(start)) or bool(_ANOTHER_FOLLOWS.match(piece.after(end)))


def quoted(piece: Piece, start: int, _end: int) -> bool:
    """Whether somebody else says it."""
    return piece.is_quoted(start)


def told(piece: Piece, _start: int, end: int) -> bool:
    """Whether it is told of somebody that they said it."""
    return bool(_TOLD.match(piece.after(end)))


def _last_is_another(who: re.Pattern[str], before: str) -> bool:
    people = [match["mine"] for match in who.finditer(before)]
    return bool(people) and people[-1] is None
