"""What can be told several times: up to the last of them, and by mistake."""

from bot.conversation.events import Command
from bot.conversation.session import State
from tests.support.talk import MACHINE, Talk

_STEPS = 200


def at(question: str) -> Talk:
    """A record of an approach that stands at a question."""
    talk = Talk().orders(Command.APPROACH)
    for _ in range(_STEPS):
        if talk.state is not State.ASKING or talk.question.id == question:
            return talk
        if talk.question.skippable:
            talk.orders(Command.SKIP)
        else:
            talk.says("1")
    raise AssertionError(question)


def test_above_the_last_one_it_is_said_that_all_others_belong_there() -> None:
    """Whoever has 500 people to name is told at the twentieth, and every word is kept."""
    talk = Talk().orders(Command.REPORT)
    while talk.question.id != "way":
        talk.orders(Command.SKIP)
    talk.taps("way", "questions")
    while talk.question.id != "who":
        talk.orders(Command.SKIP)
    for number in range(1, 20):
        assert "above.last_time" not in talk.said
        talk.says(f"Person {number}").taps("people_more" if number == 1 else f"people_more.{number}", "yes")
    assert (talk.question.id, talk.said) == ("who.20", ["above.last_time"])
    everybody = "\n".join(f"Person {number}" for number in range(20, 501))
    talk.says(everybody)
    assert MACHINE.report_of(talk.session).facts["who.20"] == everybody
    assert talk.question.id == "how_known"


def test_another_one_that_was_asked_for_by_mistake_can_be_passed_over() -> None:
    """Only the first of them must be answered; nobody is held at a question that has no answer."""
    talk = at("approacher").orders(Command.SKIP)
    assert talk.said == ["answer.needed"]
    talk.says("A member of parliament").orders(Command.SKIP).taps("approacher_more", "yes")
    assert talk.question.id == "approacher.2"
    talk.orders(Command.SKIP, Command.SKIP)
    assert talk.question.id not in ("approacher.2", "approacher_for.2")


def test_a_statement_that_was_changed_is_read_back_anew() -> None:
    """What was confirmed was another wording; a correction is somebody's own words, and stays."""
    talk = at("statement").says("Do it.").taps("statement_more", "no").taps("read_back", "corrected").says("Do it now.")
    while talk.state is State.ASKING:
        talk.orders(Command.SKIP)
    talk.taps("edit", "statement").says("And hurry.")
    assert (talk.state, talk.question.id) == (State.ASKING, "read_back")
    assert "And hurry." in talk.question.prompt.params["words"]
    talk.taps("read_back", "right")
    assert talk.state is State.CHECKING
    facts = MACHINE.report_of(talk.session).facts
    assert (facts["read_back"], facts["correction"]) == ("right", "Do it now.")


def test_a_statement_written_anew_on_a_form_or_after_emptying_it_is_read_back_anew() -> None:
    """Whichever way it changes."""
    confirmed = at("statement").says("Do it.").taps("statement_more", "no").taps("read_back", "right").session
    emptied = Talk(confirmed).orders(Command.BACK)
    while emptied.question.id != "statement":
        emptied.orders(Command.BACK)
    filled = Talk(emptied.session).orders(Command.HELP).fills({"statement": "Do not.", "statement_more": "no"})
    assert filled.question.id == "read_back"
    emptied.orders(Command.REWRITE).says("Do not.")
    assert emptied.question.id == "read_back"
