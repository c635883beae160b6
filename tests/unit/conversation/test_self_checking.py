"""Before a draft without a name is handed over, its writer sees what would name them, and does what they like."""

from msgspec.structs import replace

from bot.conversation.effects import CheckSelf, HandOver, Say
from bot.conversation.events import Command, DeskUnreachable, HandedOver, NobodyLeft, SelfChecked
from bot.conversation.findings import Finding
from bot.conversation.forms import form_sources, read_forms
from bot.conversation.machine import Machine
from bot.conversation.passages import SHOWN
from bot.conversation.searching import searched
from bot.conversation.session import State
from tests.support.talk import CATALOG, DESKS, MACHINE, ORGAN, Talk, drafted, searching, shown

STORY = "My name is Ann Lee. Mr Tate takes money. Nobody but me knows."
#: The same talk with a story that cannot be left out.
NEEDED = form_sources() | {
    "report": form_sources()["report"].replace('"story"\nkind = "text"', '"story"\nkind = "text"\nskippable = false')
}
NEEDING = Machine(read_forms(NEEDED), CATALOG, DESKS, ORGAN)
NAME, ALONE = Finding("story", 11, 18, "name"), Finding("story", 41, 54, "only_i")


def warned(*found: Finding, story: str = STORY, remarks: str = "Ann says so.", language: str = "en") -> Talk:
    """A talk in which something was found."""
    talk = drafted(answers={"story": story, "remarks": remarks})
    talk.session = replace(talk.session, language=language)
    talk.finds = None
    return talk.taps("summary", "hand_over").does(SelfChecked(found or (NAME, ALONE)))


def story(talk: Talk) -> str:
    """What the story says now."""
    return str(talk.session.answers["story"])


def test_a_draft_without_a_name_is_searched_first() -> None:
    """The search is asked for, nothing is handed over yet, and the words asked for are those that would be."""
    talk = searching()
    assert (talk.acts, talk.state) == ([CheckSelf()], State.SEARCHING)
    assert searched(MACHINE.house, talk.session) == {"story": "The books were altered."}


def test_where_nothing_is_found_it_is_handed_over_at_once() -> None:
    """Nobody is asked anything more."""
    talk = searching().does(SelfChecked())
    assert (talk.acts, talk.state, talk.said) == ([HandOver("naibu")], State.HANDING_OVER, [])


def test_whoever_gives_their_name_is_not_searched() -> None:
    """There is nothing to protect."""
    talk = drafted(answers={"anonymity": "named", "name": "Ann Lee"})
    talk.finds = None
    assert talk.taps("summary", "hand_over").acts == [HandOver("naibu")]


def test_a_name_that_is_not_handed_over_is_not_searched_either() -> None:
    """Whoever first gave a name and then chose to stay unnamed; and what is chosen rather than written."""
    talk = drafted(answers={"name": "Ann Lee", "relation": "staff", "keep_from": ["sato"], "gone": "Old words"})
    assert searched(MACHINE.house, talk.session) == {"story": "The books were altered.", "gone": "Old words"}


def test_what_was_found_is_shown_with_the_words_around_it() -> None:
    """Where it stands, what it is and in which answer; three ways on."""
    talk = warned()
    assert talk.state is State.WARNED
    assert "1. A name (What happened)\nMy name is «Ann Lee». Mr Tate" in talk.words
    assert "«Nobody but me» knows." in talk.words
    assert talk.options == ["leave_out.1", "leave_out.2", "rewrite.story", "leave_all", "as_it_is"]


def test_both_languages_say_it() -> None:
    """The same in Japanese."""
    assert (
        "1. 名前（あったこと）\n私は【山田】です。"
        in warned(Finding("story", 2, 4, "name"), story="私は山田です。", language="ja").words
    )


def test_one_tap_leaves_a_passage_out() -> None:
    """A mark stands in its place; the others stay where they are, also in a text that grew shorter or longer."""
    talk = warned().taps("self_check", "leave_out.1")
    assert story(talk) == "My name is [left out]. Mr Tate takes money. Nobody but me knows."
    assert (talk.state, talk.said[0]) == (State.WARNED, "self_check.done")
    assert "«Nobody but me»" in talk.words
    talk.taps("self_check", "leave_out.1")
    assert story(talk) == "My name is [left out]. Mr Tate takes money. [left out] knows."


def test_the_later_passage_can_go_first() -> None:
    """What stands before it does not move."""
    talk = warned().taps("self_check", "leave_out.2").taps("self_check", "leave_out.1")
    assert story(talk) == "My name is [left out]. Mr Tate takes money. [left out] knows."


