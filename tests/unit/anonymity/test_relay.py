"""Return addresses."""

import pytest

from bot.anonymity.errors import NotOpenedError
from bot.anonymity.relay import ReturnAddress, open_address, seal_address
from tests.support.sealed_organ import fixed

BOT_KEY = fixed("bot")
ADDRESS = ReturnAddress("telegram", "4242")


def test_an_address_opens_for_its_mailbox() -> None:
    """That is where the push goes."""
    assert open_address(BOT_KEY, "a1", seal_address(BOT_KEY, "a1", ADDRESS)) == ADDRESS


@pytest.mark.parametrize(("key", "mailbox"), [(BOT_KEY, "b2"), (fixed("another"), "a1")])
def test_an_address_opens_for_no_other_mailbox_or_key(key: bytes, mailbox: str) -> None:
    """A swapped row sends no push to a stranger; a seized store gives counts."""
    with pytest.raises(NotOpenedError):
        open_address(key, mailbox, seal_address(BOT_KEY, "a1", ADDRESS))


def test_addresses_of_different_length_look_alike() -> None:
    """A Matrix id is no longer than a number, seen from outside."""
    long = ReturnAddress("matrix", "!" + "x" * 200)
    assert len(seal_address(BOT_KEY, "a1", long)) == len(seal_address(BOT_KEY, "a1", ADDRESS))


def test_an_address_hides_from_logs() -> None:
    """Nobody can ask the system who wrote."""
    assert repr(ADDRESS) == "<ReturnAddress>"
