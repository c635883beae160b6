"""Words that ask a reporter who they are are noticed; words that say they need not tell pass."""

import pytest

from bot.anonymity.letters import Identity
from madoguchi.staff.asking import asks_who
from madoguchi.staff.masking import traces

QUESTIONS = (
    "Who are you?",
    "Please tell us who you are.",
    "Could you give us your full name?",
    "What’s YOUR NAME?",
    "Please identify yourself.",
    "Which department are you in?",
    "Where do you work?",
    "Your employee number, please.",
    "Send us your e-mail.",
    "Thank you. We will look into it.\nAnd your position?",
    "お名前を教えてください。",
    "氏名をお知らせください",
    "ご所属はどちらですか。",
    "どなたでしょうか?",
    "あなたは誰ですか。",
    "どちらの課にいらっしゃいますか。",
    "身元を確認させてください。",
    "連絡先をお願いします。",
    "承知しました。職員番号は何番ですか。",
    "ご役職を伺えますか。",
)  # fmt: skip
HARMLESS = (
    "Thank you. When did you notice?",
    "You need not tell us your name.",
    "You can answer without giving your name.",
    "We will not ask who you are.",
    "What is the name of the supplier?",
    "Which department paid the invoice?",
    "お名前をおっしゃる必要はありません。",
    "所属は書かなくて構いません。",
    "誰であるかをお尋ねすることはありません。",
    "いつお気づきになりましたか。",
    "支払いをしたのは会計課ですか。",
    "",
)


@pytest.mark.parametrize("text", QUESTIONS)
def test_o40_a_question_who_the_reporter_is_is_noticed(text: str) -> None:
    """O-40: in both languages, in any width and case, also after harmless words."""
    assert asks_who(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_asks_for_the_matter_or_says_they_need_not_tell_passes(text: str) -> None:
    """Desks go on asking what happened, and promise what they must."""
    assert not asks_who(text)


def test_o40_one_reassuring_sentence_does_not_carry_a_question_along() -> None:
    """O-40: each sentence is looked at by itself."""
    assert asks_who("お名前は書かなくて構いません。ところで、ご所属はどちらですか。")


def test_o17_what_the_reporter_said_of_themselves_is_found_in_a_masked_version() -> None:
    """O-17: whatever the width, the case and the spaces; one letter is no trace."""
    identity = Identity({"name": "山田 花子", "contact": "Hanako@Example.org", "x": "a"})
    assert traces("会計課の山田花子さんによれば", identity) == ["name"]
    assert traces("write to HANAKO@EXAMPLE.ORG", identity) == ["contact"]
    assert traces("請求書が二重に払われた", identity) == []
