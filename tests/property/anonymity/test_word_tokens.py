"""Tokens in words: spelt and read back, found in any company, and never seen where there is none."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.anonymity.errors import TokenUnreadableError
from bot.anonymity.guard import cut_tokens, find_tokens
from bot.anonymity.references import ReferenceToken, read_token, token_of
from bot.anonymity.token_words import secret_of
from bot.anonymity.word_lists import LISTS, fold_kana, numbers, words

every_token = st.binary(min_size=15, max_size=15).map(token_of)
#: what is drawn, but repeatable: hardly ever the same word again and again
tokens = st.binary(max_size=8).map(lambda seed: token_of(hashlib.sha256(seed).digest()[:15]))
languages = st.sampled_from(sorted(LISTS))
#: what people put between words: no letter in it, and no end of a line in the middle of a number
between = st.sampled_from([" ", "　", "\n", ", ", "、", "・", "\r\n", " - ", "．", "\t", "／", " 3) "])
#: everything but letters: in the company of letters a word would be a longer one
company = st.text(st.characters(exclude_categories=("Cs", "L", "Mn", "Mc"), codec="utf-8"))
#: prose that is drawn from no list: words of its own, in both scripts
vocabulary = st.sampled_from(
    [
        *["the", "of", "and", "to", "in", "is", "was", "for", "on", "were", "by", "from", "at", "are", "had"],
        *[
            "boss",
            "money",
            "claim",
            "fare",
            "first",
            "class",
            "paid",
            "never",
            "asked",
            "told",
            "form",
            "sign",
            "page",
            "March",
            "three",
            "about",
            "that",
        ],
        *[
            "上司",
            "領収書",
            "が",
            "を",
            "書き換え",
            "ました",
            "、",
            "。",
            "わたし",
            "は",
            "こわい",
            "です",
            "架空",
            "の",
            "出張",
            "たすけて",
            "ください",
        ],
    ]
)


@given(every_token, languages)
def test_what_is_spelt_is_read_back(token: ReferenceToken, language: str) -> None:
    """Every one of the 2 to the 120 tokens, in each language."""
    spelt = token.words(language)
    assert len(spelt) == 12
    assert read_token(" ".join(spelt)) == token
    assert secret_of([numbers(language)[word] for word in spelt]) == token.secret


@given(tokens, languages, st.lists(between, min_size=11, max_size=11), st.booleans())
def test_words_are_read_and_found_however_they_are_typed(
    token: ReferenceToken, language: str, gaps: list[str], capital: bool
) -> None:
    """Any separators, katakana or capitals: the reader and the guard agree."""
    spelt = token.words(language)
    if capital:
        spelt = tuple(word.upper() if language == "en" else _katakana(word) for word in spelt)
    typed = "".join(word + gap for word, gap in zip(spelt, [*gaps, ""], strict=True))
    assert read_token(typed) == token
    (found,) = find_tokens(f"「{typed}」")
    assert (found.token, found.start, found.end) == (token, 1, 1 + len(typed))


@given(company, tokens, languages, company)
def test_words_are_cut_out_of_any_company(before: str, token: ReferenceToken, language: str, after: str) -> None:
    """And what stands around them stays as it was."""
    typed = "、".join(token.words(language))
    text = f"{before}「{typed}」{after}"
    assert cut_tokens(text, find_tokens(text), "◯") == f"{before}「◯」{after}"


@given(tokens, languages, st.integers(0, 11), st.integers(0, 2047))
def test_a_single_wrong_word_never_opens_anything(token: ReferenceToken, language: str, at: int, number: int) -> None:
    """It is caught before anything is looked up, and the guard asks rather than lets it pass."""
    spelt, wrong = list(token.words(language)), words(language)[number]
    if wrong == spelt[at]:
        return
    spelt[at] = wrong
    with pytest.raises(TokenUnreadableError):
        read_token(" ".join(spelt))
    (found,) = find_tokens(f"「{' '.join(spelt)}」")
    assert found.token is None


@given(tokens, languages, st.integers(0, 10))
def test_two_neighbours_that_changed_places_never_open_anything(token: ReferenceToken, language: str, at: int) -> None:
    """Unless they are the same word."""
    spelt = list(token.words(language))
    spelt[at], spelt[at + 1] = spelt[at + 1], spelt[at]
    if tuple(spelt) != token.words(language):
        with pytest.raises(TokenUnreadableError):
            read_token(" ".join(spelt))


@given(st.lists(vocabulary, max_size=120), st.sampled_from([" ", "", "\n"]))
def test_ordinary_prose_loses_nothing(typed: list[str], gap: str) -> None:
    """No token is seen in it, so nothing is taken out."""
    assert all(found.token is None for found in find_tokens(gap.join(typed)))


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_whatever_is_typed_the_guard_holds(text: str) -> None:
    """No character of Unicode, alone or in company, makes it fail; places are within the text, and in order."""
    places = [at for found in find_tokens(text) for at in (found.start, found.end)]
    assert places == sorted(places)
    assert all(0 <= at <= len(text) for at in places)


def _katakana(word: str) -> str:
    katakana = "".join(chr(ord(kana) + 0x60) for kana in word)
    assert fold_kana(katakana) == word
    return katakana
