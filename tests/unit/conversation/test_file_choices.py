"""What becomes of each file is the person's choice: cleaned, as it came, or not at all."""

import pytest
from msgspec.structs import replace

from bot.conversation.effects import Say
from bot.conversation.events import Attached, AttachFailed, Command, FileRef, Filled, Sent
from bot.conversation.file_choices import MOST_OFFERED, staying, travelling, versions
from bot.conversation.session import State
from tests.support.talk import FILE, OTHER_FILE, Talk, drafted, reading

AS_IT_CAME = FileRef("f1-as-it-came", "photo.jpg", "image/jpeg", 9, b"m" * 32, b"f" * 32)
CLEANED = replace(FILE, cleaning="cleaned", removed=("place",), twin=AS_IT_CAME)
KEPT = replace(OTHER_FILE, cleaning="unknown_kind")


def with_files(*files: FileRef) -> Talk:
    """A draft with files, at the question for them."""
    return drafted().does(*map(Attached, files)).taps("summary", "files")


def labels(talk: Talk) -> list[str]:
    """What stands on the options, by key."""
    return [option.label.key if option.label else option.words for option in talk.question.options]


def test_what_was_cleaned_goes_cleaned_unless_it_is_said_otherwise() -> None:
    """Nobody is asked for each of many photos, and the safest is what happens by itself."""
    talk = with_files(CLEANED, KEPT)
    assert talk.engine.report_of(talk.session).files == (CLEANED, KEPT)
    assert labels(talk) == ["option.file.cleaned", "option.file.as_is"]


@pytest.mark.parametrize("words", ["1", "１", "photo.jpg", "PHOTO.JPG"])
def test_a_file_is_picked_by_number_or_by_name(words: str) -> None:
    """As people type it; what is still in it is said again."""
    talk = with_files(CLEANED, KEPT).says(words)
    assert (talk.state, talk.options, talk.question.answer) == (
        State.HANDLING_FILE,
        ["cleaned", "as_is", "leave_out", "back"],
        "cleaned",
    )
    assert talk.said == ["removed.one"]


def test_what_could_not_be_cleaned_has_two_choices() -> None:
    """What stays is said, and that leaving it out and putting it in words is a way."""
    talk = with_files(CLEANED, KEPT).taps("files", "f2")
    assert talk.options == ["as_is", "leave_out", "back"]
    assert talk.said == ["cleaning.unknown_kind", "cleaning.advice"]


def test_the_version_that_was_chosen_goes_and_the_other_stays() -> None:
    """The original of one, nothing of the other; the talk says so and stands where it stood."""
    talk = with_files(CLEANED, KEPT).says("1").says("2")
    assert (talk.state, talk.said, labels(talk)[0]) == (State.ASKING, ["handled.as_is"], "option.file.as_is")
    talk.says("2").taps("handling", "leave_out")
    assert (talk.said, labels(talk)[1]) == (["handled.leave_out"], "option.file.leave_out")
    assert talk.engine.report_of(talk.session).files == (AS_IT_CAME,)
    assert staying(talk.session.files) == ("f1", "f2")
    assert versions(talk.session.files) == ("f1", "f1-as-it-came", "f2")


def test_a_choice_can_be_changed_until_it_goes() -> None:
    """Left out is not thrown away."""
    talk = with_files(CLEANED).says("1").taps("handling", "leave_out").says("1").taps("handling", "cleaned")
    assert travelling(talk.session.files)[0].file_id == "f1"


@pytest.mark.parametrize("way", [Command.BACK, Command.CANCEL, Command.SKIP, Command.DONE])
def test_whoever_changes_their_mind_changes_nothing(way: Command) -> None:
    """Each way out leads back to the list."""
    talk = with_files(CLEANED).says("1")
    before = talk.session.files
    talk.orders(way)
    assert (talk.state, talk.session.files, talk.question.id) == (State.ASKING, before, "files")
    talk.says("1").taps("handling", "back")
    assert (talk.state, talk.session.files) == (State.ASKING, before)


def test_words_and_files_in_between_are_kept() -> None:
    """Choosing for one file loses nothing that comes meanwhile."""
    talk = with_files(CLEANED).says("1").says("He was there too.").does(Attached(OTHER_FILE))
    assert (talk.state, len(talk.session.files)) == (State.HANDLING_FILE, 2)
    assert "He was there too." in str(talk.session.answers)


