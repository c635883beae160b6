"""Where a cut falls."""

import pytest

from bot.channels.splitting import in_bytes, in_utf16, split


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("一つ目。二つ目。三つ目。", 9, ("一つ目。二つ目。", "三つ目。")),
        ("「もう一度。」と言った。それから帰った。", 14, ("「もう一度。」と言った。", "それから帰った。")),
        ("One is here. Two is there.", 20, ("One is here. ", "Two is there.")),
        ("It cost 3.50 yen in all", 12, ("It cost ", "3.50 yen in ", "all")),
        ("first line\nsecond line here", 20, ("first line\n", "second line here")),
        ("長い文で、句点がなくて、続く", 10, ("長い文で、", "句点がなくて、続く")),
        ("あいうえおかきくけこ", 4, ("あいうえ", "おかきく", "けこ")),
        ("a. bbbbbbbbbbbbbbbbbb", 12, ("a. ", "bbbbbbbbbbbb", "bbbbbb")),
    ],
)
def test_a_cut_falls_where_a_reader_would_pause(text: str, limit: int, pieces: tuple[str, ...]) -> None:
    """Line ends, then sentences of both languages, then commas and spaces, then characters."""
    assert split(text, limit) == pieces


def test_a_character_larger_than_the_limit_is_cut_into_code_points() -> None:
    """A heap of accents on one letter, as hostile texts have, still gets through."""
    heap = "e" + "\u0301" * 50
    assert "".join(split(heap, 10)) == heap
    assert len(split(heap, 10)) == 6


def test_units_count_as_the_platforms_do() -> None:
    """An emoji is two UTF-16 units and four bytes; a lone surrogate is three bytes and no error."""
    assert in_utf16("a😀") == 3
    assert in_bytes("a😀") == 5
    assert in_bytes("\ud800") == 3


def test_a_hundred_thousand_characters_are_cut_without_delay() -> None:
    """A long story is cut in linear time."""
    story = "これは長い話です。" * 12_000
    assert "".join(split(story, 4_096, in_utf16)) == story
