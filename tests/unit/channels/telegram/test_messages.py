"""What stands in a chat for a screen: which messages, how they look, which buttons."""

import pytest
from msgspec.structs import replace

from bot.anonymity.word_lists import words
from bot.channels.splitting import in_utf16
from bot.channels.telegram.keyboard import WIDEST_ROW
from bot.channels.telegram.messages import LIMIT, Message, messages_of
from bot.channels.wording import Wording
from bot.conversation.effects import Ask, Line, Option, Question, Say, ShowInbox, ShowSummary, ShowToken
from bot.conversation.events import FileRef
from tests.support.screens import ASK_FACTS, CHOICE, FILES, INBOX, MANY, PHOTO, SUMMARY, TOKEN, TOKEN_WORDS, says, view

ASK = Ask("menu", (CHOICE,), commands=("help", "danger", "language"))


def marked(message: Message, style: str) -> list[str]:
    """The stretches of a message that look like this, cut out as Telegram does it: in UTF-16 units."""
    units = message.text.encode("utf-16-le")
    return [
        units[2 * mark.offset : 2 * (mark.offset + mark.length)].decode("utf-16-le")
        for mark in message.marks
        if mark.style == style
    ]


def rows(message: Message) -> list[list[str]]:
    """What stands on the buttons."""
    return [[key.words for key in row] for row in message.rows]


def test_what_is_said_and_what_is_asked_make_one_message(wording: Wording) -> None:
    """The question stands last and in bold, whatever order the items came in; buttons carry page and place."""
    (message,) = messages_of(view(ASK, Say(says("ようこそ😀")), page=12), wording)
    assert message.text == "ようこそ😀\n\n何をしますか"
    assert marked(message, "bold") == ["何をしますか"]
    assert rows(message) == [["通報する"], ["使い方", "いま危険です", "English"]]
    assert [key.data for row in message.rows for key in row] == ["1:12:0", "1:12:1", "1:12:2", "1:12:3"]
    assert not message.protected


def test_a_question_says_how_far_one_is_and_what_stands_there(wording: Wording) -> None:
    """Progress and title, the question, the answer that was given; no word of numbers to type or of slashes."""
    (message,) = messages_of(view(ASK_FACTS), wording)
    assert message.text == "3 / 8  出来事\n何がありましたか\nいまの答え: 架空の出張"
    assert "/back" not in message.text


def test_a_long_answer_is_shown_by_its_beginning(wording: Wording) -> None:
    """It is only a reminder: the whole stands in the summary."""
    question = Question("what", "text", says("何がありましたか"), answer="あ" * 5000)
    (message,) = messages_of(view(Ask("facts", (question,))), wording)
    assert message.text.endswith("あああ…")
    assert len(message.text) < 400


def test_files_that_are_there_are_listed(wording: Wording) -> None:
    """Of many only the last ten, with the number of the others."""
    (message,) = messages_of(view(replace(ASK_FACTS, at=1)), wording)
    assert message.text.endswith("添付済み:\n写真.jpg (2.4 MB)")
    many = replace(FILES, files=(PHOTO,) * 12)
    (message,) = messages_of(view(Ask("files", (many,))), wording)
    assert message.text.count("写真.jpg") == 10
    assert message.text.endswith("ほか 2 件")


def test_ticks_show_what_is_chosen(wording: Wording) -> None:
    """One box an option, and words that say how to go on."""
    (message,) = messages_of(view(Ask("keep_from", (MANY,), commands=("done",))), wording)
    assert rows(message) == [["☐ 佐藤", "☑ 鈴木"], ["選び終えた"]]
    assert "「選び終えた」" in message.text


def test_an_option_that_is_chosen_already_has_a_dot(wording: Wording) -> None:
    """Whoever comes back to a question sees what they said."""
    (message,) = messages_of(view(Ask("menu", (replace(CHOICE, answer="report"),))), wording)
    assert rows(message) == [["● 通報する"]]


def test_options_too_long_for_a_button_are_numbered_in_the_text(wording: Wording) -> None:
    """A telephone cuts a long button off; the number leads to the whole words, and can be typed too."""
    options = (Option("a", words="はい"), Option("b", words="個人として仕事を受けている、または1年以内に受けていた"))
    question = replace(CHOICE, options=options)
    (message,) = messages_of(view(Ask("menu", (question,))), wording)
    assert message.text.endswith("1. はい\n2. 個人として仕事を受けている、または1年以内に受けていた")
    assert [row[0][:2] for row in rows(message)] == ["1.", "2."]


@pytest.mark.parametrize("language", ["ja", "en", ""])
def test_a_row_is_no_wider_than_a_telephone(wording: Wording, language: str) -> None:
    """The buttons of a row share its width equally; one that needs all of it stands alone."""
    (message,) = messages_of(view(ASK_FACTS, language=language), wording)
    for row in rows(message):
        assert len(row) == 1 or len(row) * max(map(len, row)) <= WIDEST_ROW
    assert sum(map(len, rows(message))) == len(ASK_FACTS.commands)