def test_all_passages_go_with_one_tap_and_the_summary_comes_once_more() -> None:
    """In the person's own language, in several answers; nothing is handed over without another word of theirs."""
    talk = warned(NAME, ALONE, Finding("remarks", 0, 3, "name"), language="ja")
    talk.taps("self_check", "leave_all")
    assert story(talk) == "My name is ［伏せた］. Mr Tate takes money. ［伏せた］ knows."
    assert talk.session.answers["remarks"] == "［伏せた］ says so."
    assert (talk.state, talk.said) == (State.CHECKING, ["self_check.done_all", "self_check.none_left"])
    assert talk.acts == []
    assert talk.taps("summary", "hand_over").acts == [CheckSelf()]


def test_an_answer_is_written_anew_below_what_was_found_in_it() -> None:
    """Its text stands there, and what is sent takes its place; then it is searched again."""
    talk = warned(NAME, Finding("remarks", 0, 3, "name")).taps("self_check", "rewrite.story")
    assert (talk.state, talk.question.id, talk.question.answer) == (State.ASKING, "story", STORY)
    assert talk.said == ["self_check.rewrite", "self_check.passage"]
    talk.says("Mr Tate takes money.")
    assert (story(talk), talk.acts, talk.state) == ("Mr Tate takes money.", [CheckSelf()], State.SEARCHING)
    talk.does(SelfChecked())
    assert (talk.state, talk.said, talk.acts) == (State.CHECKING, ["self_check.none_left"], [])


def test_what_was_found_again_is_shown_again() -> None:
    """The new words name the writer, too."""
    talk = warned(NAME).taps("self_check", "rewrite.story").says("I am Ann.")
    talk.does(SelfChecked((Finding("story", 5, 8, "name"),)))
    assert talk.state is State.WARNED
    assert "I am «Ann»." in talk.words


def test_a_form_shows_the_text_in_place_and_takes_what_stands_in_it() -> None:
    """On a page the old words can be changed where they are."""
    talk = warned(NAME).taps("self_check", "rewrite.story").fills({"story": "I was there. Mr Tate takes money."})
    assert (story(talk), talk.acts) == ("I was there. Mr Tate takes money.", [CheckSelf()])


def test_a_needed_answer_that_was_emptied_is_asked_for_before_anything_is_searched() -> None:
    """Both where the form stands and where somebody goes on with what else was found."""
    talk = warned(NAME, Finding("remarks", 0, 3, "name"))
    talk.engine = NEEDING
    talk.taps("self_check", "rewrite.story").fills({"story": ""})
    assert (talk.state, talk.session.at, talk.acts) == (State.ASKING, "story", [])
    talk.session = replace(talk.session, state=State.WARNED)
    talk.taps("self_check", "as_it_is")
    assert (talk.state, talk.session.at, talk.acts) == (State.ASKING, "story", [])
    assert "hand_over.missing" in talk.said


def test_whoever_does_not_write_anew_after_all_comes_back_to_what_was_found() -> None:
    """By back, skip or done, in a chat and on a page."""
    for command in (Command.BACK, Command.SKIP, Command.DONE):
        talk = warned().taps("self_check", "rewrite.story").orders(command)
        assert (story(talk), talk.acts) == (STORY, [CheckSelf()])
        assert talk.does(SelfChecked((NAME, ALONE))).state is State.WARNED
    page = warned().taps("self_check", "rewrite.story").fills({"story": STORY}, then="done")
    assert (story(page), page.acts) == (STORY, [CheckSelf()])


def test_an_emptied_answer_is_written_anew_without_old_passages() -> None:
    """There is nothing left to show them in."""
    talk = warned().taps("self_check", "rewrite.story").orders(Command.REWRITE)
    assert talk.said == ["answer.emptied", "self_check.rewrite"]


def test_as_it_is_hands_over_and_is_not_asked_again() -> None:
    """The search runs once more for what was added meanwhile; what was called fine is not shown again."""
    talk = warned().taps("self_check", "as_it_is")
    assert (talk.acts, talk.state) == ([CheckSelf()], State.SEARCHING)
    talk.does(SelfChecked((NAME, ALONE)))
    assert (talk.acts, talk.state) == ([HandOver("naibu")], State.HANDING_OVER)
    back = talk.does(DeskUnreachable()).says("One more: I am Bo.").taps("summary", "hand_over")
    said = str(back.session.answers["remarks"])
    back.does(SelfChecked((NAME, Finding("remarks", said.index("Bo"), len(said) - 1, "name"))))
    assert back.state is State.WARNED
    assert "«Bo»" in back.words
    assert "«Ann Lee»" not in back.words


def test_the_same_words_elsewhere_are_another_passage() -> None:
    """Fine in one answer is not fine in all of them."""
    talk = warned(NAME, remarks="Ann Lee").taps("self_check", "as_it_is")
    talk.does(SelfChecked((NAME, Finding("remarks", 0, 7, "name"))))
    assert [each.question for each in talk.session.findings] == ["remarks"]


