"""What is said about each channel before anything is asked."""

import pytest

from bot.conversation.events import Command
from bot.conversation.exposure import EXPOSURES, UNKNOWN_CHANNEL, exposure_on
from bot.conversation.session import Session
from tests.support.repository import ROOT
from tests.support.talk import CATALOG, Talk


def test_every_channel_has_a_row_of_its_own() -> None:
    """All that exist say what is exposed there."""
    rooms = {path.stem for path in (ROOT / "bot/channels").iterdir() if path.is_dir()} - {"locales", "__pycache__"}
    assert set(EXPOSURES) == rooms | {"terminal"}


def test_an_unknown_channel_gets_the_most_careful_words() -> None:
    """Nothing is promised for a platform that nothing is known about."""
    assert exposure_on("carrier-pigeon") is UNKNOWN_CHANNEL


@pytest.mark.parametrize("channel", ["web", "terminal", "telegram", "slack", "carrier-pigeon"])
def test_exposure_comes_before_the_first_question(channel: str) -> None:
    """Platform, employer, taking back, token and the safer channel are told before anything is asked."""
    talk = Talk(Session(channel=channel, language="ja")).orders(Command.REPORT)
    assert talk.said == list(exposure_on(channel).texts())
    assert talk.ask.group == "exposure"
    assert "https://talk.example" in talk.words


def test_the_safer_channel_is_named_in_both_languages() -> None:
    """Whoever should not be here is told where to go."""
    for row in (*EXPOSURES.values(), UNKNOWN_CHANNEL):
        assert CATALOG.placeholders(row.safer) == {"web"}
