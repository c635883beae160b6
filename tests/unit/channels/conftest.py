"""A small catalogue and screens put together by hand."""

import pytest

from bot.channels.wording import Wording
from bot.conversation.catalog import Catalog


@pytest.fixture(scope="session")
def wording() -> Wording:
    """The channels' own labels beside a catalogue of one text that says whatever it is told."""
    return Wording(Catalog({"ja": 'says = "{words}"', "en": 'says = "{words}!"'}))
