"""Screens of a talk put together by hand, for tests of what channels make of them."""

from datetime import date

from bot.conversation.effects import Ask, Line, Option, Question, Say, ShowCopy, ShowInbox, ShowSummary, ShowToken, Text
from bot.conversation.events import FileRef
from bot.ports.talking import InboxLetter, InboxPage, View

TOKEN = "7K3QH-2M9XV-04BDR-TW8EZ-5NGAD"
#: The same token in Japanese words.
TOKEN_WORDS = (
    "くたびれる", "くしゃみ", "おさめる", "うけもつ", "めぐまれる", "おしいれ",
    "ほかん", "さつたば", "えんぜつ", "ちゆりょく", "そんざい", "すぶり",
)  # fmt: skip
PHOTO = FileRef("f1", "写真.jpg", "image/jpeg", 2_500_000, b"", b"")


def says(words: str) -> Text:
    """A text of the one-text catalogue."""
    return Text("says", {"words": words})


def view(
    *items: Say | Ask | ShowSummary | ShowToken | ShowInbox | ShowCopy, language: str = "ja", **more: object
) -> View:
    """A screen with these items."""
    return View(language=language, turn=4, items=items, **more)  # type: ignore[arg-type]


MANY = Question(
    "keep_from",
    "many",
    says("誰に知られたくありませんか"),
    hint=says("選べます"),
    options=(Option("a", words="佐藤"), Option("b", says("鈴木"))),
    answer=["b"],
)
TEXT = Question("what", "text", says("何がありましたか"), answer="架空の出張")
FILES = Question("files", "files", says("ファイル"), files=(PHOTO,))
CHOICE = Question(
    "menu", "choice", says("何をしますか"), options=(Option("report", says("通報する")),), skippable=False
)
ASK_FACTS = Ask(
    "facts",
    (TEXT, FILES),
    step=3,
    steps=8,
    title=says("出来事"),
    commands=("done", "back", "skip", "rewrite", "help", "danger", "language", "cancel"),
)
SUMMARY = ShowSummary(
    (
        Line("what", says("出来事"), words="架空の出張"),
        Line("keep_from", says("知られたくない人"), options=(Option("b", words="鈴木"),)),
        Line("files", says("ファイル"), files=(PHOTO,)),
        Line("when", says("いつ")),
    )
)
INBOX = InboxPage(
    case_number="2026-4821",
    stage="accepted",
    desk="内部窓口",
    received_on=date(2026, 11, 20),
    letters=(
        InboxLetter("message", text="写しを送ってください。", author_name="佐藤"),
        InboxLetter("notice", notice=says("受理しました。")),
    ),
    refused=1,
)
