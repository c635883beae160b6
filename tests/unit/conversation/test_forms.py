"""The same questions as pages with forms, with several tabs open and buttons pressed twice."""

from bot.conversation.events import Command, Filled, HandedOver
from bot.conversation.session import State
from tests.support.talk import Talk, drafted, handed_over, reading


def begun() -> Talk:
    """A talk at its first form."""
    return Talk().taps("menu", "report").fills({"exposure": "go_on"})


def at_facts() -> Talk:
    """A talk at the form about what and where."""
    return begun().fills({"anonymity": "anonymous"}).fills().fills({"way": "questions"})


def test_a_form_answers_a_whole_group() -> None:
    """What is left empty counts as passed over."""
    talk = at_facts().fills({"what": "Altered books", "where": ""})
    assert talk.session.answers["what"] == "Altered books"
    assert "where" in talk.session.skipped
    assert talk.ask.group == "dates"


def test_a_form_replaces_what_it_showed() -> None:
    """The field held the earlier answer, so what comes back is the whole answer; an emptied field is empty."""
    talk = at_facts().fills({"what": "Old", "where": "Here"}).fills(then="back")
    assert talk.ask.questions[0].answer == "Old"
    talk.fills({"what": "New", "where": " "})
    assert talk.session.answers["what"] == "New"
    assert "where" not in talk.session.answers


def test_back_in_a_form_leads_to_the_group_before_and_keeps_what_was_typed() -> None:
    """Whatever button sent the form, its words come along."""
    talk = at_facts().fills({"what": "Half a sentence"}, then="back")
    assert (talk.ask.group, talk.session.answers["what"]) == ("way", "Half a sentence")
    first = Talk().taps("menu", "report").fills(then="back")
    assert first.ask.group == "exposure"


def test_skip_in_a_form_passes_over_the_whole_group() -> None:
    """And keeps what was typed in it."""
    talk = at_facts().fills({"where": "Here"}, then="skip")
    assert (talk.ask.group, talk.session.answers["where"]) == ("dates", "Here")


def test_help_in_a_form_keeps_its_words_and_shows_the_form_again() -> None:
    """The fields hold what was typed."""
    talk = at_facts().fills({"what": "Half a sentence"}, then="help")
    assert (talk.said[0], talk.ask.group, talk.ask.questions[0].answer) == ("help.words", "facts", "Half a sentence")


def test_done_in_a_form_goes_on_from_files_and_to_the_summary_from_elsewhere() -> None:
    """A list or files end with done; elsewhere done ends the questions."""
    assert at_facts().fills({"what": "x"}, then="done").state is State.CHECKING
    talk = at_facts().fills().fills().fills().fills()
    assert talk.ask.group == "evidence"
    assert talk.fills({"evidence": "invoices"}, then="done").ask.group == "known"


def test_an_unknown_button_goes_on() -> None:
    """A page from another version may send one."""
    assert at_facts().fills({"what": "x"}, then="sideways").ask.group == "dates"


def test_options_that_are_not_offered_are_no_answers() -> None:
    """A made-up value in a form is left out; several values for one choice count as the first."""
    talk = begun().fills({"anonymity": "maybe"})
    assert "anonymity" not in talk.session.answers
    assert begun().fills({"anonymity": ["named", "anonymous"]}).session.answers["anonymity"] == "named"


def test_a_list_in_a_field_for_words_is_kept_as_words() -> None:
    """Two fields of one name are two lines."""
    assert at_facts().fills({"what": ["one", "two"]}).session.answers["what"] == "one\ntwo"


def test_people_are_kept_out_by_a_form() -> None:
    """The names that were typed are matched, and it is said who is meant."""
    talk = begun()
    while talk.ask.group != "keep_from":
        talk.fills()
    talk.fills({"keep_from": ["sato", "nobody"], "keep_from_others": "Suzuki"})
    assert talk.engine.report_of(talk.session).excluded == ("sato", "suzuki")
    assert talk.said == ["keep_from.meant", "desks.emptied", "above.desks"]


def test_the_explanation_follows_a_form_too() -> None:
    """Choosing it in a form tells it before the summary."""
    talk = begun()
    while talk.ask.group != "explanation":
        talk.fills()
    assert talk.fills({"explanation": "show"}).said[0] == "explanation.treatment"


def test_a_form_from_an_old_tab_loses_no_word() -> None:
    """An empty answer takes the words, a full one gets them added; the present screen stays."""
    talk = at_facts()
    old = talk.session.turn
    talk.fills({"what": "First tab"})
    talk.does(Filled("facts", {"what": "Second tab", "when": "May", "files": "x"}, "next", old))
    assert talk.session.answers["what"] == "First tab\n\nSecond tab"
    assert talk.session.answers["when"] == "May"
    assert (talk.said, talk.ask.group) == (["kept.other_tab"], "dates")


def test_an_old_tab_cannot_undo_a_later_choice() -> None:
    """A choice made since then counts; one not made yet is taken."""
    talk = begun()
    old = talk.session.turn
    talk.fills({"anonymity": "named"})
    talk.does(Filled("anonymity", {"anonymity": "anonymous"}, "next", old))
    assert (talk.session.answers["anonymity"], talk.said) == ("named", [])
    talk.does(Filled("relation", {"relation": "staff"}, "next", old))
    assert talk.session.answers["relation"] == "staff"


