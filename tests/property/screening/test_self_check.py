"""Whatever somebody types, the search answers with places inside it, without overlap, and soon."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.findings import KINDS
from bot.screening.self_check.folding import fold
from bot.screening.self_check.looking import look
from bot.screening.self_check.pieces import pieces
from bot.screening.self_check.reading import NoReader, SudachiReader
from tests.support.self_identification import looked

READER = SudachiReader()
#: Bits that rules bite on, and signs that NFKC changes.
BITS = (
    *(
        "私",
        "は",
        "の",
        "です。",
        "と申します",
        "だけ",
        "しか",
        "山田",
        "課長",
        "年目",
        "2019年4月",
        "に",
        "以上",
        "\n\n",
    ),
    *(" ", "、", "「", "」", "I am ", "I'm ", "the only ", "my name is ", "Ann", "here", "regards, ", "nobody but me "),
    *('"', "'", "@", ".", "-", "0", "090", "+1", "(", ")", "a", "in ", "2019", "\n", "Leeds", "from "),
    *("ｶﾞ", "０", "㍿", "\ufdfa", "\u0301", "\ud800", "\U0001f642"),
)
TYPED = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(BITS), max_size=80).map("".join))

#: Seconds for 200,000 characters. A quick machine needs half a second; a busy one is no finding.
LONG = 20


@given(TYPED)
def test_every_passage_lies_in_the_text(text: str) -> None:
    """In order, apart from each other, never empty, of a known kind."""
    passages = looked(text, READER)
    assert all(0 <= each.start < each.end <= len(text) and each.kind in KINDS for each in passages)
    assert all(one.end <= other.start for one, other in pairwise(passages))


@given(TYPED)
def test_what_is_folded_knows_the_way_back(text: str) -> None:
    """Every sign of the copy stands for a stretch of the text, and they follow each other."""
    folded = fold(text)
    assert len(folded.words) == len(folded.starts) == len(folded.ends)
    stretches = list(zip(folded.starts, folded.ends, strict=True))
    assert all(0 <= start < end <= len(text) for start, end in stretches)
    assert stretches == sorted(stretches)
    folded.words.encode()


@given(TYPED, st.integers(1, 50))
def test_pieces_are_the_text(text: str, times: int) -> None:
    """Nothing falls between two of them."""
    whole = text * times
    assert "".join(words for _, words in pieces(whole)) == whole
    assert all(whole[start : start + len(words)] == words for start, words in pieces(whole))


@settings(max_examples=15)
@given(st.lists(st.sampled_from(BITS), min_size=1, max_size=6).map("".join))
def test_any_text_of_any_length_is_looked_through_in_bounded_time(bit: str) -> None:
    """An attack on the patterns: what they bite on, over and over; none of them may grow with more than its length."""
    text = (bit * 20_000)[:20_000]
    began = time.perf_counter()
    looked(text, NoReader())
    assert time.perf_counter() - began < LONG / 10


@pytest.mark.parametrize(
    "bit", ["私は", "です", "I am the ", "a@", "0-", "山", "\n", "'a ", "regards, ", "課長の佐藤さんが。"]
)
def test_a_story_of_200000_characters_is_looked_through(bit: str) -> None:
    """In pieces, so that whoever waits no longer is let go soon."""
    text = (bit * 200_000)[:200_000]
    began = time.perf_counter()
    count = sum(1 for _ in look(text, READER))
    assert time.perf_counter() - began < LONG
    assert count >= 100
