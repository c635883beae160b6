"""What a form that comes back from Slack says."""

import pytest

from bot.channels.slack.happened import events_of, sent_by
from bot.channels.slack.marks import Note
from bot.channels.slack.payloads import Interaction, Person, Picked, Pressed, SlackFile, Value, Values, Window
from bot.conversation.events import Command, Commanded, Event, Filled, Said

WORDS = "第一発見者は私です"


def window(group: str = "facts", then: str = "next", **values: Value) -> Window:
    """A window with these fields; in their names `__` stands for a colon."""
    fields = {name.replace("__", ":"): {"answer": value} for name, value in values.items()}
    return Window("V1", "1.a", Note(group, 4, 2, then).written(), Values(fields))


def events(sent: Window, button: str = "") -> tuple[Event, ...]:
    """What sending this window, or pressing a button in it, means."""
    actions = (Pressed(f"then.{button}"),) if button else ()
    read = sent_by(Interaction("x", Person("U1"), actions=actions), sent)
    return events_of(read, read.then)


def test_parts_of_one_answer_come_together_in_their_order() -> None:
    """Slack may send them in any; what goes on in the last field stands below."""
    sent = window(
        one__1__s__what=Value(value="二"),
        more__0__s__what=Value(value="続き"),
        one__0__s__what=Value(value="一"),
        one__0__s__who=Value(),
    )
    assert events(sent) == (Filled("facts", {"what": "一二\n\n続き", "who": ""}, "next", 4),)


def test_ticks_of_several_lists_come_together() -> None:
    """And a list in which nothing is ticked says so."""
    sent = window(
        many__0__s__keep_from=Value(selected_options=(Picked("a"), Picked("b"))),
        many__1__s__keep_from=Value(selected_options=(Picked("c"),)),
        many__0__s__other=Value(),
    )
    assert events(sent) == (Filled("facts", {"keep_from": ["a", "b", "c"], "other": []}, "next", 4),)


def test_a_choice_in_one_of_several_lists_counts() -> None:
    """The lists without a choice do not take it back."""
    sent = window(
        one__0__s__desk=Value(), one__1__s__desk=Value(selected_option=Picked("naibu")), one__2__s__desk=Value()
    )
    assert events(sent) == (Filled("facts", {"desk": "naibu"}, "next", 4),)


@pytest.mark.parametrize(
    ("group", "button", "expected"),
    [
        ("menu", "", (Said(WORDS),)),
        ("menu", "danger", (Said(WORDS), Commanded(Command.DANGER))),
        ("language", "", (Filled("language", {"menu": "report"}, "next", 4), Said(WORDS))),
    ],
)
def test_a_story_before_any_question_counts_before_the_choice(
    group: str, button: str, expected: tuple[Event, ...]
) -> None:
    """At the menu the story is the choice; elsewhere the choice comes first."""
    sent = window(group, one__0__s__menu=Value(selected_option=Picked("report")), words__0__s__=Value(value=WORDS))
    assert events(sent, button) == expected


def test_a_story_without_a_language_is_enough() -> None:
    """Nobody is made to choose first."""
    assert events(window("language", one__0__s__language=Value(), words__0__s__=Value(value=WORDS))) == (Said(WORDS),)


def test_what_the_forms_own_button_means_stands_in_the_window() -> None:
    """A letter is sent by it; a button that nobody knows only brings the form."""
    assert events(window("reply", "done")) == (Filled("reply", {}, "done", 4),)
    assert events(window("reply", "done"), "made-up") == (Filled("reply", {}, "next", 4),)


def test_fields_of_others_are_passed_over() -> None:
    """And files are no answers; they are fetched by their addresses."""
    sent = window(other=Value(value="x"), files__0__s__files=Value(files=(SlackFile("F1"),)))
    read = sent_by(Interaction("x", Person("U1")), sent)
    assert (read.answers, read.files) == ({}, (SlackFile("F1"),))


def test_each_act_has_a_name_of_its_own() -> None:
    """The same again has the same; another window, state, button or word has another."""
    first = window(one__0__s__what=Value(value=WORDS))
    others = (
        Window("V2", first.hash, first.private_metadata, first.state),
        Window("V1", "2.b", first.private_metadata, first.state),
        window(one__0__s__what=Value(value=f"{WORDS}。")),
        window(),
    )
    names = [sent_by(Interaction("x", Person("U1")), each).event_id for each in (first, *others)]
    pressed = sent_by(Interaction("x", Person("U1"), actions=(Pressed("then.back"),)), first).event_id
    assert len({*names, pressed}) == 6
    assert sent_by(Interaction("x", Person("U2")), first).event_id == names[0]
    assert WORDS not in names[0]
