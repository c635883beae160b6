"""What a Slack window shows of a screen, and that Slack would take it."""

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from bot.channels.slack import modal as windows
from bot.channels.slack.marks import Kind, Mark, Note, read_mark, read_note
from bot.channels.wording import Wording
from bot.conversation.catalog import LANGUAGES, load_catalog
from bot.conversation.effects import Ask, Line, Option, Question, Say, ShowInbox, ShowSummary, ShowToken, Visible
from bot.conversation.session import Session, State
from bot.ports.talking import InboxLetter, View
from tests.support.screens import ASK_FACTS, CHOICE, INBOX, MANY, SUMMARY, TOKEN, TOKEN_WORDS, says, view
from tests.support.slack_windows import buttons_of, fields_of, words_of
from tests.support.talk import MACHINE

Window = dict[str, Any]

#: Slack's limits: characters of the words of each kind of part, by the field that they stand in.
LIMITS = {
    "section": 3000,
    "header": 150,
    "label": 2000,
    "hint": 2000,
    "option": 75,
    "button": 75,
    "context": 2000,
    "title": 24,
    "submit": 24,
    "close": 24,
}


def modal(shown: View, wording: Wording, limit: int = 32, story: str = "") -> Window:
    """The window that shows a screen."""
    return windows.modal(shown, wording, limit, story)


def units(words: str) -> int:
    """As Slack's clients count."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def too_long(window: Window) -> list[str]:
    """Every part of a window that holds more, or less, than Slack takes."""
    return [kind for kind, words in parts(window) if not 0 < units(words) <= LIMITS[kind] or not words.strip()]


def parts(window: Window) -> Iterator[tuple[str, str]]:
    """Every part of a window with its words."""
    yield from ((kind, window[kind]["text"]) for kind in ("title", "submit", "close") if kind in window)
    for block in window["blocks"]:
        if "text" in block:
            yield block["type"], block["text"]["text"]
        for element in block.get("elements", ()):
            yield ("button", element["text"]["text"]) if block["type"] == "actions" else ("context", element["text"])
        yield from ((kind, block[kind]["text"]) for kind in ("label", "hint") if kind in block)
        for option in block.get("element", {}).get("options", ()):
            yield "option", option["text"]["text"]


def assert_taken(window: Window) -> None:
    """Slack would take this window."""
    assert too_long(window) == []
    assert len(window["blocks"]) <= 100
    assert len(str(window).encode("utf-16-le")) < 250_000
    assert units(window.get("private_metadata", "")) <= 3000
    inputs = [block for block in window["blocks"] if block["type"] == "input"]
    assert not inputs or "submit" in window
    names = [block["block_id"] for block in window["blocks"] if "block_id" in block]
    assert len(names) == len(set(names))
    assert all(len(name) <= 255 for name in names)
    for element in (block["element"] for block in inputs):
        assert units(element.get("initial_value", "")) <= 3000
        assert len(element.get("options", ())) <= (10 if element["type"] in ("checkboxes", "radio_buttons") else 100)
        assert all(len(option["value"]) <= 150 for option in element.get("options", ()))
        assert element.get("initial_option") in [None, *element.get("options", ())]
        assert "initial_options" not in element or element["initial_options"]


def test_a_group_is_one_form_with_what_stands_there(wording: Wording) -> None:
    """Title and progress above; every question a field, never required; answers and files in place."""
    window = modal(view(ASK_FACTS), wording)
    assert words_of(window).startswith("3 / 8  出来事")
    fields = fields_of(window)
    assert [name for name in fields if not name.startswith("handling.")] == ["what", "files"]
    assert fields["what"]["element"]["initial_value"] == "架空の出張"
    assert all(field["optional"] for field in fields.values())
    assert fields["files"]["element"]["type"] == "file_input"
    assert "写真.jpg (2.4 MB)" in words_of(window)
    assert buttons_of(window) == ["back", "skip", "help", "danger", "language", "cancel"]
    assert window["submit"]["text"] == "次へ"


def test_files_are_taken_with_a_word_of_warning(wording: Wording) -> None:
    """Whoever chooses one reads how large it may be and that Slack keeps a copy."""
    hint = fields_of(modal(view(ASK_FACTS), wording, 7))["files"]["hint"]["text"]
    assert "7 MB" in hint
    assert "Slack にも残り" in hint


def test_a_letter_is_sent_and_not_gone_on_from(wording: Wording) -> None:
    """Outside of the questions the form's own button sends, and says so."""
    letter = Ask("reply", (Question("reply", "text", says("返事")),), commands=("done", "back"))
    window = modal(view(letter), wording)
    assert window["submit"]["text"] == "送る"
    assert read_note(window["private_metadata"]) == Note("reply", 4, 0, "done", "ja")


def test_the_menu_takes_a_story_instead_of_a_choice(wording: Wording) -> None:
    """So the choice may stay open there; where nothing else can be done it must be made."""
    fields = fields_of(modal(view(Ask("menu", (CHOICE,))), wording, story="もう書きました"))
    assert list(fields) == ["menu", "words"]
    assert fields["words"]["element"]["initial_value"] == "もう書きました"
    assert fields["menu"]["optional"]
    saved = replace(CHOICE, id="saved")
    assert not fields_of(modal(view(Ask("saved", (saved,))), wording))["saved"]["optional"]


