"""What staff do to a case, as a table: a row is a command, with the notice or the minute that it makes.

What a move needs (reason, day, ground) stands in the case store's `domain/lifecycle.py` and is looked up there; a row
says how a person types it. Another move is another row.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

import msgspec

from backend.contract import Move
from backend.domain.lifecycle import LIFECYCLE
from backend.domain.steps import Letter, Step


class Extra(NamedTuple):
    """One more thing a minute says, in its sealed words."""

    name: str
    help: str
    is_flag: bool = False


class Deed(msgspec.Struct, frozen=True, kw_only=True):
    """One row."""

    command: str
    move: Move
    help: str
    #: The kind of notice, as the reporter's catalogue words it; a minute has none.
    notice: str = ""
    #: What the option for the day is called.
    day: str = "on"
    #: What the option for the code is called.
    code: str = "reason"
    #: Under which name the notice says the day.
    says_day: str = ""
    #: The day that it says is the day of receipt.
    says_receipt: bool = False
    #: Own words are not needed: the notice says enough without.
    ready: bool = False
    extras: tuple[Extra, ...] = ()
    #: Exactly one of these must be given.
    one_of: tuple[str, ...] = ()

    @property
    def step(self) -> Step:
        """What the move needs; its rows differ in stages and in what begins and ends alone."""
        return next(step for step in LIFECYCLE if step.move is self.move)

    @property
    def flag(self) -> str:
        """With which flag another row's command becomes this one; empty for a command of its own."""
        return self.command.partition(" --")[2]

    @property
    def is_minute(self) -> bool:
        """Whether the words stay at the desk."""
        return self.step.letter is Letter.MINUTE


_AGENCY: Final = (
    Extra("from", "Who asks us: an agency, an organ, our own personnel."),
    Extra("to", "Whom we ask."),
    Extra("answered", "This is the answer to what was asked.", is_flag=True),
)

