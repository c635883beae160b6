"""How a talk begins: with a button, a command, a story, a file or a token."""

import pytest
from msgspec.structs import replace

from bot.conversation.events import Attached, Command, MistypedToken, Said, SentNothing
from bot.conversation.session import Session, State
from tests.support.talk import FILE, Talk

STORY = "課長が出張費を水増ししました。"


def test_the_first_screen_names_the_page_of_official_addresses() -> None:
    """Whoever arrives can check that this is the real desk."""
    assert "https://organ.example/desks" in Talk().orders(Command.START).words


def test_an_unknown_language_is_asked_in_both_at_once() -> None:
    """Nobody has to read one language to choose the other."""
    talk = Talk(Session(channel="web")).orders(Command.START)
    assert (talk.state, talk.options) == (State.CHOOSING_LANGUAGE, ["ja", "en"])
    assert "見本省の通報窓口です" in talk.words
    assert "the reporting desk of Ministry of Examples." in talk.words


@pytest.mark.parametrize(("typed", "language"), [("1", "ja"), ("日本語", "ja"), ("２", "en"), ("english", "en")])
def test_a_language_is_chosen_by_number_or_name(typed: str, language: str) -> None:
    """And the menu follows."""
    talk = Talk(Session(channel="web")).orders(Command.START).says(typed)
    assert (talk.session.language, talk.state, talk.ask.group) == (language, State.NEW, "menu")


def test_a_report_asked_for_without_a_language_goes_on_after_the_choice() -> None:
    """The choice of a language does not lead back to the menu."""
    talk = Talk(Session(channel="web")).taps("menu", "report")
    assert talk.state is State.CHOOSING_LANGUAGE
    assert talk.taps("language", "ja").ask.group == "exposure"


def test_a_language_must_be_chosen_before_it_can_be_passed_over() -> None:
    """Back and skip ask again while no language is known."""
    talk = Talk(Session(channel="web")).orders(Command.START, Command.BACK, Command.SKIP)
    assert talk.state is State.CHOOSING_LANGUAGE


@pytest.mark.parametrize("before", [(), (Command.START,)])
def test_someone_who_just_types_their_story_is_not_made_to_press_a_menu(before: tuple[Command, ...]) -> None:
    """The words are kept as the story, the talk says so and goes on; the language is guessed from them."""
    talk = Talk(Session(channel="web")).orders(*before).says(STORY)
    assert talk.session.answers == {"way": "own", "story": STORY}
    assert (talk.session.language, talk.said[0], talk.ask.group) == ("ja", "kept.story", "exposure")


@pytest.mark.parametrize("before", [(), (Command.START,)])
def test_a_story_in_a_script_that_cannot_be_guessed_is_kept_before_the_language_is_asked(
    before: tuple[Command, ...],
) -> None:
    """No language is no reason to lose a word."""
    talk = Talk(Session(channel="web")).orders(*before).says("هناك فساد")
    assert talk.session.answers["story"] == "هناك فساد"
    assert talk.state is State.CHOOSING_LANGUAGE
    assert talk.says("2").ask.group == "exposure"


@pytest.mark.parametrize("before", [(), (Command.START,)])
def test_a_file_can_come_first_too(before: tuple[Command, ...]) -> None:
    """It begins a draft, whether or not the language is known."""
    talk = Talk(Session(channel="web")).orders(*before).does(Attached(FILE))
    assert (talk.session.files, talk.state) == ((FILE,), State.CHOOSING_LANGUAGE)
    assert talk.taps("language", "en").ask.group == "exposure"
    known = Talk().orders(*before).does(Attached(FILE))
    assert (known.session.files, known.ask.group, known.said[0]) == ((FILE,), "exposure", "kept.file")


def test_a_story_typed_where_the_language_is_asked_begins_a_draft() -> None:
    """Also where a language was known before."""
    talk = Talk().orders(Command.LANGUAGE).says("The books were altered.")
    assert (talk.session.answers["story"], talk.ask.group) == ("The books were altered.", "exposure")
    file = Talk().orders(Command.LANGUAGE).does(Attached(FILE))
    assert (file.session.files, file.ask.group) == ((FILE,), "exposure")


def test_a_very_long_story_is_kept_whole() -> None:
    """O-12: no length is refused."""
    story = "長い話。" * 50_000
    assert Talk().says(story).session.answers["story"] == story


def test_unstorable_and_right_to_left_text_is_kept() -> None:
    """Only NUL and lone surrogates are replaced, visibly."""
    assert Talk().says("\u202eabc\u202c\0\ud800").session.answers["story"] == "\u202eabc\u202c\u2400\ufffd"


def test_a_sticker_gets_the_menu() -> None:
    """Nothing to keep, so the menu is shown."""
    talk = Talk().does(SentNothing())
    assert (talk.state, talk.ask.group) == (State.NEW, "menu")
    assert Talk().does(Said("  \n ")).state is State.NEW


def test_a_mistyped_token_is_asked_for_again() -> None:
    """The slip is named; with other words around it, the words are kept as a story."""
    talk = Talk().does(MistypedToken())
    assert (talk.state, talk.said) == (State.WANTING_TOKEN, ["token.mistyped"])
    spelt = Talk().does(MistypedToken(in_words=True))
    assert (spelt.state, spelt.said) == (State.WANTING_TOKEN, ["token.mistyped_words"])
    assert Talk().does(MistypedToken(in_words=True, place=7)).said == ["token.mistyped_word"]
    worded = Talk().does(MistypedToken("Serial ABCDE-FGHJK is false."))
    assert worded.session.answers["story"] == "Serial ABCDE-FGHJK is false."
    assert worded.said[:2] == ["token.mistyped", "kept.story"]


@pytest.mark.parametrize("command", [Command.CANCEL, Command.BACK, Command.SKIP, Command.DONE, Command.REWRITE])
def test_at_the_menu_there_is_nothing_to_undo(command: Command) -> None:
    """Every command is answered, and the menu stays."""
    assert Talk().orders(command).ask.group == "menu"


@pytest.mark.parametrize("language", ["", "en"])
def test_asking_to_report_before_the_language_is_chosen_is_not_forgotten(language: str) -> None:
    """The language comes first where it is not known; then the report goes on."""
    talk = Talk(Session(channel="chat")).orders(Command.START)
    talk.session = replace(talk.session, language=language)
    talk.orders(Command.REPORT)
    if not language:
        assert talk.ask.group == "language"
        talk.taps("language", "en")
    assert (talk.state, talk.ask.group) == (State.ASKING, "exposure")
