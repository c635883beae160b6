"""Bringing together what is the same name, typed differently: width, case, kana, accents, variant characters.

For comparing only; what is folded is never shown or kept. The readings of characters are not known here.
"""

import re
import unicodedata

import jaconv

#: Old and variant forms that stand for each other in names, each row with the form it is folded to in front. NFKC has
#: joined those of them that Unicode counts as one character.
VARIANTS = (
    "斉斎齋齊亝", "高髙", "辺邊邉", "崎﨑嵜碕", "沢澤", "浜濱濵", "島嶋嶌", "広廣", "国國", "真眞", "桜櫻", "条條",
    "恵惠", "竜龍", "学學", "栄榮", "滝瀧", "弥彌", "寿壽", "応應", "円圓", "関關", "蔵藏", "徳德", "吉𠮷", "槙槇",
    "桑桒", "館舘", "富冨", "峰峯", "野埜", "藤籐", "郎郞", "瀬瀨", "桧檜", "秋穐", "淵渕", "児兒", "亀龜", "鉄鐵",
    "塩鹽", "豊豐", "礼禮", "来來", "万萬", "与與", "県縣", "剣劍", "将將", "実實", "静靜", "聡聰", "総總", "為爲",
    "芦蘆", "喜㐂", "穂穗", "渓溪", "鴎鷗", "曽曾", "巌巖", "当當", "会會", "仏佛", "帯帶", "角⻆", "草艸", "薫薰",
    "勲勳", "黒黑", "増增", "清淸", "緑綠", "横橫", "歩步", "頼賴",
)  # fmt: skip
_SAME_SIGN = str.maketrans({variant: row[0] for row in VARIANTS for variant in row[1:]})
_SAME_KANA = str.maketrans("ぢづゔゕゖ", "じずぶかけ")

_KANJI = "\u3400-\u9fff\uf900-\ufaff"
_ACCENTS = re.compile("[\u0300-\u036f\ufe00-\ufe0f\U000e0100-\U000e01ef\u200b-\u200d\u2060]")
_AGAIN = re.compile(r"(\S)(\s*)々")
#: 関ヶ原, 茅ケ崎, 龍が崎 and 山之内, 一ノ瀬: between two kanji, one sound is written in several ways.
_GA_WITHIN = re.compile(f"(?<=[{_KANJI}])[けが](?=[{_KANJI}])")
_NO_WITHIN = re.compile(f"(?<=[{_KANJI}])[之乃](?=[{_KANJI}])")
_LONG = re.compile(r"(\S)(\s*)[ー~〜]")
#: What a long mark stands for behind a kana, by the vowel of that kana.
_LENGTHENS = {"a": "あ", "i": "い", "u": "う", "e": "い", "o": "う"}

_JAPANESE = re.compile(f"[\u3041-\u3096\u30a1-\u30fa{_KANJI}々]")


def fold(text: str) -> str:
    """Fold text. Spaces and punctuation stay; letters may become more or fewer."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", plain)).translate(_SAME_SIGN)
    kana = jaconv.kata2hira(plain).translate(_SAME_KANA)
    return _LONG.sub(_lengthened, within_kanji(_AGAIN.sub(r"\1\2\1", kana)))


def within_kanji(text: str) -> str:
    """Fold the kana that stand within a name in kanji; as many letters come out as went in."""
    return _NO_WITHIN.sub("の", _GA_WITHIN.sub("が", text))


def is_japanese(text: str) -> bool:
    """Whether text has kana or kanji in it."""
    return _JAPANESE.search(text) is not None


def is_kanji(letter: str) -> bool:
    """Whether a letter is kanji."""
    return "\u3400" <= letter <= "\u9fff" or "\uf900" <= letter <= "\ufaff"


def _lengthened(found: re.Match[str]) -> str:
    vowel = jaconv.kana2alphabet(found[1])[-1:]
    return found[1] + found[2] + _LENGTHENS.get(vowel, "ー")
