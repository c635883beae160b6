"""The keys of a token."""

from bot.anonymity.references import new_token
from bot.anonymity.token_keys import keys_of
from tests.support.sealed_organ import TOKEN


def test_a_token_always_gives_the_same_keys() -> None:
    """The reporter comes back from another device after years with nothing but the token."""
    assert keys_of(TOKEN) == keys_of(TOKEN)


def test_the_four_keys_of_a_token_have_nothing_in_common() -> None:
    """The store sees the locator; it must learn none of the others from it."""
    keys = keys_of(TOKEN)
    four = {keys.locator, keys.sealing_seed, keys.signing_seed, keys.card_key}
    assert len(four) == 4
    assert {len(key) for key in four} == {32}


def test_two_tokens_share_no_key() -> None:
    """Another token is another reporter, as far as anything can tell."""
    assert keys_of(new_token()).locator != keys_of(TOKEN).locator


def test_keys_hide_from_logs() -> None:
    """A traceback that shows local variables shows no key."""
    assert repr(keys_of(TOKEN)) == "<TokenKeys>"
