"""Names that are typed, matched against those who could read the report."""

import pytest

from bot.conversation.names import match_names
from bot.conversation.organ import Person

PEOPLE: tuple[Person, ...] = (
    ("sato", {"ja": "佐藤 花子", "en": "Hanako Sato"}),
    ("suzuki", {"ja": "鈴木一郎", "en": "Ichiro Suzuki"}),
    ("suzuki2", {"ja": "鈴木 次郎", "en": "Jiro SUZUKI"}),
    ("hayashi", {"ja": "林 正子", "en": "Masako Hayashi"}),
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("佐藤花子", ("sato",)),
        ("佐藤 花子さん", ("sato",)),
        ("佐藤　花子", ("sato",)),
        ("佐藤課長補佐", ("sato",)),
        ("佐藤さん、林様", ("sato", "hayashi")),
        ("佐藤と林氏", ("sato", "hayashi")),
        ("Hanako SATO", ("sato",)),
        ("ｓａｔｏ", ("sato",)),
        ("鈴木", ("suzuki", "suzuki2")),
        ("鈴木さんには見せないでください", ("suzuki", "suzuki2")),
        ("鈴木一郎", ("suzuki", "suzuki2")),
        ("課長の佐藤", ("sato",)),
        ("林", ("hayashi",)),
        ("林さんには見せないでください", ("hayashi",)),
        ("上司の林課長", ("hayashi",)),
    ],
)
def test_a_name_is_found_the_way_people_write_it(typed: str, meant: tuple[str, ...]) -> None:
    """Width, case, spaces and titles make no difference; a shared family name means everyone who bears it."""
    assert match_names(typed, PEOPLE) == meant


@pytest.mark.parametrize("typed", ["", "さん", "課長", "高橋", "小林さん", "森林管理", "satoshi", "、、", "誰でも"])
def test_other_words_mean_nobody(typed: str) -> None:
    """A one-character family name inside another word is not meant, nor is a title alone."""
    assert match_names(typed, PEOPLE) == ()