def test_a_single_option_is_chosen_already(wording: Wording) -> None:
    """Where there is nothing to choose, going on is enough."""
    go_on = replace(CHOICE, id="exposure", options=(Option("go_on", words="続ける"),))
    element = fields_of(modal(view(Ask("exposure", (go_on,))), wording))["exposure"]["element"]
    assert element["initial_option"]["value"] == "go_on"


def test_the_menu_says_that_the_window_may_be_closed(wording: Wording) -> None:
    """And that it opens again at the same place."""
    assert "あとから同じところで開けます" in words_of(modal(view(Ask("menu", (CHOICE,))), wording))


def test_ticks_stand_where_they_were_made(wording: Wording) -> None:
    """And a question without any options asks nothing."""
    element = fields_of(modal(view(Ask("keep_from", (MANY,))), wording))["keep_from"]["element"]
    assert [option["value"] for option in element["initial_options"]] == ["b"]
    assert fields_of(modal(view(Ask("keep_from", (replace(MANY, options=()),))), wording)) == {}


def test_many_options_become_several_lists(wording: Wording) -> None:
    """Up to ten stand open, up to a hundred fold out, more go on in the next list."""
    options = tuple(Option(f"staff{n}", words=f"職員{n}") for n in range(240))
    for count, kind, lists in ((10, "checkboxes", 1), (11, "multi_static_select", 1), (240, "multi_static_select", 3)):
        window = modal(view(Ask("keep_from", (replace(MANY, options=options[:count]),))), wording)
        assert_taken(window)
        assert [field["element"]["type"] for field in fields_of(window).values()] == [kind] * lists
    desks = replace(CHOICE, id="desk", options=options)
    assert_taken(modal(view(Ask("desk", (desks,))), wording))


def test_an_option_too_long_for_slack_stands_in_full_above(wording: Wording) -> None:
    """Numbered, so that the cut label leads to it."""
    long = Option("long", words="とても長い名前の窓口" * 12)
    window = modal(view(Ask("desk", (replace(CHOICE, options=(long, Option("b", words="短い"))),))), wording)
    assert_taken(window)
    assert f"1. {long.words}" in words_of(window)
    assert "2. 短い" in words_of(window)


@pytest.mark.parametrize("answer", ["短い。", "文です。" * 1000, "絵文字👩‍👩‍👧 " * 900, "x" * 17_000])
def test_an_answer_of_any_length_comes_back_as_it_was(wording: Wording, answer: str) -> None:
    """In as many fields as it needs, with room for more behind it; together they are the answer again."""
    window = modal(view(Ask("story", (replace(ASK_FACTS.questions[0], answer=answer),))), wording)
    assert_taken(window)
    inputs = [block for block in window["blocks"] if block["type"] == "input"]
    marks = {read_mark(block["block_id"]): block["element"].get("initial_value", "") for block in inputs}
    assert "".join(value for mark, value in marks.items() if mark and mark.kind is Kind.ONE) == answer


def test_an_answer_too_long_for_a_window_gets_no_field(wording: Wording) -> None:
    """What comes back would replace it; so it is left alone, and this is said."""
    window = modal(view(Ask("story", (replace(ASK_FACTS.questions[0], answer="長" * 18_001),))), wording)
    assert_taken(window)
    assert fields_of(window) == {}
    assert "書いたとおりに残っています" in words_of(window)


def test_a_summary_of_any_size_fits(wording: Wording) -> None:
    """Every line while there is room; then a word that it goes on; the question below stays."""
    lines = tuple(Line(f"q{n}", says(f"質問{n}"), words="答え" * 2000) for n in range(60))
    for shown in (lines, tuple(replace(line, words="短い") for line in lines)):
        window = modal(view(ShowSummary(shown), Ask("summary", (CHOICE,))), wording)
        assert_taken(window)
        assert list(fields_of(window)) == ["menu"]
        assert "ここに表示できません" in words_of(window)
    assert "（答えなし）" in words_of(modal(view(SUMMARY), wording))


def test_the_token_stands_alone_in_its_frame(wording: Wording) -> None:
    """Easy to copy; and only where the talk shows it."""
    window = modal(view(ShowToken(), token=TOKEN), wording)
    assert f"```{TOKEN}```" in [block.get("text", {}).get("text") for block in window["blocks"]]
    assert TOKEN not in words_of(modal(view(Say(says("x"))), wording))


def test_a_tokens_words_stand_in_a_frame_of_their_own(wording: Wording) -> None:
    """Below the token, and within what Slack takes."""
    window = modal(view(ShowToken(), token=TOKEN, token_words=TOKEN_WORDS), wording)
    assert_taken(window)
    framed = [block["text"]["text"] for block in window["blocks"] if block.get("text", {}).get("type") == "mrkdwn"]
    assert framed == [f"```{TOKEN}```", "```" + "\u3000".join(TOKEN_WORDS) + "```"]


