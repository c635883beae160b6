"""No event that holds a readable token passes the guard, and no word is lost on the way."""

import pytest

from bot.anonymity.references import ReferenceToken, new_token
from bot.conversation.events import Chose, Corrected, Event, Filled, MistypedToken, Said, ShowedToken
from bot.dispatcher.guard import MARK, without_token, without_tokens


class Kept:
    """Keeps tokens in memory, as the dispatcher does, under the handles h0, h1, …"""

    def __init__(self) -> None:
        self.tokens: list[ReferenceToken] = []

    def __call__(self, token: ReferenceToken) -> str:
        self.tokens.append(token)
        return f"h{len(self.tokens) - 1}"


def passed(event: Event, kept: Kept) -> list[Event]:
    """Send one event through the guard."""
    return list(without_tokens(event, kept))


def test_words_without_a_token_pass_as_they_are() -> None:
    """Ordinary words are not touched."""
    said = Said("彼は見積書を三度書き直させました。" * 20)
    assert passed(said, Kept()) == [said]


@pytest.mark.parametrize("between", ["-", " ", ""], ids=["dashes", "spaces", "nothing"])
def test_a_token_alone_becomes_a_handle(between: str) -> None:
    """However it was typed, the talk gets a handle and no words."""
    token, kept = new_token(), Kept()
    assert passed(Said(token.text.lower().replace("-", between)), kept) == [ShowedToken("h0", "")]
    assert kept.tokens == [token]


def test_a_token_inside_a_sentence_leaves_the_sentence() -> None:
    """The words around a token go on, with a mark where it stood."""
    token, kept = new_token(), Kept()
    (event,) = passed(Said(f"My token is {token.text}, and there is more."), kept)
    assert event == ShowedToken("h0", f"My token is {MARK}, and there is more.")


def test_of_two_tokens_the_last_counts() -> None:
    """Whoever corrects themselves means the second one; neither stays in the words."""
    first, second, kept = new_token(), new_token(), Kept()
    (event,) = passed(Said(f"{first.text} no, {second.text}"), kept)
    assert isinstance(event, ShowedToken)
    assert kept.tokens == [second]
    assert first.text not in event.words


def test_a_token_with_a_slip_is_asked_about_and_stays_in_the_words() -> None:
    """What only looks like a token may be evidence: it is not cut, and the talk is told."""
    token = new_token().text
    at = next(at for at in range(4) if token[at] != token[at + 1])
    slipped = token[:at] + token[at + 1] + token[at] + token[at + 2 :]
    assert passed(Said(slipped), Kept()) == [MistypedToken("")]
    assert passed(Said(f"see {slipped} please"), Kept()) == [MistypedToken(f"see {slipped} please")]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_token_in_words_becomes_a_handle(language: str) -> None:
    """Alone, numbered or in a sentence, in either language; what was said around it stays."""
    token, kept = new_token(), Kept()
    spelt = token.words(language)
    numbered = "\n".join(f"{place}. {word}" for place, word in enumerate(spelt, start=1))
    assert passed(Said(" ".join(spelt)), kept) == [ShowedToken("h0", "")]
    assert passed(Said(numbered), kept) == [ShowedToken("h1", "")]
    assert passed(Said(f"照会番号は「{' '.join(spelt)}」です。"), kept) == [
        ShowedToken("h2", f"照会番号は「{MARK}」です。")
    ]
    assert kept.tokens == [token] * 3


def test_a_wrong_word_is_told_by_its_place() -> None:
    """And nothing of what was sent goes on where it was nothing else."""
    spelt = list(new_token().words("ja"))
    spelt[6] = "ほげほげ"
    assert passed(Said("　".join(spelt)), Kept()) == [MistypedToken("", in_words=True, place=7)]
    said = f"わたしの番号は、{'　'.join(spelt)} だと思います。"
    assert passed(Said(said), Kept()) == [MistypedToken(said, in_words=True, place=7)]


def test_in_the_field_for_tokens_nothing_stays_of_one_with_a_slip() -> None:
    """As words it would show the desk nearly all of it; in any other field it stays, since it may be evidence."""
    spelt = " ".join([*new_token().words("en")[:11], "zebras"])
    mistyped = MistypedToken("", in_words=True, place=12)
    assert passed(Filled("token", {"token": spelt}), Kept()) == [Filled("token", {}), mistyped]
    assert passed(Filled("facts", {"what": spelt}), Kept()) == [Filled("facts", {"what": spelt}), mistyped]


def test_the_name_of_a_file_loses_its_token() -> None:
    """The desk reads names of files; other names stay as they are."""
    token = new_token()
    assert without_token(f"token {token.text}.txt") == f"token {MARK}.txt"
    assert without_token(f"{' '.join(token.words('en'))}.png") == f"{MARK}.png"
    assert without_token("2026-11-22 議事録（最終版）.pdf") == "2026-11-22 議事録（最終版）.pdf"


def test_a_form_is_searched_in_every_field() -> None:
    """A token pasted into any field of a form is taken out; the other answers stay."""
    token, kept = new_token(), Kept()
    filled = Filled("facts", {"what": "a bribe", "when": token.text, "who": ["x"]}, "next", 4)
    assert passed(filled, kept) == [
        Filled("facts", {"what": "a bribe", "who": ["x"]}, "next", 4),
        ShowedToken("h0", ""),
    ]


def test_a_form_with_a_token_in_a_sentence_keeps_the_sentence() -> None:
    """The field keeps its words with a mark."""
    token, kept = new_token(), Kept()
    first, second = passed(Filled("facts", {"what": f"it says {token.text} here"}), kept)
    assert first == Filled("facts", {"what": f"it says {MARK} here"})
    assert second == ShowedToken("h0", "")


def test_choices_pass_untouched() -> None:
    """Buttons hold no words."""
    assert passed(Chose("way", "own"), Kept()) == [Chose("way", "own")]


def test_a_token_in_changed_words_is_taken_out_as_well() -> None:
    """Whoever corrects their token has shown it."""
    token, kept = new_token(), Kept()
    assert passed(Corrected(token.text), kept) == [ShowedToken("h0", "")]
    plain = Corrected("It was in June, not in May, as I wrote.")
    assert passed(plain, kept) == [plain]
