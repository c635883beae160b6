"""Tokens: every single slip, every swap of neighbours, every way of typing, every place in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.anonymity.errors import TokenFault, TokenUnreadableError
from bot.anonymity.guard import cut_tokens, find_tokens
from bot.anonymity.references import ALPHABET, ReferenceToken, looks_random, read_token

separators = st.sampled_from(["-", " ", "ー", "－", " - ", "　", "\n", "–", ""])
#: Japanese and Latin letters, marks, everything a person may write around a token except what would lengthen its run
prose = st.text(st.characters(exclude_categories=("Cs", "Nd", "Nl", "No", "Lu", "Ll", "Lt", "Lm"), codec="utf-8"))


def with_check(data: str) -> ReferenceToken:
    """The one token that starts with these 24 symbols."""
    (token,) = (read_token(data + check) for check in ALPHABET if not caught(data + check))
    return token


def symbols(token: ReferenceToken) -> str:
    """The 25 symbols without dashes."""
    return token.text.replace("-", "")


def caught(typed: str) -> bool:
    """Whether the check catches this."""
    try:
        read_token(typed)
    except TokenUnreadableError as refusal:
        return refusal.reason is TokenFault.CHECK
    return False


#: what `new_token` draws, but repeatable
tokens = (
    st.text(ALPHABET, min_size=24, max_size=24).map(with_check).filter(lambda token: looks_random(token.text, digits=2))
)


@given(tokens)
def test_every_single_wrong_symbol_is_caught(token: ReferenceToken) -> None:
    """At each of the 25 places, each of the 31 other symbols."""
    right = symbols(token)
    assert all(
        caught(right[:at] + wrong + right[at + 1 :]) for at in range(25) for wrong in ALPHABET if wrong != right[at]
    )


@given(tokens)
def test_every_swap_of_two_symbols_is_caught(token: ReferenceToken) -> None:
    """Of neighbours, and of any two, unless they are the same symbol."""
    right = symbols(token)
    for one in range(25):
        for two in range(one + 1, 25):
            swapped = list(right)
            swapped[one], swapped[two] = right[two], right[one]
            assert right[one] == right[two] or caught("".join(swapped))


@given(tokens, st.lists(separators, min_size=4, max_size=4), st.booleans(), st.booleans())
def test_a_token_is_read_and_found_however_it_is_typed(
    token: ReferenceToken, between: list[str], lower: bool, wide: bool
) -> None:
    """Any separators, either case, full-width or not: the reader and the guard agree."""
    typed = "".join(group + gap for group, gap in zip(token.text.split("-"), [*between, ""], strict=True))
    typed = typed.lower() if lower else typed
    typed = typed.translate({at: at + 0xFEE0 for at in range(0x21, 0x7F)}) if wide else typed
    assert read_token(typed) == token
    (found,) = find_tokens(f"「{typed}」")
    assert (found.token, found.start, found.end) == (token, 1, 1 + len(typed))


@given(prose, tokens, prose)
def test_a_token_is_cut_out_of_any_text(before: str, token: ReferenceToken, after: str) -> None:
    """And the text around it stays as it was."""
    text = f"{before}、{token.text}、{after}"
    assert cut_tokens(text, find_tokens(text), "◯") == f"{before}、◯、{after}"


@given(st.text(max_size=200))
def test_whatever_is_typed_is_a_token_or_refused(typed: str) -> None:
    """No character of Unicode, alone or in company, makes the reader or the guard fail."""
    find_tokens(typed)
    with pytest.raises(TokenUnreadableError):
        read_token(typed + "U")


@given(tokens, st.integers(0, 24), st.sampled_from(ALPHABET))
def test_one_symbol_lost_or_added_is_still_found(token: ReferenceToken, at: int, more: str) -> None:
    """The guard goes by shape, so the person is asked."""
    right = token.text
    place = at + at // 5
    for typed in (right[:place] + right[place + 1 :], right[:place] + more + right[place:]):
        (found,) = find_tokens(f"番号は{typed}です")
        assert (found.start, found.end) == (3, 3 + len(typed))
