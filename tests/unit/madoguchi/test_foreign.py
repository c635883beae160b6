"""Words of strangers on a terminal."""

import pytest

from madoguchi.foreign import harmless, one_line, quoted


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("\x1b[2J", "⟨U+001B⟩[2J"),
        ("a\rb", "a⟨U+000D⟩b"),
        ("\u202egnp.exe", "⟨U+202E⟩gnp.exe"),
        ("\ud800", "⟨U+D800⟩"),
        ("\x9b31m", "⟨U+009B⟩31m"),
        ("一行目\n二行目\t。", "一行目\n二行目\t。"),
        ("dos\r\nlines", "dos\nlines"),
        ("👩‍👧 ok", "👩‍👧 ok"),
    ],
)
def test_an_attack_on_the_terminal_is_named_and_not_obeyed(written: str, shown: str) -> None:
    """Escape sequences, overwritten lines and turned reading directions stay visible as what they are."""
    assert harmless(written) == shown


def test_a_forged_heading_stays_behind_the_bar() -> None:
    """A letter that draws our own headings is still seen to be the letter's."""
    assert quoted("hello\n── Who reported ──\u2028Sato") == ["  │ hello", "  │ ── Who reported ──⟨U+2028⟩Sato"]


def test_a_name_is_one_line() -> None:
    """A line break in a name cannot start a line of its own."""
    assert one_line("ja\n! Case closed") == "ja ! Case closed"
