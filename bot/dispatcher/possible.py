"""What can be wished about an opened case: rows of what is offered, each with when it makes sense. Pure."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from bot.anonymity.card import CaseCard
from bot.anonymity.purposes import WISHES, Purpose
from bot.ports.desk import DeskInbox

#: Answering the survey: offered like a wish, though nobody at the desk hears of it.
SURVEY = "survey"
_DESTROYED, _RECEIVED = "destroyed", "received"
#: What can still become a report, and what is recorded for good (Supplementary [2]: additions only).
_MAY_BECOME = frozenset(("consultation", "feedback", "relief"))
_RECORD = "approach"


class _Case(NamedTuple):
    card: CaseCard
    found: DeskInbox

    def was_wished(self, purpose: Purpose) -> bool:
        return any(sent.about == purpose for sent in self.card.sent)


_OFFERS: Mapping[str, Callable[[_Case], bool]] = {
    Purpose.WITHDRAW_STATEMENT: lambda case: bool(kept_letters(case.card)),
    Purpose.WITHDRAW_REPORT: lambda case: case.found.kind != _RECORD and not case.was_wished(Purpose.WITHDRAW_REPORT),
    Purpose.BECOME_REPORT: lambda case: (
        case.found.kind in _MAY_BECOME and case.found.stage == _RECEIVED and not case.was_wished(Purpose.BECOME_REPORT)
    ),
    SURVEY: lambda case: case.found.asks_survey,
}


def wishes_for(card: CaseCard, found: DeskInbox) -> tuple[str, ...]:
    """List what is offered now; nothing where the case is destroyed."""
    case = _Case(card, found)
    return () if found.stage == _DESTROYED else tuple(wish for wish, fits in _OFFERS.items() if fits(case))


def kept_letters(card: CaseCard) -> tuple[int, ...]:
    """Count the reporter's own letters from 1, and list those that say something and were not taken back."""
    return tuple(at for at, sent in enumerate(card.sent, 1) if not sent.struck and sent.about not in WISHES)
