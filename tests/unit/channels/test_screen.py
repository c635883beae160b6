"""What the web page shows of a screen."""

from bot.channels.web.screen import screen
from bot.channels.wording import Wording
from bot.conversation.effects import Ask, Option, Question, Say, ShowInbox, ShowToken
from tests.support.screens import ASK_FACTS, CHOICE, INBOX, MANY, SUMMARY, TOKEN, says, view


def test_a_group_of_questions_becomes_one_form(wording: Wording) -> None:
    """All questions stand on one page, with the answers and files that are there already."""
    shown = screen(view(ASK_FACTS), wording)
    assert (shown.group, shown.step, shown.steps, shown.title, shown.turn) == ("facts", 3, 8, "出来事", 4)
    assert [(field.id, field.kind, field.value) for field in shown.fields] == [
        ("what", "text", "架空の出張"),
        ("files", "files", ""),
    ]
    assert [file.words for file in shown.fields[1].files] == ["写真.jpg (2.4 MB)"]
    assert not shown.tapped


def test_the_return_key_presses_next(wording: Wording) -> None:
    """Next comes first; back and skip follow; done and rewrite need no button where everything can be changed."""
    shown = screen(view(ASK_FACTS), wording)
    assert shown.onward == ("next", "back", "skip")
    assert shown.aside == ("help", "cancel")


def test_a_letter_is_sent_by_its_own_button(wording: Wording) -> None:
    """Outside of the questions, done is what sends what was gathered."""
    letter = Ask("reply", (Question("reply", "text", says("返事")),), commands=("done", "back", "help"))
    assert screen(view(letter), wording).onward == ("done", "back")


def test_one_choice_is_answered_by_one_tap(wording: Wording) -> None:
    """A menu is buttons, and a story may be typed beside it."""
    shown = screen(view(Ask("menu", (CHOICE,), commands=("about", "language", "danger"))), wording)
    assert shown.tapped
    assert shown.first_words
    assert shown.onward == ()
    assert shown.aside == ("about", "help")


def test_chosen_options_are_marked(wording: Wording) -> None:
    """Coming back to a question shows what was chosen."""
    field, *_ = screen(view(Ask("keep_from", (MANY,))), wording).fields
    assert [(choice.value, choice.words, choice.chosen) for choice in field.choices] == [
        ("a", "佐藤", False),
        ("b", "鈴木", True),
    ]


def test_the_summary_offers_each_line_and_not_the_question_which(wording: Wording) -> None:
    """Each line has its own button, so the option to choose a line is left out."""
    asked = Question(
        "summary", "choice", says("渡しますか"), options=(Option("hand_over", says("渡す")), Option("change"))
    )
    shown = screen(view(SUMMARY, Ask("summary", (asked,))), wording)
    assert [(line.question, line.words, line.empty) for line in shown.summary] == [
        ("what", "架空の出張", False),
        ("keep_from", "鈴木", False),
        ("files", "写真.jpg (2.4 MB)", False),
        ("when", "（答えなし）", True),
    ]
    assert [choice.value for choice in shown.fields[0].choices] == ["hand_over"]


def test_what_is_said_in_one_tone_stands_together(wording: Wording) -> None:
    """Five notices are one box of five sentences."""
    said = (Say(says("一"), "notice"), Say(says("二"), "notice"), Say(says("三")))
    shown = screen(view(*said), wording)
    assert [(message.tone, message.words) for message in shown.messages] == [
        ("notice", ("一", "二")),
        ("plain", ("三",)),
    ]


def test_a_screen_without_a_question_still_offers_help(wording: Wording) -> None:
    """Nobody stands before a page without a way on."""
    assert screen(view(waiting=True), wording).aside == ("help",)


def test_the_token_appears_where_it_is_shown_and_nowhere_else(wording: Wording) -> None:
    """A view that still carries the token does not show it unless the talk says so."""
    assert screen(view(ShowToken(), token=TOKEN), wording).token == TOKEN
    assert screen(view(Ask("menu", (CHOICE,)), token=TOKEN), wording).token == ""


def test_letters_become_cards(wording: Wording) -> None:
    """The desk's words and the notices keep their order and their author."""
    shown = screen(view(ShowInbox("h"), inbox=INBOX), wording)
    assert [(card.author, card.notice, card.words) for card in shown.cards] == [
        ("佐藤 より", "", "写しを送ってください。"),
        ("", "受理しました。", ""),
    ]
    assert screen(view(Ask("menu", (CHOICE,)), inbox=INBOX), wording).inbox is None
