"""Names as people type them: everybody's full name is found in every spelling, and nobody is found by another's."""

from collections.abc import Callable

import jaconv
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.naming.matching import Directory
from bot.conversation.naming.sounds import sounds_of
from bot.conversation.organ import Person

#: Kanji, reading and passport spelling. No two sound alike, and none is the beginning of another.
FAMILIES = (
    ("佐藤", "さとう", "Sato"), ("鈴木", "すずき", "Suzuki"), ("林", "はやし", "Hayashi"), ("大野", "おおの", "Ohno"),
    ("伊藤", "いとう", "Ito"), ("齋藤", "さいとう", "Saito"), ("髙橋", "たかはし", "Takahashi"),
    ("長谷川", "はせがわ", "Hasegawa"), ("茅ケ崎", "ちがさき", "Chigasaki"), ("佐々木", "ささき", "Sasaki"),
    ("辻", "つじ", "Tsuji"), ("服部", "はっとり", "Hattori"), ("渡邉", "わたなべ", "Watanabe"),
    ("井上", "いのうえ", "Inoue"), ("本庄", "ほんじょう", "Honjo"), ("八田", "はった", "Hatta"),
)  # fmt: skip
GIVENS = (
    ("花子", "はなこ", "Hanako"), ("純一", "じゅんいち", "Jun'ichi"), ("裕子", "ゆうこ", "Yuko"),
    ("太郎", "たろう", "Taro"), ("信之助", "しんのすけ", "Shinnosuke"), ("千鶴", "ちずる", "Chizuru"),
    ("俊平", "しゅんぺい", "Shumpei"),
    ("恵", "めぐみ", "Megumi"), ("涼太", "りょうた", "Ryota"), ("桜", "さくら", "Sakura"), ("圭", "けい", "Kei"),
)  # fmt: skip

Spell = Callable[[tuple[str, str, str], tuple[str, str, str]], str]

#: Ways to write a whole name.
WAYS: tuple[Spell, ...] = (
    lambda family, given: family[0] + given[0],
    lambda family, given: f"{family[0]} {given[0]}",
    lambda family, given: f"{family[0]}　{given[0]}",
    lambda family, given: given[0] + family[0],
    lambda family, given: " ".join(family[0] + given[0]),
    lambda family, given: f"{family[1]} {given[1]}",
    lambda family, given: family[1] + given[1],
    lambda family, given: jaconv.hira2kata(f"{family[1]} {given[1]}"),
    lambda family, given: jaconv.z2h(jaconv.hira2kata(family[1] + given[1]), kana=True),
    lambda family, given: family[0] + jaconv.hira2kata(given[1]),
    lambda family, given: f"{given[2]} {family[2]}",
    lambda family, given: f"{family[2]} {given[2]}",
    lambda family, given: f"{family[2].upper()}, {given[2]}",
    lambda family, given: f"{family[2]}{given[2]}".lower(),
    lambda family, given: jaconv.h2z(f"{given[2]} {family[2]}", ascii=True),
    lambda family, given: f"{jaconv.kana2alphabet(given[1])} {jaconv.kana2alphabet(family[1])}",
    lambda family, given: f"{_kunrei(family[1])} {_kunrei(given[1])}",
    lambda family, given: f"{_with_h(family[1])}, {_with_h(given[1])}",
    lambda family, given: f"{_with_macrons(given[1])} {_with_macrons(family[1])}",
)
#: What is put around it; no more Japanese titles than people use of one person.
JAPANESE_AROUND = (
    "{}",
    "{}さん",
    "{}様",
    "{}氏",
    "{}課長",
    "{} 課長補佐",
    "上司の{}さん",
    "{}さんには見せないでください",
    "「{}」",
)
LATIN_AROUND = ("{}", "Mr. {}", "{}-san", "{} san", "please keep it from {}", "{} and nobody else", "({})", "{}さん")

families, givens, ways = st.sampled_from(FAMILIES), st.sampled_from(GIVENS), st.sampled_from(WAYS)
pairs = st.tuples(families, givens)


@given(st.lists(pairs, min_size=1, max_size=6, unique=True), ways, st.data())
def test_a_full_name_is_surely_found_in_every_spelling(
    people: list[tuple[tuple[str, str, str], tuple[str, str, str]]], way: Spell, data: st.DataObject
) -> None:
    """Kanji, kana, Latin letters; any width, order, romanisation and title: the bearer is kept out, and nobody else."""
    directory = Directory(_person(number, *each) for number, each in enumerate(people))
    meant = data.draw(st.integers(0, len(people) - 1))
    typed = way(*people[meant])
    around = data.draw(st.sampled_from(LATIN_AROUND if typed.isascii() else JAPANESE_AROUND))
    assert directory.meant_by(around.format(typed)).surely == (str(meant),)


@given(st.lists(pairs, max_size=6, unique=True), pairs, ways, st.sampled_from(JAPANESE_AROUND + LATIN_AROUND))
def test_an_unrelated_name_never_surely_means_anybody(
    people: list[tuple[tuple[str, str, str], tuple[str, str, str]]],
    stranger: tuple[tuple[str, str, str], tuple[str, str, str]],
    way: Spell,
    around: str,
) -> None:
    """Whoever shares neither family name nor sound with a name on the roster keeps nobody out."""
    others = [each for each in people if each[0] != stranger[0]]
    directory = Directory(_person(number, *each) for number, each in enumerate(others))
    assert directory.meant_by(around.format(way(*stranger))).surely == ()


@given(st.text(max_size=200), st.lists(pairs, max_size=4, unique=True))
def test_whatever_is_typed_is_read_without_harm(
    typed: str, people: list[tuple[tuple[str, str, str], tuple[str, str, str]]]
) -> None:
    """Any text has an answer: everybody is meant surely, perhaps or not, and never twice."""
    meant = Directory(_person(number, *each) for number, each in enumerate(people)).meant_by(typed)
    named = (*meant.surely, *meant.maybe)
    assert len(set(named)) == len(named) <= len(people)


def test_the_made_up_names_do_not_sound_alike() -> None:
    """Else a stranger would be somebody's namesake by ear."""
    keys = [sounds_of(family[1]) for family in FAMILIES]
    assert all(not one & other for at, one in enumerate(keys) for other in keys[:at])


def _person(number: int, family: tuple[str, str, str], given_name: tuple[str, str, str]) -> Person:
    name = {"ja": f"{family[0]} {given_name[0]}", "en": f"{given_name[2]} {family[2]}"}
    return Person(str(number), name, f"{family[1]} {given_name[1]}")


def _kunrei(kana: str) -> str:
    spelt = jaconv.kana2alphabet(kana)
    for hepburn, kunrei in (("cch", "tty"), ("sh", "sy"), ("ch", "ty"), ("ts", "t"), ("j", "zy"), ("fu", "hu")):
        spelt = spelt.replace(hepburn, kunrei)
    return spelt.replace("yi", "i")


def _with_h(kana: str) -> str:
    return jaconv.kana2alphabet(kana).replace("ou", "oh").replace("oo", "oh").replace("uu", "uh")


def _with_macrons(kana: str) -> str:
    return jaconv.kana2alphabet(kana).replace("ou", "ō").replace("oo", "ō").replace("uu", "ū").title()
