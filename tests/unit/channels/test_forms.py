"""What a posted form means, whatever is in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web.happened import events_of
from bot.channels.web.posted import WORDS_ROOM, Posted, UnreadablePostError, decoded
from bot.conversation.events import Chose, Command, Commanded, Event, Filled, Said, SentNothing


def posted(*pairs: tuple[str, str]) -> Posted:
    """A form with these fields."""
    form = Posted()
    for name, value in pairs:
        form.add(name, value.encode("utf-8", "surrogatepass"), None)
    return form


CASES: list[tuple[tuple[tuple[str, str], ...], tuple[Event, ...]]] = [
    (
        (("group", "facts"), ("turn", "7"), ("one.what", "何か"), ("then", "back")),
        (Filled("facts", {"what": "何か"}, "back", 7),),
    ),
    (
        (("group", "keep"), ("many.who", ""), ("many.who", "a"), ("many.who", "b")),
        (Filled("keep", {"who": ["a", "b"]}),),
    ),
    ((("group", "keep"), ("many.who", "")), (Filled("keep", {"who": []}),)),
    ((("group", "menu"), ("chose", "menu=report"), ("turn", "0")), (Filled("menu", {"menu": "report"}, "next", 0),)),
    ((("group", "summary"), ("chose", "edit=what")), (Chose("edit", "what"),)),
    ((("chose", "menu=report"),), (Chose("menu", "report"),)),
    ((("group", "menu"), ("words", "見ました"), ("then", "danger")), (Said("見ました"), Commanded(Command.DANGER))),
    ((("group", "menu"), ("words", " "), ("then", "help")), (Filled("menu", {}, "help"),)),
    ((("one.what", "本文"), ("then", "help")), (Said("本文"), Commanded(Command.HELP))),
    ((("then", "rm -rf"),), (SentNothing(),)),
    ((), (SentNothing(),)),
    ((("group", "g"), ("one.x", "a"), ("one.x", ""), ("one.x", "b")), (Filled("g", {"x": "a\n\nb"}),)),
    ((("group", "g"), ("turn", "９"), ("one.", "x"), ("other", "y")), (Filled("g", {}),)),
    ((("group", "g"), ("turn", "9" * 40)), (Filled("g", {}),)),
]


@pytest.mark.parametrize(("pairs", "events"), CASES)
def test_a_form_says_what_the_person_did(pairs: tuple[tuple[str, str], ...], events: tuple[Event, ...]) -> None:
    """Answers, taps, stories, commands, and nothing at all."""
    assert events_of(posted(*pairs)) == events


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=40)), max_size=12))
def test_any_form_means_something(pairs: list[tuple[str, str]]) -> None:
    """No field that a hostile sender makes up leads to an error."""
    assert events_of(posted(*pairs))


@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "shift_jis", "no-such-charset", "euc-jp"]))
def test_any_bytes_become_words(value: bytes, charset: str | None) -> None:
    """Whatever encoding was used or claimed, there is a text."""
    assert isinstance(decoded(value, charset), str)


@pytest.mark.parametrize(
    ("value", "charset", "words"),
    [
        ("通報".encode(), None, "通報"),
        ("通報".encode(), "shift_jis", "通報"),
        ("通報".encode("cp932"), None, "通報"),
        ("通報".encode("euc-jp"), "euc-jp", "通報"),
        (b"\xed\xa0\x80", None, "\ud800"),
        (b"ok \x81", "utf-8", "ok \\x81"),
    ],
)
def test_words_in_other_encodings_are_read(value: bytes, charset: str | None, words: str) -> None:
    """UTF-8 first, as our pages ask for it; then what was claimed; then what Japanese machines send; then as hex."""
    assert decoded(value, charset) == words


def test_more_words_than_there_is_room_for_are_refused_whole() -> None:
    """A form over the limit is not half taken."""
    form = Posted()
    with pytest.raises(UnreadablePostError):
        form.add("one.what", b"x" * (WORDS_ROOM + 1), None)


def test_line_ends_come_in_one_kind() -> None:
    """Browsers send CRLF; the words are kept as they were typed."""
    assert posted(("one.what", "a\r\nb")).first("one.what") == "a\nb"
    assert posted().first("one.what") == ""
