"""Words as people type them."""

import pytest

from bot.conversation.words import clean, fold, guess_language, join, looks_like_token, read_command, read_numbers

WORDS = {"/back": "back", "戻る": "back", "back": "back"}


@pytest.mark.parametrize(
    "text", ["", "普通の文。", "\u0645\u0631\u200f RTL \u200e", "e\u0301 zero\u200dwidth", "  spaces  ", "emoji 👩‍👩‍👧"]
)
def test_ordinary_text_is_kept_exactly(text: str) -> None:
    """Cleaning changes nothing that a store can hold: it may be evidence."""
    assert clean(text) == text


def test_what_no_store_can_hold_is_replaced_and_nothing_else() -> None:
    """A lone surrogate becomes U+FFFD and NUL becomes U+2400; their neighbours stay."""
    assert clean("\udc80") == "\ufffd"
    assert clean("a\0b\ud800c\udfffd") == "a\u2400b\ufffdc\ufffdd"


def test_cleaned_text_can_always_be_stored() -> None:
    """Whatever came in, it can be written as UTF-8 afterwards."""
    assert clean("\ud83d\0").encode() == "\ufffd\u2400".encode()


@pytest.mark.parametrize("typed", ["/back", "/BACK", "/back@some_bot", "戻る", " 戻る。", "BACK", "Ｂａｃｋ!"])
def test_a_command_is_read_the_way_people_type_it(typed: str) -> None:
    """Width, case, the bot's own name behind it and full stops make no difference."""
    assert read_command(typed, WORDS) == "back"


@pytest.mark.parametrize("typed", ["", "go back to the office", "/nothing", "/", "戻ると言われた", "back " * 40])
def test_other_words_are_no_command(typed: str) -> None:
    """A command stands alone; in a sentence it is a word like any other."""
    assert read_command(typed, WORDS) == ""


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [("2", (2,)), ("２", (2,)), ("1,3", (1, 3)), ("１、３", (1, 3)), (" 1 3 ", (1, 3)), ("2.", (2,)), ("٣", (3,))],
)
def test_numbers_are_read_in_any_width(typed: str, numbers: tuple[int, ...]) -> None:
    """A phone set to Japanese types full-width digits."""
    assert read_numbers(typed) == numbers


@pytest.mark.parametrize("typed", ["", "two", "1 or 2", "9999", "1" * 5000, "3日"])
def test_anything_else_is_no_number(typed: str) -> None:
    """Not even a number too long to be one of a list."""
    assert read_numbers(typed) == ()


def test_folding_is_for_comparing() -> None:
    """Width, case and punctuation at the edges fall away."""
    assert fold(" ＯＫ。 ") == "ok"


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("", "new", "new"),
        ("old", "", "old"),
        ("old", " \n", "old"),
        ("old", "new", "old\n\nnew"),
        ("same", "same", "same"),
        ("a\n\nb", "b", "a\n\nb"),
        ("abc", "b", "abc\n\nb"),
    ],
)
def test_words_are_joined_without_losing_any(before: str, after: str, joined: str) -> None:
    """A blank line stands between; what is there already is not written twice."""
    assert join(before, after) == joined


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("課長が", "ja"),
        ("カルテ", "ja"),
        ("ｶﾙﾃ", "ja"),
        ("The books", "en"),
        ("مرحبا", ""),
        ("12 / 3", ""),
        ("Mr. 田中", "ja"),
    ],
)
def test_the_language_is_guessed_from_the_script(text: str, language: str) -> None:
    """A guess only chooses the language of the answers; no script, no guess."""
    assert guess_language(text) == language


@pytest.mark.parametrize(
    "typed",
    [
        "7K3QF-9ABCD-EFGHJ-KMNPQ-RSTV2",
        "7k3qf 9abcd efghj kmnpq rstv2",
        "7K3QF9ABCDEFGHJKMNPQRSTV2",
        "７K3QF—9ABCD EFGH KMNPQ",
    ],
)
def test_an_attempt_at_a_token_is_seen_by_its_shape(typed: str) -> None:
    """With a symbol too few, too, and in any width."""
    assert looks_like_token(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "I lost my token on 3 May 2026",
        "5月3日に課長が会計の書類を書き換えていました",
        "please help, they have found me",
        "1",
    ],
)
def test_a_sentence_is_no_attempt_at_a_token(typed: str) -> None:
    """It must be kept."""
    assert not looks_like_token(typed)
