"""How people name themselves in Japanese: と申します, 名前は, 私は…です, or a sentence that is a name and です.

After words that only a name can follow, no dictionary is asked; before a plain です one is, since most of what stands
there is no name.
"""

import re
from collections.abc import Iterator, Sequence

from bot.screening.self_check.given_names import COMMON_JA
from bot.screening.self_check.patterns import I_JA, one_of
from bot.screening.self_check.piece import Piece
from bot.screening.self_check.reading import NameReader, Word
from bot.screening.self_check.rule import Rule, about_another, quoted, rule, told

_I = rf"(?:{I_JA}|こちら)"
#: Without は and の, which stand before a name rather than in it.
_SIGNS = r"[一-龠々ヶァ-ヴーぁ-ねひ-んa-z・]"
_HONORIFIC = re.compile(
    r"\s?" + one_of("さん 氏 様 くん 君 ちゃん 先生 部長 課長 係長 社長 主任 議員 町 市 県 区 社 組 部 課 係")
)
_MINE = re.compile(rf"(?:^|[、 ]){_I}(?:は|が|の名前は|、| )")

#: Words that only a name can follow.
NAMING_JA: tuple[Rule, ...] = (
    rule(
        "name",
        rf"(?:^|[、。はの\s])(?P<hit>{_SIGNS}{{2,6}}(?: {_SIGNS}{{1,6}})?)"
        r"と(?:申(?:します|しまして|しております|す者)|もうします|呼んでください)",
        quoted,
        told,
    ),
    rule(
        "name",
        r"(?:^|[\s、。])(?:(?:私の)?(?:名前|氏名|本名|なまえ)|差出人)(?:は、?|:|が) ?"
        rf"(?P<hit>{_SIGNS}{{2,6}}?(?: {_SIGNS}{{1,6}})?)(?=$|[、。\n]|です|と(?:申|いい|言い)|で、)",
        quoted,
    ),
)

_STOP = Word(0, 0, ("", "", "", ""))
#: Behind a unit of an office stands a person rather than a place.
_UNIT = re.compile(one_of("課 部 係 室 科 局 班 経理 総務 人事 営業 庶務 会計 広報 法務 担当 窓口 店") + "の$")

#: A sentence that may say who writes: up to a name, then です or the like.
_PART = r"[^\s、。()はがをにでのと]"
_SAYING = re.compile(
    rf"(?P<before>[^\n]{{0,60}}?)(?P<name>{_PART}{{1,12}}(?: {_PART}{{1,6}})?)"
    r"(?P<beside>\([^()]{1,20}\))?"
    r"(?P<saying>です|でございます|と(?:いい|言い)ま(?:す|して)|という者)(?=$|[、。が])"
)
#: The same where nothing before it matters.
_CALLED = re.compile(
    r"(?P<saying>と(?:申し(?:ます|まして|ております)|もうします|申す者|(?:いい|言い)ま(?:す|して)(?=[。、]|$)))"
)
#: What may stand before it where the writer is not mentioned: a greeting, an affiliation, nothing that is a topic.
_UNSAID = re.compile(r"(?:[^\s、。]{2,16}[、,!！。]\s?)?(?:[^\s、。はがをにでもと]{1,16}の)?$")
_GREETING = re.compile(
    one_of("はい あの どうも こんにち こんばん おはよう はじめまし 初めまし お世話 すみません 失礼 突然")
)


def names(piece: Piece, reader: NameReader) -> Iterator[tuple[int, int]]:
    """Yield the places at which the writer says their own name: と申します, といいます, です."""
    for start, sentence in piece.sentences():
        plain = _SAYING.match(sentence)
        named = [(said, True) for said in _CALLED.finditer(sentence) if not _is_told(piece, start + said.start())]
        if plain and _is_own(plain["before"]):
            named.append((plain, _names_people(plain)))
        for said, place in named:
            for begin, end in runs(reader.read(sentence), sentence, place=place):
                if end == _end_of_name(said) and not _is_another(piece, start + end, start + said.end()):
                    yield start + begin, start + end


def runs(words: Sequence[Word], sentence: str, *, place: bool = False) -> Iterator[tuple[int, int]]:
    """Yield the runs of words that together are a person's name; a space between family and given name belongs to it.

    Many places are surnames. A place alone is taken for one only with `place`.
    """
    begin = end = -1
    is_person = False
    for word in (*words, _STOP):
        signs = sentence[word.start : word.end]
        if word.is_name or signs in COMMON_JA or (word.is_place and begin < 0):
            begin, end = (word.start if begin < 0 else begin), word.end
            is_person = is_person or not word.is_place or place
        elif begin >= 0 and (not signs.isspace() or not signs):
            if is_person:
                yield begin, end
            begin, is_person = -1, False


def _end_of_name(said: re.Match[str]) -> int:
    return said.end("name") if "name" in said.re.groupindex else said.start("saying")


def _is_told(piece: Piece, at: int) -> bool:
    """Whether the sentence speaks of somebody else: `上司は鈴木といいます`."""
    return about_another(piece, at, at)


def _names_people(said: re.Match[str]) -> bool:
    """Whether a name that is a place as well can only be a person's here."""
    return said["saying"].startswith("と") or bool(_UNIT.search(said["before"]))


def _is_own(before: str) -> bool:
    if _MINE.search(before):
        return True
    unsaid = _UNSAID.match(before)
    if unsaid is None:
        return False
    head, separator, _ = before.partition("、")
    return not separator or bool(_GREETING.match(head))


def _is_another(piece: Piece, named: int, said: int) -> bool:
    """Whether the name (until `named`), in a sentence (until `said`), is that of somebody else."""
    quote = quoted(piece, named - 1, named) or told(piece, named, said)
    return quote or bool(_HONORIFIC.match(piece.words, named))