def test_letters_are_plain_words(wording: Wording) -> None:
    """What the desk writes mentions nobody and hides no link."""
    letter = InboxLetter("message", text="<!channel> <https://evil.example|窓口> *太字*", author_name="佐藤")
    window = modal(view(ShowInbox("h"), inbox=replace(INBOX, letters=(letter, *INBOX.letters))), wording)
    assert_taken(window)
    shown = [block["text"] for block in window["blocks"] if letter.text in block.get("text", {}).get("text", "")]
    assert [text["type"] for text in shown] == ["plain_text"]
    assert "2026-4821" in words_of(window)
    assert "まだ返事はありません" in words_of(modal(view(ShowInbox("h"), inbox=replace(INBOX, letters=())), wording))


def test_a_warning_is_one_without_colours(wording: Wording) -> None:
    """It begins with a sign."""
    assert words_of(modal(view(Say(says("注意"), "warning")), wording)).startswith("⚠ 注意")


def test_the_last_screen_of_a_talk_only_says_goodbye(wording: Wording) -> None:
    """Nothing to fill in and nothing to press, since everything is gone."""
    window = modal(view(Say(says("消しました")), ASK_FACTS, over=True), wording)
    assert_taken(window)
    assert (fields_of(window), buttons_of(window), "submit" in window) == ({}, [], False)


def test_each_screen_names_its_fields_anew(wording: Wording) -> None:
    """Slack keeps what was typed into a field of the same name; an answer that the talk changed must not be covered."""
    first, second = (modal(replace(view(ASK_FACTS), page=page), wording) for page in (1, 2))
    names = [{block["block_id"] for block in window["blocks"] if "block_id" in block} for window in (first, second)]
    assert not names[0] & names[1]


@pytest.mark.parametrize("name", ["", "one", "one:x:1:what", "other:0:1:what", "one:0", ":::", "one:٣:1:what"])
def test_a_field_that_is_not_ours_is_known_as_such(name: str) -> None:
    """Or comes without a question, and answers none."""
    mark = read_mark(name)
    assert mark is None or not mark.question


def test_names_of_fields_come_back() -> None:
    """Whatever the question is called."""
    for question in ("what", "a:b:c", ""):
        mark = Mark(Kind.MANY, question, 12, "4.2")
        assert read_mark(mark.written()) == mark


LABELS = ("slack.loading", "slack.fetching", "slack.busy", "slack.files_lost")


@pytest.mark.parametrize("language", ["", *LANGUAGES])
@pytest.mark.parametrize("label", LABELS)
def test_a_notice_is_a_window(language: str, label: str) -> None:
    """In one language, or in both while none is known."""
    assert_taken(windows.notice(Wording(load_catalog()), label, language))


def every_session(language: str) -> Iterator[Session]:
    """A talk in every state there is, and at every question."""
    talk = Session(channel="slack", language=language)
    yield from (replace(talk, state=state) for state in State)
    for flow, book in MACHINE.house.books.items():
        for group in book.form.group:
            if asked := MACHINE.house.asked_in(talk, group):
                yield replace(talk, state=State.ASKING, flow=flow, group=group.id, at=asked[0].id)


@pytest.mark.parametrize("language", ["", *LANGUAGES])
def test_slack_would_take_every_screen_of_the_talk(language: str) -> None:
    """In both languages, and in both at once: nothing is cut short, left out or empty."""
    wording = Wording(load_catalog())
    for session in every_session(language):
        items = tuple(item for item in MACHINE.screen(session) if isinstance(item, Visible))
        shown = View(language=language, turn=1, items=(*items, ShowToken(), ShowInbox("h")), token=TOKEN)
        window = modal(replace(shown, inbox=replace(INBOX, letters=())), wording)
        assert_taken(window)
        assert "…" not in words_of(window)


def test_who_can_see_what_on_slack_is_said_before_the_first_question() -> None:
    """The employer runs the place; the window is where the token stays; somewhere safer is on offer."""
    session = Session(channel="slack", language="en", state=State.ASKING, group="exposure", at="exposure")
    items = tuple(item for item in MACHINE.screen(session) if isinstance(item, Visible))
    words = words_of(modal(View(language="en", turn=1, items=items), Wording(load_catalog())))
    assert "Your employer runs this Slack" in words
    assert "never in a message" in words
    assert "https://talk.example" in words


@pytest.mark.parametrize(("times", "whole"), [(400, True), (7_000, False)])
def test_a_statement_that_a_field_would_cut_is_read_back(wording: Wording, times: int, whole: bool) -> None:
    """Nobody can confirm what they cannot read; and where even a window is too small, that is said."""
    ask = Ask("read_back", (replace(CHOICE, prompt=says("Do what I say. " * times)),))
    window = modal(view(ask, language="en"), wording)
    assert_taken(window)
    shown = [words for _, words in parts(window)]
    assert (sum(words.count("Do what") for words in shown) >= times) == whole
    assert (wording.label("en", "slack.cut") in shown) != whole
