"""A token in words: spelt, read the way people type, and told from all else."""

import unicodedata
from itertools import pairwise

import pytest

from bot.anonymity.errors import TokenFault, TokenUnreadableError
from bot.anonymity.references import new_token, read_token
from bot.anonymity.token_words import attempted, secret_of
from bot.anonymity.word_lists import LISTS, numbers, words

TOKEN = read_token("7K3QH-2M9XV-04BDR-TW8EZ-5NGAD")
JAPANESE = TOKEN.words("ja")
ENGLISH = TOKEN.words("en")
HALF_WIDTH = "ｸﾀﾋﾞﾚﾙ ｸｼｬﾐ ｵｻﾒﾙ ｳｹﾓﾂ ﾒｸﾞﾏﾚﾙ ｵｼｲﾚ ﾎｶﾝ ｻﾂﾀﾊﾞ ｴﾝｾﾞﾂ ﾁﾕﾘｮｸ ｿﾝｻﾞｲ ｽﾌﾞﾘ"

#: how it was typed, and why people type so
TYPED = {
    "ideographic spaces, as shown": "　".join(JAPANESE),
    "spaces": " ".join(JAPANESE),
    "nothing between": "".join(JAPANESE),
    "six words a line, nothing between": "".join(JAPANESE[:6]) + "\n" + "".join(JAPANESE[6:]),
    "Japanese commas": "、".join(JAPANESE),
    "middle dots": "・".join(JAPANESE),
    "a word a line": "\r\n".join(JAPANESE),
    "numbered": "\n".join(f"{at}. {word}" for at, word in enumerate(JAPANESE, start=1)),
    "numbered, full-width": " ".join(
        f"（{at}）{word}" for at, word in zip("１２３４５６７８９０１２", JAPANESE, strict=True)
    ),
    "numbers in circles": "".join(f"{at}{word}" for at, word in zip("①②③④⑤⑥⑦⑧⑨⑩⑪⑫", JAPANESE, strict=True)),
    "katakana": " ".join("".join(chr(ord(kana) + 0x60) for kana in word) for word in JAPANESE),
    "half-width": HALF_WIDTH,
    "decomposed, as the list is stored": unicodedata.normalize("NFKD", "　".join(JAPANESE)),
    "voiced marks beside their letters": unicodedata.normalize("NFD", " ".join(JAPANESE)).replace("\u3099", "゛"),
    "English, as shown": " ".join(ENGLISH),
    "capitals": " ".join(ENGLISH).upper(),
    "capitals of an autocorrecting phone": ", ".join(map(str.capitalize, ENGLISH)) + ".",
    "the first four letters": " ".join(word[:4] for word in ENGLISH),
    "numbered English": "\n".join(f"{at}) {word}" for at, word in enumerate(ENGLISH, start=1)),
    "full-width English": "　".join(ENGLISH).translate({at: at + 0xFEE0 for at in range(0x61, 0x7B)}),
    "dashes": "-".join(ENGLISH),
}


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED.keys())
def test_a_token_in_words_is_read_the_way_people_type_it(typed: str) -> None:
    """Whatever keyboard and habit, it is the token that the symbols are read as."""
    assert read_token(f" {typed}\n") == TOKEN


def wrong_at(place: int, listed: tuple[str, ...] = JAPANESE) -> str:
    """The words with one that is in no list at a place, counted from 1."""
    return "、".join("ほげほげ" if at == place else word for at, word in enumerate(listed, start=1))


@pytest.mark.parametrize(
    ("typed", "reason", "place"),
    [
        ("　".join(JAPANESE[:11]), TokenFault.LENGTH, 0),
        ("　".join([*JAPANESE, JAPANESE[0]]), TokenFault.LENGTH, 0),
        ("　".join(JAPANESE[::-1]), TokenFault.CHECK, 0),
        (wrong_at(1), TokenFault.WORD, 1),
        (wrong_at(7), TokenFault.WORD, 7),
        (wrong_at(12), TokenFault.WORD, 12),
        (" ".join(["x", *ENGLISH[1:11], "y"]), TokenFault.WORD, 0),
        (" ".join([*ENGLISH[:11], "imagine"]), TokenFault.WORD, 12),
    ],
)
def test_words_that_are_no_token_are_refused_with_their_reason(typed: str, reason: TokenFault, place: int) -> None:
    """Where just one of twelve is in no list, it is said which one, by its place and never by the word."""
    with pytest.raises(TokenUnreadableError) as refusal:
        read_token(typed)
    assert (refusal.value.reason, refusal.value.place) == (reason, place)
    assert all(word not in str(refusal.value) for word in (*JAPANESE, *ENGLISH))


@pytest.mark.parametrize("language", LISTS)
def test_every_single_wrong_word_is_caught(language: str) -> None:
    """At each of the twelve places each of the 2,047 other words: by the weighted sum, so always and not by chance."""
    right = [numbers(language)[word] for word in TOKEN.words(language)]
    assert secret_of(right) == TOKEN.secret
    passed = [
        wrong
        for at in range(12)
        for wrong in range(2048)
        if wrong != right[at] and secret_of([*right[:at], wrong, *right[at + 1 :]])
    ]
    assert passed == []


def test_every_swap_of_two_words_is_caught() -> None:
    """Of neighbours, and of any two, in five hundred tokens."""
    for _ in range(500):
        right = [numbers("en")[word] for word in new_token().words("en")]
        for one in range(12):
            for two in range(one + 1, 12):
                swapped = list(right)
                swapped[one], swapped[two] = right[two], right[one]
                assert swapped == right or secret_of(swapped) is None


def test_one_in_four_thousand_of_twelve_words_holds_both_checks() -> None:
    """Twelve bits of check: of a hundred thousand rows drawn evenly about 24 pass, never as many as 60."""
    step, passed = 1, 0
    for _ in range(100_000):
        # A fixed walk over all rows, so that the count is the same at every run.
        step = step * 0xDA942042E4DD58B5 % (1 << 132)
        passed += secret_of([step >> 11 * at & 2047 for at in range(12)]) is not None
    assert 5 < passed < 60


def test_the_lists_keep_what_reading_rests_on() -> None:
    """No Japanese word begins another, so none need be set apart; no two English ones share four letters."""
    japanese, english = sorted(words("ja")), words("en")
    assert all(not after.startswith(before) for before, after in pairwise(japanese))
    assert len({word[:4] for word in english}) == len(english)
    assert {len(words(language)) for language in LISTS} == {2048}


@pytest.mark.parametrize(
    "typed",
    [TOKEN.text, "", "私の照会番号", "ありがとうございます", "please help me with this", "7K3QH あいこくしん abandon"],
)
def test_what_is_no_attempt_in_words_is_none(typed: str) -> None:
    """Symbols, prose and mixtures are left to whoever reads those."""
    assert attempted(typed) is None


def test_an_attempt_hides_itself() -> None:
    """How many words it had may be logged, and no more."""
    assert repr(attempted("　".join(JAPANESE))) == "<Attempt of 12 words>"
