"""Tokens in words in free text: found in whatever company, and ordinary text left alone."""

import time
from itertools import pairwise

import pytest

from bot.anonymity.guard import cut_tokens, find_tokens
from bot.anonymity.references import read_token
from bot.anonymity.word_guard import find_words

TOKEN = read_token("7K3QH-2M9XV-04BDR-TW8EZ-5NGAD")
JAPANESE = TOKEN.words("ja")
ENGLISH = TOKEN.words("en")
SPACED, GLUED, LATIN = "　".join(JAPANESE), "".join(JAPANESE), " ".join(ENGLISH)

#: text before and after a token, and the token as it stands there
HOLDING = {
    "in a Japanese sentence": ("合言葉は", SPACED, "です。よろしくお願いします。"),
    "in a sentence of kana alone": ("わたしのことばは", GLUED, "です"),
    "in an English sentence": ("My words are: ", LATIN, ", thank you very much."),
    "between words of the list": ("token about that ", LATIN, " token about that"),
    "between Japanese words of the list": ("あいさつ　あいだ　", SPACED, "　あいさつ"),
    "English words in a Japanese sentence": ("照会番号は", LATIN, "です"),
    "katakana in a sentence": ("「", "".join(chr(ord(kana) + 0x60) for kana in GLUED), "」"),
    "a word a line": ("覚え書き：\n", "\n".join(JAPANESE), "\n以上"),
    "numbered, with the first number": ("list:\n", "\n".join(f"{n}. {w}" for n, w in enumerate(ENGLISH, 1)), "\nend"),
    "after an impossible mark": ("あ゙", SPACED, ""),
    "capitals": ("SEE ", LATIN.upper(), " 24"),
}


@pytest.mark.parametrize(("before", "token", "after"), HOLDING.values(), ids=HOLDING.keys())
def test_a_token_in_words_is_found_where_it_stands(before: str, token: str, after: str) -> None:
    """The token is told, and its place in the original text is exact."""
    (found,) = find_tokens(before + token + after)
    assert (found.token, found.in_words) == (TOKEN, True)
    assert (found.start, found.end) == (len(before), len(before) + len(token))


def without(place: int, word: str, listed: tuple[str, ...] = ENGLISH) -> str:
    """The words with another at a place, counted from 1; without any there if it is empty."""
    return " ".join(filter(None, (*listed[: place - 1], word, *listed[place:])))


#: a text with a slip in it, and which word is said to be wrong
SLIPPED = {
    "a word that is in no list": (f"see {without(4, 'becuase')} thanks", 4),
    "the same in Japanese": (f"合言葉は{without(5, 'ほげほげ', JAPANESE)}です", 5),
    "a Japanese word that is in no list, nothing between": (f"わたしは{GLUED.replace('ほかん', 'ほほほん')}です", 7),
    "two words changed places": (f"see {' '.join(ENGLISH[1::-1] + ENGLISH[2:])} thanks", 0),
    "a word lost": (f"so then see {without(4, '')} thanks", 0),
    "a word too many": (f"see {without(4, 'because zoo')} thanks", 0),
    "alone, the first word wrong": (without(1, "devotion"), 1),
    "alone, the last word wrong": (without(12, "ほげほげ", JAPANESE), 12),
    "alone, two words wrong": (without(1, "devotion").replace("live", "lived"), 0),
}


@pytest.mark.parametrize(("text", "place"), SLIPPED.values(), ids=SLIPPED.keys())
def test_a_token_in_words_with_a_slip_is_asked_about(text: str, place: int) -> None:
    """Eleven right words leave few tokens to try, so they do not travel on unasked; which one is wrong is told."""
    (found,) = find_tokens(text)
    assert (found.token, found.in_words, found.place) == (None, True, place)
    assert "thanks" not in text[found.start : found.end]


ORDINARY = {
    "Japanese": "二〇二六年四月から上司が領収書を書き換えています。証拠は3階の棚、ファイルNo.24にあります。" * 20,
    "kana alone": "じょうしが りょうしゅうしょを かきかえています。わたしは とても こわいです。たすけてください。" * 20,
    "English": "There were three first class fares on the March claim, and money that they have never had to pay. "
    * 20,
    "words of the list that repeat": "you will have that, and you will have this: " + "yes that will be all, " * 40,
    "a list of eleven words from prose": "about that will you have this about that will you have this about that",
    "a few words of the list": " ".join(ENGLISH[:9]) + " and this is as far as it goes",
    "a few Japanese words of the list": "".join(JAPANESE[:10]),
    "half of one and half of another": " ".join(ENGLISH[:5]) + " the and " + " ".join(ENGLISH[5:]),
    "words in two languages": " ".join((*JAPANESE[:6], *ENGLISH[:6])),
    "a word alone sent twelve times": "symbol " * 12,
}


@pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY.keys())
def test_ordinary_text_holds_no_token_in_words(text: str) -> None:
    """Nobody is asked about what they merely wrote."""
    assert find_tokens(text) == ()


def test_symbols_and_words_of_one_token_are_both_cut_out() -> None:
    """Whoever pastes the whole sheet leaves nothing of it behind."""
    text = f"控え {TOKEN.text} または {SPACED}。"
    found = find_tokens(text)
    assert [one.token for one in found] == [TOKEN, TOKEN]
    assert cut_tokens(text, found, "［…］") == "控え ［…］ または ［…］。"


def test_a_doubt_in_words_and_symbols_inside_it_is_one_doubt() -> None:
    """What is found in words counts, and nothing is cut twice."""
    text = " ".join(f"{word} 7K3QH-2M9XV-04BDR-TW8EZ-5NGAX" if at == 5 else word for at, word in enumerate(ENGLISH))
    spans = [(one.start, one.end) for one in find_tokens(text)]
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_found_words_hide_themselves() -> None:
    """A found place may be logged."""
    assert repr(find_words(LATIN)) == f"[<FoundWords 0:{len(LATIN)}>]"


PIECES = {
    "English prose": "There were three first class fares on the March claim, and money that was never there before. ",
    "Japanese prose": "上司が領収書を書き換えています。ひとりで考えていると、こわくなることがあります。",
    "kana alone": "じょうしがりょうしゅうしょをかきかえています、そしてわたしはとてもこわいです。",
    "tokens": LATIN + " ",
    "Japanese tokens": GLUED,
    "eleven words": " ".join(ENGLISH[:11]) + " ",
    "one word": "symbol ",
    "spaces": " ",
    "a letter": "a",
    "a letter of kana": "あ",
    "digits": "1",
}


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES.keys())
def test_ten_times_the_text_takes_ten_times_as_long(piece: str) -> None:
    """Whatever it is made of, so nobody can stall the talk; a story of 200 kB costs milliseconds."""
    short, long = (_seconds((piece * size)[:size]) for size in (20_000, 200_000))
    assert long < 30 * short + 0.1


def _seconds(text: str) -> float:
    started = time.process_time()
    find_words(text)
    return time.process_time() - started
