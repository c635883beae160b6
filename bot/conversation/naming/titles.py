"""Words that stand around names and name nobody: titles, offices, and the small words of a sentence.

Lists only, folded as `folding.fold` folds. A title is one only where no name goes on behind it: 君 is one in 林君 and
none in 林君子.
"""

import re

#: Follow a name in Japanese, also several of them: 課長補佐, 局長殿.
TITLES = (
    "さん", "さま", "様", "氏", "殿", "どの", "君", "くん", "ちゃん", "先生", "せんせい", "先輩", "事務次官", "次官",
    "長官", "副大臣", "大臣", "政務官", "官房長", "審議官", "参事官", "企画官", "専門官", "書記官", "秘書官",
    "監察官", "調査官", "管理官", "事務官", "技官", "理事官", "理事", "室長", "課長", "係長", "班長", "部長", "局長",
    "支局長", "所長", "署長", "院長", "校長", "本部長", "会長", "社長", "委員長", "委員", "次長", "主任", "主査",
    "主幹", "首席", "統括", "総括", "補佐", "代理", "心得", "職員", "係員", "課員", "弁護士", "検事", "教授", "医師",
    "かちょう", "ぶちょう", "本人", "以外", "たち", "達", "方", "宛",
)  # fmt: skip

#: End the name of a place of work, behind which a person's name may follow: 総務課佐藤.
OFFICES = ("課", "部", "局", "室", "係", "班", "省", "庁", "署", "所", "院", "科", "校", "会社", "担当", "窓口", "上司")

#: May follow a name in Japanese without belonging to it.
PARTICLES = (
    "に",
    "へ",
    "は",
    "が",
    "を",
    "も",
    "の",
    "と",
    "や",
    "か",
    "で",
    "だ",
    "な",
    "から",
    "より",
    "まで",
    "って",
)

#: Stand before or after a name in Latin letters, with or without a dot.
LATIN_TITLES = frozenset((
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "madam", "san", "sama", "kun", "chan", "shi",
    "sensei", "dono", "kacho", "bucho", "kyokucho", "counsel", "attorney", "lawyer",
))  # fmt: skip
#: The same, typed onto the end of a name: satosan.
LATIN_ENDINGS = ("san", "sama", "sensei", "kun", "dono")

#: English words that stand between names in a sentence; each ends the one before.
LATIN_WORDS = frozenset((
    "a", "about", "all", "also", "and", "anyone", "as", "at", "boss", "both", "but", "by", "called", "can", "chief",
    "colleague", "deputy", "department", "desk", "director", "division", "do", "don't", "everyone", "except",
    "executive", "for", "from", "has", "have", "he", "head", "her", "him", "his", "i", "if", "in", "is", "it", "keep",
    "know", "known", "manager", "may", "me", "minister", "must", "my", "named", "neither", "nobody", "nor", "not",
    "of", "office", "officer", "on", "or", "our", "out", "person", "please", "read", "section", "see", "she",
    "should", "show", "somebody", "someone", "staff", "supervisor", "t", "tell", "than", "that", "the", "their",
    "them", "they", "this", "to", "too", "unit", "us", "who", "whose", "will", "with", "would", "you", "your",
))  # fmt: skip

_KANJI = "\u3400-\u9fff\uf900-\ufaff"
_ANY_TITLE = "(?:" + "|".join(sorted(TITLES, key=len, reverse=True)) + ")"
_LEADING = re.compile(f"{_ANY_TITLE}+(?![{_KANJI}])")
_TRAILING = re.compile(f"{_ANY_TITLE}+$")
_BEHIND_OFFICE = re.compile("(?:" + "|".join((*OFFICES, *TITLES)) + ")[のとやも]?$")
_PARTICLE = re.compile("(?:" + "|".join(sorted(PARTICLES, key=len, reverse=True)) + ")")


def opens_with_title(text: str) -> bool:
    """Whether text goes on with a title, and not with more of a name."""
    return _LEADING.match(text) is not None


def opens_with_particle(text: str) -> bool:
    """Whether text goes on as a sentence does behind a name."""
    return _PARTICLE.match(text) is not None


def ends_with_office(text: str) -> bool:
    """Whether text ends with a place of work, a title or a title and a particle, so that a name may begin here."""
    return _BEHIND_OFFICE.search(text) is not None


def without_titles(text: str) -> str:
    """Take the titles off the end; of a title alone nothing is left."""
    return _TRAILING.sub("", text)
