"""Long texts are cut where a reader would pause, and never lose or tear a character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.splitting import Unit, in_bytes, in_characters, in_utf16, split

UNITS = st.sampled_from([in_characters, in_utf16, in_bytes])
#: Prose of both languages with what tears easily: families of emoji, flags, accents, kana with marks, line ends.
PROSE = st.text(
    st.one_of(
        st.sampled_from("あいう。、」「abc .!?\n\r\u200d👨👩👧🏽🇯🇵e\u0301か\u3099각\u1100\u1161\u11a8"), st.characters()
    )
)


@given(PROSE, st.integers(4, 60), UNITS)
def test_the_pieces_joined_are_the_text(text: str, limit: int, unit: Unit) -> None:
    """Nothing is lost, doubled or trimmed, and no piece is empty or over the limit."""
    pieces = split(text, limit, unit)
    assert "".join(pieces) == text
    assert all(0 < unit(piece) <= limit for piece in pieces)


@given(PROSE)
def test_a_text_that_fits_stays_whole(text: str) -> None:
    """What is within the limit comes in one piece, and nothing comes in none."""
    assert split(text, 10_000) == ((text,) if text else ())


@given(
    st.lists(st.sampled_from(["👨‍👩‍👧", "👍🏽", "🇯🇵", "e\u0301", "か\u3099", "あ", "\r\n"]), min_size=1, max_size=30)
)
def test_what_people_see_as_one_character_is_never_torn(characters: list[str]) -> None:
    """Families, skin tones, flags, accents and line ends stay together when they fit at all."""
    for piece in split("".join(characters), 8):
        assert "\u200d" not in {piece[0], piece[-1]}
        assert piece[0] not in {"\u0301", "\u3099", "🏽", "\n"} or piece == "\n"
        assert sum("\U0001f1e6" <= each <= "\U0001f1ff" for each in piece) % 2 == 0


@pytest.mark.parametrize("limit", [3, 0, -1])
def test_a_limit_too_small_for_one_character_is_refused(limit: int) -> None:
    """A limit in which a character may not fit is a mistake of the program, not a text to be torn."""
    with pytest.raises(ValueError, match=str(limit)):
        split("あ", limit)