DEEDS: Final = (
    Deed(
        command="acknowledge",
        move=Move.ACKNOWLEDGE,
        help="Tell the reporter that the report arrived, where they could not see that.",
        notice="acknowledged",
        says_day="on",
        says_receipt=True,
        ready=True,
    ),
    Deed(
        command="accept",
        move=Move.ACCEPT,
        help="Accept the report; the reporter is told, and by when handling is expected to end.",
        notice="accepted",
        day="expected",
        says_day="expected_on",
        ready=True,
    ),
    Deed(
        command="decline",
        move=Move.DECLINE,
        help="Do not accept the report; the reporter is told why.",
        notice="not_accepted",
    ),
    Deed(
        command="investigate",
        move=Move.INVESTIGATE,
        help="Begin an investigation; the reporter is told when.",
        notice="investigation",
        day="start",
        says_day="on",
        ready=True,
    ),
    Deed(
        command="no-investigation",
        move=Move.NOT_INVESTIGATE,
        help="Hold no investigation; the reporter is told why.",
        notice="no_investigation",
    ),
    Deed(
        command="progress",
        move=Move.PROGRESS,
        help="Tell the reporter how the investigation is going.",
        notice="progress",
        ready=True,
    ),
    Deed(
        command="conclude",
        move=Move.CONCLUDE,
        help="End the investigation; the reporter is told the result.",
        notice="result",
        code="finding",
        ready=True,
    ),
    Deed(
        command="measures",
        move=Move.TAKE_MEASURES,
        help="Say what was done about it; the reporter is told.",
        notice="measures",
        says_day="on",
    ),
    Deed(
        command="close",
        move=Move.CLOSE,
        help="End handling; the reporter is told, and what to do if treated badly.",
        notice="closed",
        ready=True,
    ),
    Deed(
        command="review",
        move=Move.REVIEW,
        help="Say whether the measures work; the reporter is told.",
        notice="reviewed",
        code="result",
        ready=True,
    ),
    Deed(
        command="take-up-again",
        move=Move.TAKE_UP_AGAIN,
        help="Take a case up again that had ended; the reporter is told why.",
        notice="taken_up_again",
        ready=True,
    ),
    Deed(
        command="hand-on",
        move=Move.HAND_ON,
        help="End the case here, where another organ is the one to turn to; consent comes first. Say in --text how.",
        notice="handed_on",
    ),
    Deed(
        command="join",
        move=Move.JOIN,
        help="Handle the case with another on the same matter, after `link --follows`; the reporter is told.",
        notice="joined",
        ready=True,
    ),
    Deed(
        command="period",
        move=Move.CHANGE_PERIOD,
        help="Change by when handling is expected to end; the reporter is told why.",
        notice="period_changed",
        day="until",
        says_day="expected_on",
    ),
    Deed(
        command="answer-concern",
        move=Move.ANSWER_CONCERN,
        help="Tell the reporter what is done about bad treatment, a search for them, or a leak.",
        notice="concern_answered",
    ),
    Deed(
        command="answer-feedback",
        move=Move.ANSWER_FEEDBACK,
        help="Answer a consultation, feedback or a complaint.",
        notice="feedback_answered",
    ),
    Deed(
        command="become-report",
        move=Move.BECOME_REPORT,
        help="Handle a consultation as a report from now on, without retyping; the reporter is told.",
        notice="became_report",
        ready=True,
    ),
    Deed(
        command="ask-consent",
        move=Move.ASK_CONSENT,
        help="Ask the reporter before anything leaves the desk that could tell who they are.",
        notice="consent_asked",
    ),
    Deed(
        command="record measure",
        move=Move.RECORD_MEASURE,
        help="Record a measure, who is responsible for it, and its day.",
        extras=(Extra("owner", "Who is responsible for it."),),
        one_of=("owner",),
    ),
    Deed(
        command="record action",
        move=Move.RECORD_ACTION,
        help="Record action against whoever treated the reporter badly or told what was secret.",
    ),
    Deed(
        command="record consent",
        move=Move.RECORD_CONSENT,
        help="Record what the reporter agreed to, or did not.",
        extras=(Extra("refused", "They do not agree.", is_flag=True),),
    ),
    Deed(
        command="record consent --refused",
        move=Move.RECORD_NO_CONSENT,
        help="Record that the reporter did not agree.",
    ),
    Deed(
        command="record cooperation",
        move=Move.RECORD_COOPERATION,
        help="Record that cooperation was asked for, or what was answered.",
        extras=_AGENCY,
        one_of=("from", "to"),
    ),
    Deed(
        command="record refusal",
        move=Move.RECORD_REFUSAL,
        help="Record that somebody does not cooperate, and the just cause they give.",
        extras=(Extra("from", "Who refuses."),),
        one_of=("from",),
    ),
    Deed(
        command="record inquiry",
        move=Move.RECORD_INQUIRY,
        help="Record the just cause for asking a reporter who they are, before you ask.",
    ),
    Deed(
        command="record disclosure",
        move=Move.RECORD_DISCLOSURE,
        help="Record what left the desk, and to whom.",
        extras=(Extra("to", "Who was given it."),),
        one_of=("to",),
    ),
    Deed(
        command="approach read-back",
        move=Move.READ_BACK,
        help="Record that the record was read back to the official, statement by statement, and what they said.",
    ),
    Deed(
        command="approach ask",
        move=Move.ASK_RECONFIRMATION,
        help="Record that whoever made a statement was asked to reconfirm it.",
        extras=(Extra("to", "Who was asked."),),
        one_of=("to",),
    ),
    Deed(
        command="approach reconfirmed",
        move=Move.RECORD_RECONFIRMATION,
        help="Record what became of the reconfirmation: confirmed, corrected or refused.",
        code="outcome",
        extras=(Extra("from", "Who answered."),),
        one_of=("from",),
    ),
    Deed(
        command="approach minister",
        move=Move.RECORD_MINISTER,
        help="Record the minister's confirmation with the Diet member, and the response.",
    ),
    Deed(
        command="approach file",
        move=Move.FILE_RECORD,
        help="File the record, once the minister has confirmed it; later changes are additions only.",
    ),
)


def deed_of(notice_or_move: str) -> Deed | None:
    """Find a row by the kind of its notice or, for a minute, by its move."""
    return next((deed for deed in DEEDS if notice_or_move in (deed.notice or None, deed.move)), None)


def meant(deed: Deed, typed: Mapping[str, str | bool]) -> Deed:
    """Return the row that is meant: another than that of the command, where a flag was given that has one."""
    flagged = {f"{deed.command} --{name}" for name, value in typed.items() if value is True}
    return next((row for row in DEEDS if row.command in flagged), deed)