def test_a_few_are_shown_at_a_time() -> None:
    """The others come when they are asked for; leaving out goes by what is shown."""
    words = " ".join(f"word{number:02}" for number in range(SHOWN + 2))
    every = tuple(Finding("story", at * 7, at * 7 + 6, "name") for at in range(SHOWN + 2))
    talk = warned(*every, story=words)
    assert "more" in talk.options
    assert "«word05»" not in talk.words
    talk.taps("self_check", "more")
    assert "1. A name (What happened)\n" in talk.words
    assert "«word05»" in talk.words
    talk.taps("self_check", "leave_out.1")
    assert story(talk) == words.replace("word05", "[left out]")


def test_a_long_passage_is_shown_by_its_ends() -> None:
    """A phone has room for a few lines."""
    talk = warned(Finding("story", 0, 200, "only_i"), story="x" * 100 + "y" * 100)
    assert f"«{'x' * 40} … {'y' * 40}»" in talk.words


def test_the_persons_own_words_are_never_taken_for_a_text_of_ours() -> None:
    """A passage that begins like a key is shown as it was typed; line ends become spaces."""
    talk = warned(Finding("story", 0, 5, "handle"), story="@nobo\nwrote this.")
    assert "«@nobo» wrote this." in talk.words


def test_a_search_that_could_not_be_made_keeps_no_report_back() -> None:
    """It is handed over, and the person is told."""
    talk = searching().does(SelfChecked(made=False))
    assert (talk.acts, talk.state, talk.said) == ([HandOver("naibu")], State.HANDING_OVER, ["self_check.not_made"])
    anew = warned().taps("self_check", "rewrite.story").says("Other words.").does(SelfChecked(made=False))
    assert (anew.state, anew.said, anew.acts) == (State.CHECKING, [], [])


def test_back_from_what_was_found_leads_to_the_summary() -> None:
    """And from there to the search again, never past it."""
    talk = warned().orders(Command.BACK)
    assert (talk.state, talk.session.findings) == (State.CHECKING, ())
    assert talk.taps("summary", "hand_over").acts == [CheckSelf()]
    assert searching().orders(Command.BACK).state is State.CHECKING


def test_words_at_the_warning_are_kept_and_searched_too() -> None:
    """They belong to no question: they go to the remarks, and what was found stays in place."""
    talk = warned().says("I am Bo.")
    assert (talk.state, talk.session.answers["remarks"]) == (State.WARNED, "Ann says so.\n\nI am Bo.")
    assert talk.taps("self_check", "as_it_is").acts == [CheckSelf()]


def test_a_draft_that_was_emptied_is_not_handed_over() -> None:
    """There would be nothing in it."""
    talk = warned()
    talk.session = replace(talk.session, answers={})
    talk.taps("self_check", "as_it_is")
    assert (talk.state, talk.said) == (State.CHECKING, ["hand_over.empty"])


def test_places_that_fit_no_answer_are_not_shown() -> None:
    """A draft may have changed on another device meanwhile."""
    found = (Finding("story", 50, 500, "name"), Finding("nowhere", 0, 3, "name"), Finding("story", 5, 5, "name"))
    assert searching().does(SelfChecked(found)).acts == [HandOver("naibu")]


def test_what_is_found_in_an_answer_of_another_flow_can_only_be_left_out() -> None:
    """There is no question to ask anew."""
    talk = drafted(answers={"gone": "I am Ann."})
    talk.finds = None
    talk.taps("summary", "hand_over").does(SelfChecked((Finding("gone", 5, 8, "name"),)))
    assert talk.options == ["leave_out.1", "as_it_is"]
    assert talk.taps("self_check", "leave_out.1").session.answers["gone"] == "I am [left out]."


def test_other_ways_to_a_desk_do_not_pass_the_search_again() -> None:
    """Another desk after an exclusion, or a report that waits: the words are the same."""
    talk = searching().does(SelfChecked(), NobodyLeft(("gaibu",))).says("1")
    assert talk.acts == [HandOver("gaibu")]
    talk.does(DeskUnreachable(sealed=True), HandedOver("gaibu"))
    assert talk.state is State.HOLDING_TOKEN


def test_nothing_of_it_is_left_after_hand_over_or_cancelling() -> None:
    """Neither places nor what was called fine."""
    handed = warned().taps("self_check", "as_it_is").does(SelfChecked(), DeskUnreachable(sealed=True))
    cancelled = warned().orders(Command.CANCEL).taps("cancel", "yes")
    for talk in (handed, cancelled):
        assert (talk.session.findings, talk.session.accepted, talk.session.rewriting) == ((), (), "")


def test_a_token_shown_at_the_warning_leads_back_to_it() -> None:
    """The draft waits where it was."""
    talk = warned().does(shown()).orders(Command.BACK).orders(Command.BACK)
    assert talk.state is State.WARNED


def test_every_option_has_words_in_both_languages() -> None:
    """Also those whose label names a number or a question."""
    talk = warned()
    for option in talk.question.options:
        assert option.label is not None
        assert CATALOG.text("ja", option.label) != CATALOG.text("en", option.label)
    assert all(isinstance(effect, Say) for effect in talk.effects[:3])
