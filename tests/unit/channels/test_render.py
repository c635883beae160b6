"""What a terminal shows of a screen."""

from msgspec.structs import replace

from bot.anonymity.references import read_token
from bot.channels.render import BLOCK, blocks
from bot.channels.wording import Wording
from bot.conversation.effects import Ask, Say, ShowInbox, ShowToken
from tests.support.screens import ASK_FACTS, CHOICE, FILES, INBOX, MANY, SUMMARY, TOKEN, says, view


def test_a_question_says_where_it_stands_what_to_type_and_what_else_works(wording: Wording) -> None:
    """Progress, title, prompt, present answer, how to answer, commands: in the order a person needs them."""
    progress, question, commands = blocks(view(ASK_FACTS), wording)
    assert progress == "3 / 8  出来事"
    assert question.splitlines() == ["何がありましたか", "いまの答え: 架空の出張", "文章をそのまま入力してください。"]
    assert commands.startswith("使える言葉: /done")
    assert "/back 戻る" in commands


def test_options_are_numbered_and_chosen_ones_are_named(wording: Wording) -> None:
    """A person who hears the screen can answer by number and learns what is chosen already."""
    question, *_ = blocks(view(Ask("keep_from", (MANY,))), wording)
    assert "1. 佐藤\n2. 鈴木" in question
    assert "いまの答え: 鈴木" in question
    assert "選べます" in question


def test_files_that_are_there_are_listed_with_their_size(wording: Wording) -> None:
    """Whoever attached something sees that it arrived."""
    assert "写真.jpg (2.4 MB)" in blocks(view(replace(ASK_FACTS, at=1)), wording)[1]
    small = replace(FILES, files=(replace(FILES.files[0], size=12), replace(FILES.files[0], size=2048)))
    assert "(12 B)\n写真.jpg (2 KB)" in blocks(view(Ask("files", (small,))), wording)[0]


def test_the_token_stands_alone_in_its_block(wording: Wording) -> None:
    """It can be copied without anything beside it."""
    assert TOKEN in blocks(view(Say(says("控えてください")), ShowToken(), Ask("t", (CHOICE,)), token=TOKEN), wording)


def test_a_tokens_words_stand_below_it_in_a_block_of_their_own(wording: Wording) -> None:
    """Read back they are the same token, whatever language they are shown in."""
    for language in ("ja", "en"):
        words = read_token(TOKEN).words(language)
        shown = blocks(view(ShowToken(), token=TOKEN, token_words=words, language=language), wording)
        assert shown[0] == TOKEN
        assert read_token(shown[2]).text == TOKEN
        assert len(shown) == 3


def test_the_summary_says_what_was_not_answered(wording: Wording) -> None:
    """Every line is there, by its label; a question nobody answered says so."""
    shown = blocks(view(SUMMARY), wording)
    assert shown == (
        "出来事\n架空の出張", "知られたくない人\n鈴木", "ファイル\n写真.jpg (2.4 MB)", "いつ\n（答えなし）",
    )  # fmt: skip


def test_letters_say_who_wrote_them_and_that_no_name_is_needed(wording: Wording) -> None:
    """Newest first as given; what could not be verified is counted, not shown."""
    case, missing, letter, notice, safe = blocks(view(ShowInbox("h"), inbox=INBOX), wording)
    assert "2026-4821" in case
    assert "受理" in case
    assert "1 件" in missing
    assert letter == "佐藤 より\n写しを送ってください。"
    assert notice == "受理しました。"
    assert "名乗る必要はありません" in safe


def test_an_empty_inbox_says_so_and_a_new_stage_is_shown_as_it_is(wording: Wording) -> None:
    """A stage that this bot has no name for does not stop it."""
    empty = replace(INBOX, letters=(), refused=0, stage="newer_than_this")
    shown = blocks(view(ShowInbox("h"), inbox=empty), wording)
    assert "newer_than_this" in shown[0]
    assert "まだ返事はありません。" in shown


def test_an_inbox_that_is_closed_meanwhile_shows_nothing(wording: Wording) -> None:
    """The screen may name an inbox that is no longer in memory."""
    assert blocks(view(ShowInbox("h")), wording) == ()


def test_a_long_text_comes_in_pieces(wording: Wording) -> None:
    """A screen reader can pause inside a long letter."""
    shown = blocks(view(Say(says("長い話です。" * 1000))), wording)
    assert len(shown) > 1
    assert all(len(block) <= BLOCK for block in shown)


def test_before_a_language_is_chosen_labels_come_in_both(wording: Wording) -> None:
    """Nobody is stopped by a label they cannot read."""
    question, *_ = blocks(view(Ask("menu", (CHOICE,)), language=""), wording)
    assert "番号を入力してください。\nType a number." in question


def test_labels_of_an_unknown_language_stand_side_by_side(wording: Wording) -> None:
    """A short label is given in every language on one line."""
    assert wording.label("", "button.back") == "戻る / Back"