def test_a_token_stands_alone_hidden_with_a_button_to_copy_it(wording: Wording) -> None:
    """Between what is said before and after; protected, and nothing but the token in it."""
    screen = view(Say(says("渡しました")), ShowToken(), Say(says("控えてください")), ASK, token=TOKEN)
    before, token, after = messages_of(screen, wording)
    assert before.text == "渡しました"
    assert after.text.startswith("控えてください")
    assert (token.text, marked(token, "spoiler"), token.protected, token.token) == (TOKEN, [TOKEN], True, True)
    assert [[key.copies for key in row] for row in token.rows] == [[TOKEN]]
    assert (before.protected, after.protected, before.rows) == (False, False, ())


def test_a_tokens_words_stand_in_its_message_hidden_too(wording: Wording) -> None:
    """One message, so that both spellings are taken back together; each has a button within what Telegram copies."""
    screen = view(ShowToken(), ASK, token=TOKEN, token_words=TOKEN_WORDS)
    token, _ = messages_of(screen, wording)
    spelt = "\u3000".join(TOKEN_WORDS)
    assert marked(token, "spoiler") == [TOKEN, spelt]
    assert (token.protected, token.token) == (True, True)
    assert [key.copies for row in token.rows for key in row] == [TOKEN, spelt]
    longest = max("".join(sorted(words("en"), key=len)[-12:]), "".join(sorted(words("ja"), key=len)[-12:]), key=len)
    assert len(longest) + 11 <= 256


def test_letters_are_protected_and_the_question_below_is_not(wording: Wording) -> None:
    """So that the question can be changed in place later and the letters stay as they are."""
    letters, question = messages_of(view(ShowInbox("h"), ASK, inbox=INBOX), wording)
    assert letters.protected
    assert "写しを送ってください。" in letters.text
    assert "佐藤 より" in letters.text
    assert not question.protected
    assert question.rows


def test_an_inbox_that_is_not_in_memory_is_not_shown(wording: Wording) -> None:
    """Only what follows."""
    (question,) = messages_of(view(ShowInbox("h"), ASK), wording)
    assert question.text == "何をしますか"


def test_a_summary_ends_with_what_nobody_answered(wording: Wording) -> None:
    """In one line: a telephone is small, and answers are what is to be checked."""
    (message,) = messages_of(view(SUMMARY, ASK), wording)
    assert (
        "出来事\n架空の出張\n\n知られたくない人\n鈴木\n\nファイル\n写真.jpg (2.4 MB)\n\n（答えなし）\nいつ\n\n"
        in message.text
    )
    assert marked(message, "bold")[0] == "出来事"


def test_a_story_of_any_length_arrives_whole(wording: Wording) -> None:
    """Cut where a reader would pause, never within a character; the buttons stand below the last piece."""
    story = "七月に請求書が二度支払われました。👩‍👩‍👧\n" * 900
    summary = ShowSummary((Line("what", says("出来事"), words=story),))
    messages = messages_of(view(summary, ASK), wording)
    assert max(in_utf16(message.text) for message in messages) <= LIMIT
    assert "".join(message.text for message in messages).replace("\n", "").count("支払われました。👩‍👩‍👧") == 900
    assert [bool(message.rows) for message in messages] == [False] * (len(messages) - 1) + [True]


def test_nothing_is_asked_when_all_is_over(wording: Wording) -> None:
    """A farewell, and no button: nothing is left that could remember what it meant."""
    (message,) = messages_of(view(Say(says("消しました")), ASK, over=True), wording)
    assert (message.text, message.rows) == ("消しました", ())


def test_before_a_language_is_chosen_everything_is_said_in_all(wording: Wording) -> None:
    """Labels side by side, texts one below the other."""
    (message,) = messages_of(view(ASK, language=""), wording)
    assert message.text == "何をしますか\n何をしますか!"
    assert ["使い方 / Help"] in rows(message)


def test_names_of_files_do_not_break_out_of_their_line(wording: Wording) -> None:
    """Marks are places, not signs in the text: a name full of signs is a name."""
    file = FileRef("f", "<b>*_[x](tg://user?id=1).pdf", "application/pdf", 1, b"", b"")
    (message,) = messages_of(view(Ask("files", (replace(FILES, files=(file,)),))), wording)
    assert "<b>*_[x](tg://user?id=1).pdf (1 B)" in message.text
    assert marked(message, "bold") == ["ファイル"]


def test_more_options_than_telegram_has_buttons_for_are_chosen_by_number(wording: Wording) -> None:
    """A screen with too many buttons is refused and would never arrive; commands always have theirs."""
    options = tuple(Option(f"line.{number}", says(f"Line {number}")) for number in range(1, 131))
    ask = Ask("change", (replace(CHOICE, options=options),), commands=("back", "help", "danger", "language"))
    message = messages_of(view(ask, page=3), wording)[-1]
    keys = [key for row in message.rows for key in row]
    assert len(keys) <= 100
    assert [key.data for key in keys[-4:]] == [f"1:3:{at}" for at in range(130, 134)]
    shown = "\n".join(each.text for each in messages_of(view(ask, page=3), wording))
    assert "\n130. Line 130" in shown
