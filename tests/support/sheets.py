"""Opened cases as the desk's commands have them, without a case store: for tests of what is shown and what leaves."""

from datetime import date

from backend.contract import (
    CaseFile,
    CaseLine,
    Compartment,
    Duty,
    Escalation,
    Letter,
    LogEntry,
    Obligation,
    SealedPart,
    Side,
    Stage,
)
from backend.domain.chain import entry
from bot.anonymity.opening import OpenedCase
from bot.conversation.catalog import load_catalog
from madoguchi.staff.opening import Sheet
from madoguchi.staff.reading import Reading
from madoguchi.words import Words
from tests.support.sealed_organ import TODAY, HandedOver

NUMBER = "2026-7K3QF9"


def reading(language: str = "en", today: date = TODAY) -> Reading:
    """Somebody who reads in this language on this day."""
    return Reading(Words(language), load_catalog(), today)


LINE = CaseLine(
    case_number=NUMBER,
    submission_id="6f1c2a",
    desk="main",
    stage=Stage.RECEIVED,
    received_on=TODAY,
    due_on=date(2026, 12, 4),
    escalation=Escalation.NONE,
    letters=0,
    awaits_answer=True,
    owes=Obligation.DECIDE_ACCEPTANCE,
)


def duty(obligation: Obligation, due_on: date, place: int = 1) -> Duty:
    """Something that is owed since today."""
    return Duty(duty_id=f"{obligation}-{place}", obligation=obligation, begun_on=TODAY, due_on=due_on)


def log(*acts: tuple[str, str]) -> tuple[LogEntry, ...]:
    """A log of acts, each with who did it."""
    entries: list[LogEntry] = []
    for place, (actor, act) in enumerate(acts):
        before = entries[-1].entry_hash if entries else bytes(32)
        entries.append(
            entry(sequence=place, on=TODAY, actor=actor, act=act, content_hash=bytes(32), previous_hash=before)
        )
    return tuple(entries)


def sheet(
    case: OpenedCase,
    over: HandedOver,
    of: CaseLine = LINE,
    *,
    ids: tuple[str, ...] = (),
    duties: tuple[Duty, ...] = (),
    entries: tuple[LogEntry, ...] = (),
) -> Sheet:
    """An opened case with its letters dated today."""
    letters = tuple(Letter(message_id=each, side=Side.STAFF, on=TODAY, ciphertext=b"") for each in ids)
    part = SealedPart(part_id="facts", compartment=Compartment.FACTS, ciphertext=b"")
    file = CaseFile(
        line=of,
        parts=(part,),
        grants=(),
        letters=letters,
        files=(),
        log=entries,
        seen=len(letters),
        duties=duties,
    )
    return Sheet(file, case, over.roster, 0, None)
