"""One case and the decisions on it: each takes the case as it stands and answers with what becomes of it, or refuses.

Knows neither storage nor clock. Nothing here can read a letter: counts, dates, codes and hashes are all it judges by.
"""

from collections.abc import Collection
from datetime import date

import msgspec
from msgspec.structs import replace

from backend.contract import (
    CaseLine,
    Compartment,
    Escalation,
    Fault,
    FromReporter,
    FromStaff,
    LogEntry,
    MoveCase,
    Stage,
    Submission,
    Told,
)
from backend.domain import chain
from backend.domain.lifecycle import step_for
from backend.domain.obligations import due_on


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known of a case in clear, and the head of its log."""

    number: str
    submission_id: str
    desk: str
    stage: Stage
    received_on: date
    due_on: date | None
    escalation: Escalation
    reason: str | None
    card: bytes
    #: Grows with each card, so that of two devices only one can write on top of what both have seen.
    card_version: int
    mailbox: str | None
    letters: int
    awaits_answer: bool
    #: Staff do not see it before the next batch.
    held: bool
    log_length: int
    log_head: bytes


class Refused(msgspec.Struct, frozen=True):
    """The act was not done and left nothing behind."""

    fault: Fault


class Allowed(msgspec.Struct, frozen=True):
    """The act may be done; the case as it becomes by it."""

    case: Case
    act: chain.Act | None = None


def received(organ: str, sent: Submission, number: str, on: date, organ_days: int, *, held: bool = False) -> Case:
    """A case as it comes in: nobody has answered, and the decision is owed, whether staff see it yet or not."""
    return Case(
        number=number,
        submission_id=sent.submission_id,
        desk=sent.desk,
        stage=Stage.RECEIVED,
        received_on=on,
        due_on=due_on(Stage.RECEIVED, on, organ_days),
        escalation=sent.escalation,
        reason=None,
        card=sent.card,
        card_version=1,
        mailbox=None,
        letters=0,
        awaits_answer=True,
        held=held,
        log_length=0,
        log_head=chain.genesis(organ, sent.submission_id),
    )


def heard(case: Case, sent: FromReporter) -> Allowed | Refused:
    """The reporter writes: the card is theirs from now on, the letter joins the thread with `joined`.

    Refused as changed where their device had not seen the newest card.
    """
    if sent.card_version != case.card_version:
        return Refused(Fault.CHANGED_MEANWHILE)
    return Allowed(replace(case, card=sent.card, card_version=case.card_version + 1))


def joined(case: Case) -> Case:
    """A letter of the reporter comes before staff: one more in the thread, and it waits for an answer."""
    return replace(case, letters=case.letters + 1, awaits_answer=True)


def told(case: Case, sent: Told) -> Allowed | Refused:
    """The reporter chooses whether to be told. Not an act for the log: staff learn nothing of it.

    A repeat of the choice that made the present card is allowed and changes nothing.
    """
    if (sent.card_version, sent.card, sent.mailbox) == (case.card_version - 1, case.card, case.mailbox):
        return Allowed(case)
    if sent.card_version != case.card_version:
        return Refused(Fault.CHANGED_MEANWHILE)
    return Allowed(replace(case, mailbox=sent.mailbox, card=sent.card, card_version=case.card_version + 1))


def answered(case: Case, sent: FromStaff) -> Allowed | Refused:
    """Staff write. Refused as changed where a letter has come that they have not seen; a note is no answer."""
    if sent.seen != case.letters:
        return Refused(Fault.CHANGED_MEANWHILE)
    is_note = sent.for_reporter is None
    after = replace(case, letters=case.letters + 1, awaits_answer=case.awaits_answer and is_note)
    return Allowed(after, chain.Act.NOTED if is_note else chain.Act.WROTE)


def moved(case: Case, sent: MoveCase, held: Collection[Compartment], reasons: Collection[str]) -> Allowed | Refused:
    """Staff move the case with its notice, by the table of `lifecycle.py`.

    `held` are the compartments that the mover has a grant for, `reasons` the codes that the organ has published.
    """
    if sent.from_stage != case.stage:
        return Refused(Fault.CHANGED_MEANWHILE)
    step = step_for(case.stage, sent.move)
    # A move without its notice is not a move that exists (Guidelines 3(1)iv).
    if step is None or (step.notice and sent.letter.for_reporter is None):
        return Refused(Fault.NO_SUCH_MOVE)
    if step.needs not in held:
        return Refused(Fault.NOT_ALLOWED)
    if sent.reason not in reasons and (step.reason or sent.reason is not None):
        return Refused(Fault.REASON_NEEDED)
    verdict = answered(case, sent.letter)
    if isinstance(verdict, Refused):
        return verdict
    after = replace(verdict.case, stage=step.to, reason=sent.reason, due_on=due_on(step.to, case.received_on))
    return Allowed(after, step.act)


def recorded(case: Case, act: chain.Act, actor: str, on: date, content_hash: bytes) -> tuple[Case, LogEntry]:
    """Append an act to the case's log: the case with its new head, and the entry to be kept."""
    link = chain.entry(
        sequence=case.log_length,
        on=on,
        actor=actor,
        act=act,
        content_hash=content_hash,
        previous_hash=case.log_head,
    )
    return replace(case, log_length=case.log_length + 1, log_head=link.entry_hash), link


def line_of(case: Case) -> CaseLine:
    """The case as one line of a staff member's inbox."""
    return CaseLine(
        case_number=case.number,
        submission_id=case.submission_id,
        desk=case.desk,
        stage=case.stage,
        received_on=case.received_on,
        due_on=case.due_on,
        escalation=case.escalation,
        letters=case.letters,
        awaits_answer=case.awaits_answer,
    )