def test_a_number_elsewhere_is_no_file() -> None:
    """Only where files are listed do numbers mean them."""
    talk = Talk().orders(Command.REPORT).does(Attached(CLEANED)).says("1")
    assert talk.state is State.ASKING


def test_more_files_than_a_chat_can_list_are_kept_all_the_same() -> None:
    """The last ones can be chosen for one by one."""
    files = [replace(FILE, file_id=f"n{at}") for at in range(MOST_OFFERED + 5)]
    talk = with_files(*files)
    assert (len(talk.options), talk.options[-1], len(travelling(talk.session.files))) == (40, "n44", 45)
    assert talk.says("1").session.handling == "n5"


def test_an_empty_draft_is_none_the_fuller_for_a_file_that_is_left_out() -> None:
    """There must be something to hand over."""
    talk = drafted()
    talk.session = replace(talk.session, answers={}, files=(replace(CLEANED, choice="leave_out"),))
    assert talk.taps("summary", "hand_over").said == ["hand_over.empty"]


def test_files_of_a_reply_are_chosen_for_too() -> None:
    """Before it is sent; a number means the file, words are words."""
    talk = reading().does(Attached(CLEANED), Attached(KEPT)).says("2")
    assert (talk.state, talk.options) == (State.HANDLING_FILE, ["as_is", "leave_out", "back"])
    talk.taps("handling", "leave_out")
    assert (talk.state, labels(talk)) == (State.REPLYING, ["option.file.cleaned", "option.file.leave_out"])
    assert talk.says("2 people saw it").session.reply == "2 people saw it"
    assert talk.taps("reply", "f1").taps("handling", "as_is").session.reply_files[0].choice == "as_is"
    assert talk.orders(Command.DONE).does(Sent()).session.reply_files == ()


def test_a_reply_of_nothing_but_what_is_left_out_is_not_sent() -> None:
    """An empty letter would puzzle the desk."""
    talk = reading().does(Attached(CLEANED)).says("1").taps("handling", "leave_out").orders(Command.DONE)
    assert (talk.state, talk.said) == (State.REPLYING, ["reply.empty"])


@pytest.mark.parametrize("then", ["next", "back", "language", "done"])
def test_a_form_brings_all_choices_at_once(then: str) -> None:
    """Whatever button sent it; and the values stay out of the report's words."""
    talk = with_files(CLEANED, KEPT)
    talk.fills({"handling.f1": "as_is", "handling.f2": "leave_out", "handling.gone": "as_is"}, then)
    assert travelling(talk.session.files) == (AS_IT_CAME,)
    assert "as_is" not in str(talk.session.answers)


def test_a_form_of_a_reply_brings_choices_too() -> None:
    """Its words as well."""
    talk = reading().does(Attached(CLEANED)).fills({"reply": "See this.", "handling.f1": "as_is"}, "language")
    assert (travelling(talk.session.reply_files), talk.session.reply) == ((AS_IT_CAME,), "See this.")


def test_a_choice_that_a_file_does_not_have_changes_nothing() -> None:
    """A form may be made up."""
    talk = with_files(KEPT).fills({"handling.f2": "cleaned"}, "language")
    assert travelling(talk.session.files) == (KEPT,)


def test_a_form_of_an_old_screen_does_not_undo_a_choice() -> None:
    """What was chosen since counts more, and is no word of the report."""
    talk = with_files(CLEANED)
    old = talk.session.turn
    talk.says("1").taps("handling", "leave_out")
    talk.does(Filled(talk.ask.group, {"handling.f1": "as_is"}, "next", old))
    assert (travelling(talk.session.files), "as_is" in str(talk.session.answers)) == ((), False)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_an_empty_file_is_said_not_kept(language: str) -> None:
    """0 bytes: a sentence that helps, in any state."""
    talk = drafted()
    talk.session = replace(talk.session, language=language)
    talk.does(Attached(replace(FILE, size=0)))
    assert (talk.said, talk.session.files) == (["file.empty"], ())
    assert [effect.tone for effect in talk.effects if isinstance(effect, Say)] == ["warning"]
    assert reading().does(Attached(replace(FILE, size=0))).session.reply_files == ()
    assert Talk().does(AttachFailed("broken")).said[0] == "file.failed"


def test_a_file_that_is_gone_meanwhile_leads_back() -> None:
    """Nobody is left with a question about nothing."""
    talk = with_files(CLEANED).says("1")
    talk.session = replace(talk.session, files=())
    talk.does(AttachFailed("broken"))
    assert talk.options == ["back"]
    assert talk.taps("handling", "back").state is State.ASKING
