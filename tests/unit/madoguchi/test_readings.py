"""How names are read: guessed by a dictionary where nobody says."""

import pytest

from madoguchi.organ.readings import guessed, is_reading, tidy


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("佐藤 花子", "さとう はなこ"),
        ("佐藤　花子", "さとう はなこ"),
        ("鈴木一郎", "すずき いちろう"),
        ("髙橋 誠", "たかはし まこと"),
        ("佐々木 健", "ささき けん"),
        ("ジョン・スミス", "じょん すみす"),
        ("さくら モモ", "さくら もも"),
        ("田中", "たなか"),
    ],
)
def test_a_reading_is_guessed_with_the_family_name_apart(name: str, reading: str) -> None:
    """Also where the name is written in one piece, in old characters, in kana or not of Japanese origin."""
    assert guessed({"en": "Somebody", "ja": name}) == reading


@pytest.mark.parametrize("name", [{}, {"en": "Ann"}, {"ja": "龘 龘"}, {"ja": " "}])
def test_what_no_dictionary_reads_is_not_guessed(name: dict[str, str]) -> None:
    """No guess is better than a made-up one."""
    assert guessed(name) == ""


def test_a_reading_is_kana_in_whatever_width() -> None:
    """An administrator may type it as they like; it is kept in one form."""
    assert is_reading("ｻﾄｳ　ハナコ")
    assert not is_reading("佐藤 はなこ")
    assert tidy("ｻﾄｳ　 ハナコ ") == "さとう はなこ"