def test_a_button_pressed_twice_says_nothing_new() -> None:
    """The second form holds what is kept already, so the present screen simply comes again."""
    talk = at_facts()
    form = Filled("facts", {"what": "Once"}, "next", talk.session.turn)
    talk.does(form, form)
    assert (talk.session.answers["what"], talk.said, talk.ask.group) == ("Once", [], "dates")


def test_danger_works_from_an_old_tab() -> None:
    """Whom to call is told wherever the button stands; what would move the talk is left out."""
    talk = at_facts()
    old = talk.session.turn
    talk.fills()
    talk.does(Filled("facts", {}, "danger", old))
    assert (talk.said, talk.ask.group) == (["danger.call", "danger.contact", "danger.marked"], "dates")
    assert talk.does(Filled("facts", {}, "cancel", old)).state is State.ASKING


def test_a_form_that_names_no_screen_is_taken_for_the_present_one() -> None:
    """A channel that cannot number its screens still works."""
    talk = at_facts().does(Filled("facts", {"what": "x"}))
    assert talk.ask.group == "dates"


def test_a_form_after_hand_over_is_kept_for_the_inbox_and_makes_no_second_report() -> None:
    """Its words wait as a reply; whoever starts a new report finds them there instead."""
    talk = handed_over().does(Filled("story", {"story": "One more thing"}, "next", 1))
    assert (talk.session.reply, talk.state, talk.said) == ("One more thing", State.HOLDING_TOKEN, ["kept.old_form"])
    again = Talk().does(Filled("story", {"story": "One more thing"}, "next", 7), Filled("way", {"way": "own"}, turn=7))
    assert (again.state, again.session.reply, again.said) == (State.NEW, "One more thing", [])
    assert again.orders(Command.REPORT).session.answers["story"] == "One more thing"
    assert (again.session.reply, again.said[0]) == ("", "kept.moved")


def test_the_summary_and_its_kin_are_forms_too() -> None:
    """The first answer of such a form is what was chosen; an empty one shows the screen again."""
    talk = drafted().fills({"summary": "hand_over"})
    assert talk.state is State.HANDING_OVER
    assert drafted().fills({"summary": "", "other": []}).ask.group == "summary"
    assert drafted().fills(then="cancel").state is State.CANCELLING
    assert drafted().fills({"summary": "nonsense"}).said == ["hint.late"]
    assert talk.does(HandedOver("naibu")).fills({"saved": "saved"}).state is State.CONFIRMING


def test_a_summary_shown_before_a_change_is_not_handed_over() -> None:
    """What was not seen is not sent: the present summary comes first."""
    talk = drafted()
    old = talk.session.turn
    talk.taps("edit", "story").fills({"story": "Changed"})
    talk.does(Filled("summary", {"summary": "hand_over"}, "next", old))
    assert (talk.state, talk.acts) == (State.CHECKING, [])


def test_a_token_form_takes_words_as_words() -> None:
    """Words in the token's field are kept; an empty field shows the question again."""
    talk = Talk().orders(Command.COME_BACK)
    assert talk.fills().said == []
    assert talk.fills({"token": "I lost the paper"}).session.reply == "I lost the paper"


def test_a_token_with_a_slip_is_no_reply() -> None:
    """As a reply it would show the desk almost all of the token."""
    talk = Talk().orders(Command.COME_BACK).fills({"token": "7K3QF-9ABCD-EFGHJ-KMNPQ-RSTV2"})
    assert (talk.said, talk.session.reply) == (["token.mistyped"], "")


def test_words_in_the_token_field_are_kept_whatever_button_is_pressed() -> None:
    """Leaving with back keeps them; a command typed into the field is that command."""
    talk = Talk().orders(Command.COME_BACK).fills({"token": "I lost the paper"}, then="back")
    assert (talk.state, talk.session.reply) == (State.NEW, "I lost the paper")
    assert Talk().orders(Command.COME_BACK).fills({"token": "back"}, then="help").state is State.NEW


def test_the_reply_form_keeps_with_next_and_sends_with_done() -> None:
    """What it shows is replaced by what comes back."""
    talk = reading().taps("inbox", "reply").fills({"reply": "Hello"})
    assert (talk.state, talk.session.reply) == (State.REPLYING, "Hello")
    assert talk.fills({"reply": ["Hello", "again"]}, then="done").state is State.SENDING
    assert talk.session.reply == "Hello\nagain"


def test_one_answer_is_changed_from_the_summary_by_a_form() -> None:
    """The page's edit button leads to the group; sending it leads back."""
    talk = drafted().taps("summary", "story")
    assert (talk.ask.group, talk.session.editing) == ("story", True)
    assert talk.fills({"story": "Changed"}).state is State.CHECKING
    assert talk.taps("summary", "evidence").fills({"evidence": "x"}, then="back").state is State.CHECKING


def test_words_under_a_name_that_no_form_has_are_remarks() -> None:
    """A page stood open while the form was replaced by a newer one: its words count, its options mean nothing here."""
    talk = at_facts().fills({"what": "Now", "gone": "Typed on the old page", "relation": "staff", "empty": " "})
    assert (talk.session.answers["what"], talk.session.answers["remarks"]) == ("Now", "Typed on the old page")
    assert "relation" not in talk.session.answers
    late = drafted().does(Filled("no_such_group", {"gone": "Typed on the old page", "saved": "saved"}, turn=0))
    assert late.session.answers["remarks"] == "Typed on the old page"
    done = handed_over().does(Filled("no_such_group", {"gone": "Typed on the old page"}, turn=0))
    assert done.session.reply == "Typed on the old page"
