"""The case card."""

from datetime import date

import msgspec
import pytest

from bot.anonymity.boxes import lock
from bot.anonymity.card import Sent, keys_on, lock_card, unlock_card, with_letter
from bot.anonymity.correspondence import write_to_desk
from bot.anonymity.errors import ForgedError, NotOpenedError
from bot.anonymity.letters import Message
from bot.anonymity.references import new_token
from bot.anonymity.token_keys import keys_of
from tests.support.sealed_organ import CONTENT, fixed, hand_over


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


def test_a_card_lists_its_reporters_letters_without_their_words() -> None:
    """By id, day and purpose; one that is taken back is known as struck, in its place."""
    handed = hand_over()
    day, later = date(2026, 11, 22), date(2026, 11, 24)
    _, card = write_to_desk(handed.keys, handed.card, "a", Message("It was Tanaka."), on=day)
    _, card = write_to_desk(handed.keys, card, "b", Message("", about="search"), on=day)
    taken_back = Message("", about="withdraw_statement", refers="a")
    _, card = write_to_desk(handed.keys, card, "c", taken_back, on=later)
    assert card.sent == (
        Sent("a", day, struck=True),
        Sent("b", day, "search"),
        Sent("c", later, "withdraw_statement"),
    )
    assert b"Tanaka" not in msgspec.msgpack.encode(card)
    opened = unlock_card(lock_card(card, handed.keys.card_key), handed.keys.card_key)
    assert opened == card


def test_only_taking_back_strikes_a_letter() -> None:
    """Whatever else refers to it leaves it as it was; a letter without a day is not listed."""
    day = date(2026, 11, 22)
    sent = with_letter((Sent("a", day),), "b", day, Message("", about="feedback", refers="a"))
    assert [one.struck for one in sent] == [False, False]
    handed = hand_over()
    assert write_to_desk(handed.keys, handed.card, "a", Message("x")).card.sent == ()


def test_a_card_stays_small_enough_to_be_stored() -> None:
    """Of a thousand letters the newest are listed; the store takes 64 KiB."""
    handed, day = hand_over(), date(2026, 11, 22)
    sent: tuple[Sent, ...] = ()
    for number in range(1000):
        sent = with_letter(sent, f"{number:032x}", day, Message("", about="withdraw_statement"))
    assert sent[-1].message_id == f"{999:032x}"
    assert len(lock_card(msgspec.structs.replace(handed.card, sent=sent), fixed("k"))) < 2**16


def test_a_card_remembers_kind_and_language_of_its_report() -> None:
    """A chat in which nobody chose a language goes on in that of the report."""
    card = hand_over(msgspec.structs.replace(CONTENT, kind="consultation", language="en")).card
    assert (card.kind, card.language) == ("consultation", "en")
