"""Standard notices: what the mechanism itself tells a reporter, by the clock, as a kind with dates and codes.

Nobody at the desk wrote them and nobody signed them; the bot words them in the reporter's language and says so.
"""

from datetime import date
from enum import StrEnum

import msgspec

from backend.contract.words import Record


class NoticeKind(StrEnum):
    """What a standard notice says."""

    RECEIVED = "received"
    """By when what will be decided (`decide_on`, `investigate_on`), or answered (`answer_on`).

    How long handling takes as a rule: `count` and `unit`.
    """
    EXPECTED = "expected"
    """By when handling is expected to end (`expected_on`)."""
    UNDECIDED = "undecided"
    """So many `days` after the report nobody has said whether there will be an investigation."""
    OVERRUN = "overrun"
    """The day by which handling was expected to end has passed (`expected_on`)."""
    CHECK_IN = "check_in"
    """How is the reporter treated? Waits for an answer."""


class CheckInAnswer(StrEnum):
    """What a reporter answers to a check-in."""

    FINE = "fine"
    BADLY = "badly"
    STOP = "stop"
    """Ask no more."""


class LawTopic(StrEnum):
    """On what the law says something that reporters are told."""

    RELIEF = "relief"
    """Where somebody who is treated badly turns to (Guidelines 4(3))."""
    PRESUMPTION = "presumption"
    """Because of what a dismissal is presumed to be."""
    ELSEWHERE = "elsewhere"
    """Reporting elsewhere, when nothing is decided."""


class StandardNotice(Record, frozen=True):
    """One standard notice."""

    #: The kind and a number, such as `check_in-2`; unique within the case.
    notice_id: str
    kind: NoticeKind
    on: date
    #: Days as ISO 8601, counts, codes.
    params: dict[str, str] = msgspec.field(default_factory=dict)
    #: Of a check-in, once it was answered; the last answer counts.
    answered: CheckInAnswer | None = None
