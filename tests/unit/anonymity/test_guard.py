"""Tokens in free text: found in whatever form, and ordinary text left alone."""

import sys
import time

import pytest

from bot.anonymity.guard import cut_tokens, find_tokens
from bot.anonymity.references import fold, read_token

SHOWN = "7K3QH-2M9XV-04BDR-TW8EZ-5NGAD"
TOKEN = read_token(SHOWN)

#: text before and after a token, and the token as it stands there
HOLDING = {
    "in a Japanese sentence": ("照会番号は", SHOWN, "です。"),
    "after a colon": ("token:", SHOWN, ", thanks"),
    "lower case with spaces": ("my number ", SHOWN.lower().replace("-", " "), " please"),
    "five-letter words on both sides": ("token ", SHOWN.replace("-", " "), " today"),
    "five-letter words, dashes": ("token-", SHOWN, "-again"),
    "in one run": ("(", SHOWN.replace("-", ""), ")"),
    "full-width": ("番号：", "７Ｋ３ＱＨ－２Ｍ９ＸＶ－０４ＢＤＲ－ＴＷ８ＥＺ－５ＮＧＡＤ", "。"),
    "long vowel marks": ("", SHOWN.replace("-", "ー"), ""),
    "over two lines": ("see\n", SHOWN[:11] + "-\n" + SHOWN[12:], "\nbye"),
    "spaced dashes": ("", SHOWN.replace("-", " - "), ""),
    "unevenly grouped": ("", "7K3QH2M9XV 04BDR-TW8EZ5NGAD", ""),
    "after an equals sign in a page's address": ("https://example.jp/?t=", SHOWN, "&x=1"),
    "after characters that grow when normalised": ("㌔㌔½ﬃ", SHOWN, "㌔"),
}


@pytest.mark.parametrize(("before", "token", "after"), HOLDING.values(), ids=HOLDING.keys())
def test_a_token_in_text_is_found_where_it_stands(before: str, token: str, after: str) -> None:
    """The token is told, and its place in the original text is exact."""
    (found,) = find_tokens(before + token + after)
    assert found.token == TOKEN
    assert (found.start, found.end) == (len(before), len(before) + len(token))


#: a token with a slip, as it stands in a text
SLIPPED = {
    "one symbol wrong": SHOWN.replace("V", "W"),
    "a letter that stands in no token": SHOWN.replace("V", "U"),
    "one symbol lost": SHOWN.replace("V", ""),
    "one symbol lost in a run": SHOWN.replace("V", "").replace("-", ""),
    "one symbol too many": SHOWN.replace("V", "VV"),
    "one symbol too many, spaces": SHOWN.replace("V", "VV").replace("-", " "),
    "one symbol wrong in a run": SHOWN.replace("V", "W").replace("-", ""),
    "one wrong symbol, spaces": SHOWN.replace("V", "W").replace("-", " "),
}


@pytest.mark.parametrize("typed", SLIPPED.values(), ids=SLIPPED.keys())
def test_a_token_with_a_slip_is_found_by_its_shape(typed: str) -> None:
    """Twenty-four right symbols give a token away, so the person is asked before it travels on."""
    (found,) = find_tokens(f"番号は {typed} です")
    assert found.token is None
    assert f"番号は {typed} です"[found.start : found.end] == typed


def test_overlapping_doubts_are_one_doubt() -> None:
    """A word before a mistyped token joins its run; no group of it is left standing."""
    typed = SHOWN.replace("V", "W").replace("-", " ")
    (found,) = find_tokens(f"token {typed}")
    assert (found.start, found.end) == (0, len("token ") + len(typed))


ORDINARY = {
    "Japanese": "二〇二六年四月から上司が領収書を書き換えています。証拠は3階の棚、ファイルNo.24にあります。" * 20,
    "English": "There were three first class fares on the March 2026 claim, and seven more since April 2025. " * 20,
    "five-letter words": "where there these those after until might could would every third sixth order money claim "
    * 20,
    "dates and amounts": "March 2026 before April 2027 since 1980s until 1990s there, 12,345,678 yen on 2026-04-01 "
    * 20,
    "a page's address": "https://www.example.go.jp/a/B7K3Q-H2M9X-V04BD-RTW8E-Z5NGA.html?id=9f86d081884c7d659a2feaa0c5",
    "a bare page's address": "www.example.jp/7K3QH-2M9XV-04BDR-TW8EZ-5NGAX",
    "a commit": "fixed in 9fceb02d0ae598e95dc970b74767f19372d61af8 and 69378be",
    "a long hash": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "a hash of 24": "507f1f77bcf86cd799439011",
    "a UUID": "550e8400-e29b-41d4-a716-446655440000",
    "telephone and account numbers": "03-1234-5678, 1234 5678 9012 3456 7890 1234, 12345 67890 12345 67890 12345",
    "bank account": "GB29 NWBK 6016 1331 9268 19",
    "a key's fingerprint": "0D59 BE52 4A9B 12CD 34EF  0D59 BE52 4A9B 12CD 34EF",
    "a file's path": r"C:\Users\SATO\Documents\2026\invoice_0424_final_version2.xlsx",
    "a long word": "Donaudampfschifffahrtsgesellschaftskapitaen Pneumonoultramicroscopic",
}


@pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY.keys())
def test_ordinary_text_holds_no_token(text: str) -> None:
    """Nobody is asked about what they merely wrote."""
    assert find_tokens(text) == ()


def test_several_tokens_are_cut_out_and_the_rest_stays() -> None:
    """Each becomes the mark; every other character is left as it was."""
    text = f"旧 {SHOWN}、新 {SHOWN.lower()}。"
    assert cut_tokens(text, find_tokens(text), "［…］") == "旧 ［…］、新 ［…］。"
    assert cut_tokens("何もない", (), "［…］") == "何もない"


def test_a_found_token_tells_its_place_and_hides_itself() -> None:
    """A found place may be logged."""
    assert repr(find_tokens(SHOWN)) == "(<FoundToken 0:29>,)"


@pytest.mark.parametrize(
    "piece",
    [SHOWN.replace("-", " ") + " ", "ABCD5 ", "A5K9-", "ABCDE2345", "- ", "番号", "http://"],
    ids=["tokens", "groups", "short groups", "a run", "separators", "prose", "addresses"],
)
def test_a_hundred_thousand_characters_take_no_longer_than_they_are_long(piece: str) -> None:
    """Ten times the text takes about ten times as long, whatever it is made of, so nobody can stall the talk."""
    short, long = (_seconds((piece * size)[:size]) for size in (10_000, 100_000))
    assert long < 30 * short + 0.2


def _seconds(text: str) -> float:
    started = time.process_time()
    find_tokens(text)
    return time.process_time() - started


def test_no_character_reads_as_a_digit_without_being_one() -> None:
    """A text without digits is not searched: whatever folds to 2-9, which every token has, must count as one."""
    disguised = [
        char for char in map(chr, range(sys.maxunicode + 1)) if fold(char) in "23456789" and not char.isdigit()
    ]
    assert disguised == []
