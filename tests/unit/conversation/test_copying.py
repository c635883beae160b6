"""A copy of one's own report before it is handed over."""

import pytest
from msgspec.structs import replace

from bot.conversation.effects import ShowCopy
from bot.conversation.events import Attached, Command
from bot.conversation.session import State
from tests.support.talk import FILE, Talk, drafted


def on(channel: str, language: str = "en") -> Talk:
    """A talk at its summary."""
    talk = drafted()
    talk.session = replace(talk.session, channel=channel, language=language)
    return talk


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(("channel", "kept_by"), [("web", "web"), ("terminal", "terminal"), ("chat", "chat")])
def test_a_copy_comes_only_after_what_it_gives_away_was_said(channel: str, kept_by: str, language: str) -> None:
    """Whoever finds it knows; and who keeps it where it is shown."""
    talk = on(channel, language).taps("summary", "copy")
    assert talk.said == ["copy.finders", f"copy.kept_by.{kept_by}"]
    assert (talk.state, talk.options) == (State.OFFERED_COPY, ["no", "yes"])
    assert not any(isinstance(effect, ShowCopy) for effect in talk.effects)
    talk.taps("copy", "yes")
    assert isinstance(talk.effects[0], ShowCopy)


@pytest.mark.parametrize("channel", ["slack", "somewhere"])
def test_no_copy_is_shown_where_it_cannot_be_taken_back(channel: str) -> None:
    """It is said why, and where it can be had; the draft stands as it was."""
    talk = on(channel)
    before = talk.session
    talk.taps("summary", "copy")
    assert talk.said == ["copy.not_here", "copy.elsewhere"]
    assert talk.session == before


def test_an_empty_draft_has_no_copy() -> None:
    """There is nothing to read in it."""
    talk = Talk().taps("menu", "report").orders(Command.DONE)
    while talk.state is not State.CHECKING:
        talk.orders(Command.SKIP)
    assert talk.taps("summary", "copy").said == ["hand_over.empty"]


@pytest.mark.parametrize("leave", [Command.BACK, Command.CANCEL, Command.SKIP, Command.DONE])
def test_every_way_out_leads_back_to_the_summary(leave: Command) -> None:
    """From the warning and from the copy; nothing is deleted on the way."""
    offered = on("web").taps("summary", "copy")
    copying = on("web").taps("summary", "copy").taps("copy", "yes")
    for talk in (offered, copying):
        kept = talk.session.answers
        talk.orders(leave)
        assert (talk.state, talk.session.before, talk.session.answers) == (State.CHECKING, "", kept)


def test_the_copy_stays_on_the_screen_until_the_writer_goes_back() -> None:
    """Help, and words typed meanwhile, do not take it away; the words are kept."""
    talk = on("web").taps("summary", "copy").taps("copy", "yes").orders(Command.HELP)
    assert any(isinstance(effect, ShowCopy) for effect in talk.effects)
    talk.says("One more thing").does(Attached(FILE))
    assert (talk.state, talk.session.files) == (State.COPYING, (FILE,))
    assert talk.session.answers["remarks"] == "One more thing"
    assert talk.taps("copying", "back").state is State.CHECKING


def test_the_copy_is_not_in_what_is_stored_of_the_screen() -> None:
    """It is made from the sealed session each time: the words are stored once."""
    talk = on("web").taps("summary", "copy").taps("copy", "yes")
    assert "books" not in repr(talk.effects)


def test_a_chat_offers_to_take_the_copy_back() -> None:
    """With the very next press."""
    talk = on("chat").taps("summary", "copy").taps("copy", "yes")
    assert Command.CLEAR.value in talk.ask.commands
