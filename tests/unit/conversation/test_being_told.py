"""Being told of answers, when nobody could be reached any more; and the mark by which a report does not wait."""

import pytest
from msgspec.structs import replace

from bot.conversation.events import Opened, Sent, ToldSet
from tests.support.talk import Talk, drafted, shown

UNREACHED = Opened("h", 1, told=False, can_be_told=True, unreached=True)


def come_back(opened: Opened) -> Talk:
    """A talk whose token opened its inbox."""
    return Talk().taps("menu", "token").does(shown("h"), opened)


def test_whoever_could_not_be_reached_is_told_so_and_offered_it_anew() -> None:
    """They learn that nothing is announced any more, and can switch it on in this chat."""
    talk = come_back(UNREACHED)
    assert talk.said == ["told.unreached", "told.again"]
    assert "told_on" in talk.options
    assert not talk.session.told


def test_where_nobody_can_be_told_it_is_not_offered() -> None:
    """The person learns of it all the same."""
    talk = come_back(replace(UNREACHED, can_be_told=False))
    assert talk.said == ["told.unreached"]
    assert "told_on" not in talk.options


def test_it_is_said_once_a_visit() -> None:
    """An inbox that is opened anew after a reply does not say it again."""
    talk = come_back(UNREACHED).says("A word more").says("/done").does(Sent(), UNREACHED)
    assert "told.unreached" not in talk.said


def test_who_can_be_reached_hears_nothing_of_it() -> None:
    """Neither with the wish nor without it."""
    for told in (True, False):
        assert come_back(Opened("h", 1, told=told, can_be_told=True)).said == []


def test_switching_it_on_again_is_all_that_is_needed() -> None:
    """Then answers are told here."""
    talk = come_back(UNREACHED).taps("inbox", "told_on").does(ToldSet(on=True))
    assert (talk.said, talk.session.told) == (["told.on"], True)


@pytest.mark.parametrize(("answer", "danger"), [("now", True), ("no", False), ("", False)])
def test_an_answer_in_the_facts_marks_danger(answer: str, danger: bool) -> None:
    """A form that asks whether the reporter is in danger now need say no more; one that does not ask marks none."""
    talk = drafted(answers={"danger": answer} if answer else {})
    assert talk.engine.report_of(talk.session).danger is danger
