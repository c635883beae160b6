"""Reference tokens: made, shown, read the way people type."""

import pytest

from bot.anonymity.errors import TokenFault, TokenUnreadableError
from bot.anonymity.references import ALPHABET, ReferenceToken, looks_random, new_token, read_token

SHOWN = "7K3QH-2M9XV-04BDR-TW8EZ-5NGAD"

#: how it was typed, and why people type so
TYPED = {
    "as shown": SHOWN,
    "lower case": SHOWN.lower(),
    "no dashes": SHOWN.replace("-", ""),
    "spaces around and between": "  " + SHOWN.replace("-", " ") + "\n",
    "full-width, Japanese keyboard": "７Ｋ３ＱＨ－２Ｍ９ＸＶ－０４ＢＤＲ－ＴＷ８ＥＺ－５ＮＧＡＤ",
    "full-width lower case, ideographic space": "７ｋ３ｑｈ　２ｍ９ｘｖ　０４ｂｄｒ　ｔｗ８ｅｚ　５ｎｇａｄ",
    "the long vowel mark for a dash": SHOWN.replace("-", "ー"),
    "half-width long vowel mark": SHOWN.replace("-", "ｰ"),
    "an en dash from an autocorrecting phone": SHOWN.replace("-", "–"),
    "a minus sign": SHOWN.replace("-", "−"),
    "a non-breaking hyphen": SHOWN.replace("-", "‑"),
    "a box-drawing line": SHOWN.replace("-", "─"),
    "the letter O for the zero": SHOWN.replace("0", "O"),
    "a soft hyphen and a zero-width space from a web page": SHOWN.replace("-", "\u00ad\u200b"),
    "mathematical bold from a styled font": SHOWN.replace("K", "𝐊"),
}


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED.keys())
def test_a_token_is_read_the_way_people_type_it(typed: str) -> None:
    """Whatever keyboard and habit, the same token is read."""
    assert read_token(typed).text == SHOWN


def test_the_letters_i_and_l_are_read_as_the_digit_one() -> None:
    """A one that was copied as I or l is no slip."""
    token = next(token for token in iter(new_token, None) if "1" in token.text)
    assert read_token(token.text.replace("1", "I")) == token
    assert read_token(token.text.replace("1", "l")) == token


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", TokenFault.LENGTH),
        (SHOWN[:-1], TokenFault.LENGTH),
        (SHOWN + "7", TokenFault.LENGTH),
        (SHOWN.replace("V", "U"), TokenFault.SYMBOL),
        (SHOWN.replace("V", "ヴ"), TokenFault.SYMBOL),
        (SHOWN + ".", TokenFault.SYMBOL),
        (SHOWN.replace("V", "V\u0301"), TokenFault.SYMBOL),
        (SHOWN.replace("V", "W"), TokenFault.CHECK),
    ],
)
def test_what_cannot_be_a_token_is_refused_with_its_reason(typed: str, reason: TokenFault) -> None:
    """The person is told whether something is missing, cannot stand in a token, or was mistyped."""
    with pytest.raises(TokenUnreadableError) as refusal:
        read_token(typed)
    assert refusal.value.reason is reason


def test_a_refusal_does_not_repeat_what_was_typed() -> None:
    """An almost right token in a log would be as good as a right one."""
    with pytest.raises(TokenUnreadableError) as refusal:
        read_token(SHOWN.replace("V", "W"))
    assert "7K3QH" not in str(refusal.value)
    assert refusal.value.__context__ is None


def test_a_token_hides_from_logs() -> None:
    """Neither repr nor str nor a container's repr shows it; `.text` is the one way."""
    token = read_token(SHOWN)
    assert "7K3QH" not in f"{token} {token!r} {[token]} {vars(token) if hasattr(token, '__dict__') else ''}"


def test_tokens_are_equal_by_what_they_are() -> None:
    """Two readings of one token are one, another is not, and nothing else is a token."""
    token = read_token(SHOWN)
    assert {token, read_token(SHOWN.lower())} == {token}
    assert token != new_token()
    assert token != SHOWN


def test_the_secret_is_the_symbols_five_bits_each() -> None:
    """The packing that the key derivation depends on: most significant first, the check symbol left out."""
    token = read_token(SHOWN)
    number = int.from_bytes(token.secret, "big")
    assert "".join(ALPHABET[number >> 5 * at & 31] for at in reversed(range(24))) == SHOWN.replace("-", "")[:24]
    assert len(token.secret) == 15


def test_new_tokens_differ_and_can_be_told_from_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A draw without digits is drawn again, so that the guard against tokens in text finds every token there is."""
    draws = iter([bytes(15), b"\xff" * 15, bytes(range(15))])
    monkeypatch.setattr("bot.anonymity.references.os.urandom", lambda _: next(draws))
    assert looks_random(new_token().text, digits=2)
    assert next(draws, None) is None


def test_five_hundred_new_tokens_are_five_hundred() -> None:
    """Nothing is drawn twice, and each can be read back."""
    tokens = {new_token() for _ in range(500)}
    assert len(tokens) == 500
    assert all(isinstance(read_token(token.text), ReferenceToken) for token in tokens)
