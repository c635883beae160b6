"""The case card."""

import msgspec
import pytest

from bot.anonymity.boxes import lock
from bot.anonymity.card import keys_on, lock_card, unlock_card
from bot.anonymity.errors import ForgedError, NotOpenedError
from bot.anonymity.references import new_token
from bot.anonymity.token_keys import keys_of
from tests.support.sealed_organ import fixed, hand_over


def test_a_card_opens_with_its_tokens_key_alone() -> None:
    """The store that keeps it, and any other token, can do nothing with it."""
    handed = hand_over()
    box = lock_card(handed.card, handed.keys.card_key)
    assert unlock_card(box, handed.keys.card_key) == handed.card
    with pytest.raises(NotOpenedError):
        unlock_card(box, keys_of(new_token()).card_key)


def test_a_card_does_not_tell_by_its_length_whether_its_reporter_is_told() -> None:
    """With a mailbox and without, the box is as long."""
    card = hand_over().card
    named = msgspec.structs.replace(card, mailbox="8a1f")
    assert len(lock_card(card, fixed("k"))) == len(lock_card(named, fixed("k")))


def test_a_card_may_hold_the_voice_that_the_case_knows() -> None:
    """Where a token was once replaced without its keys, the reporter signs and opens with the first one's."""
    handed, second = hand_over(), keys_of(new_token())
    kept = {"sealing_seed": handed.keys.sealing_seed, "signing_seed": handed.keys.signing_seed}
    known = keys_on(msgspec.structs.replace(handed.card, **kept), second)
    assert (known.signing_seed, known.sealing_seed) == (handed.keys.signing_seed, handed.keys.sealing_seed)
    assert (known.locator, known.card_key) == (second.locator, second.card_key)


def test_the_first_token_speaks_for_itself() -> None:
    """Nothing is inherited while the first token lives."""
    handed = hand_over()
    assert keys_on(handed.card, handed.keys) == handed.keys


def test_a_card_hides_from_logs() -> None:
    """It holds the keys of a case."""
    assert repr(hand_over().card) == "<CaseCard>"


def test_what_is_locked_like_a_card_but_is_none_is_refused() -> None:
    """A card of another shape is not half believed."""
    with pytest.raises(ForgedError):
        unlock_card(lock(fixed("k"), b"\x80", b"madoguchi/card/1", pad=True), fixed("k"))
