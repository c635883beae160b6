"""What can be wished about an opened case."""

from datetime import date

import pytest
from msgspec.structs import replace

from bot.anonymity.card import CaseCard, Sent
from bot.dispatcher.possible import kept_letters, wishes_for
from bot.ports.desk import DeskInbox
from tests.support.sealed_organ import hand_over

DAY = date(2026, 11, 22)
CARD = hand_over().card
FOUND = DeskInbox(
    case_number="2026-7K3QF9",
    submission="s",
    stage="received",
    desk="main",
    received_on=DAY,
    card=b"",
    card_version=1,
    letters=(),
)


def card(*sent: Sent) -> CaseCard:
    """The card of a reporter who has written this."""
    return replace(CARD, sent=sent)


def test_letters_that_say_something_can_be_taken_back_once() -> None:
    """Wishes say nothing, and what is struck is struck; numbers stay those of all letters."""
    sent = (
        Sent("a", DAY),
        Sent("b", DAY, struck=True),
        Sent("c", DAY, "withdraw_statement"),
        Sent("d", DAY, "retaliation"),
    )
    assert kept_letters(card(*sent)) == (1, 4)


@pytest.mark.parametrize(
    ("sent", "found", "offered"),
    [
        ((), FOUND, ("withdraw_report",)),
        ((Sent("a", DAY),), FOUND, ("withdraw_statement", "withdraw_report")),
        ((Sent("a", DAY, "withdraw_report"),), FOUND, ()),
        ((), replace(FOUND, kind="consultation"), ("withdraw_report", "become_report")),
        ((), replace(FOUND, kind="consultation", stage="closed"), ("withdraw_report",)),
        ((Sent("a", DAY, "become_report"),), replace(FOUND, kind="feedback"), ("withdraw_report",)),
        ((), replace(FOUND, kind="approach"), ()),
        ((), replace(FOUND, stage="closed", asks_survey=True), ("withdraw_report", "survey")),
        ((Sent("a", DAY),), replace(FOUND, stage="destroyed", asks_survey=True), ()),
    ],
)
def test_what_makes_no_sense_is_not_offered(sent: tuple[Sent, ...], found: DeskInbox, offered: tuple[str, ...]) -> None:
    """No wish twice, no report out of a report, nothing of a case that is gone, and records are kept whole."""
    assert wishes_for(card(*sent), found) == offered
