"""One case and the decisions on it: each takes the case as it stands and answers with what becomes of it, or refuses.

Knows neither storage nor clock. Nothing here can read a letter: counts, dates, codes and hashes are all it judges by.
"""

from collections.abc import Iterable
from datetime import date

import msgspec
from msgspec.structs import replace

from backend.contract import (
    CaseKind,
    CaseLine,
    Duty,
    Escalation,
    Fault,
    FromReporter,
    FromStaff,
    LogEntry,
    Obligation,
    RenewedToken,
    Stage,
    Submission,
    Told,
)
from backend.domain import chain
from backend.domain.obligations import next_owed


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
    kind: CaseKind = CaseKind.REPORT
    #: What falls due first of what the desk owes.
    owes: Obligation | None = None
    #: Who is told of what goes wrong; never one whom the case is kept from.
    overseer: str | None = None
    #: Who oversees while the overseer is away; no more than that one whom it is kept from.
    stand_in: str | None = None
    #: Outside counsel who hear of concerns; never one whom it is kept from.
    counsel: tuple[str, ...] = ()
    #: The responsible person.
    owner: str | None = None
    #: Since when.
    owned_on: date | None = None
    #: By when handling is expected to end.
    expected_on: date | None = None
    #: When it ended.
    ended_on: date | None = None
    #: Something waits for approval.
    waiting: bool = False
    #: How many letters and notices the reporter has had before them. No staff member is told.
    letters_read: int = 0
    notices_read: int = 0


class Refused(msgspec.Struct, frozen=True):
    """The act was not done and left nothing behind."""

    fault: Fault


class Allowed(msgspec.Struct, frozen=True):
    """The act may be done; the case as it becomes by it."""

    case: Case
    act: str
    #: Duties that began or ended by it.
    duties: tuple[Duty, ...] = ()


def received(organ: str, sent: Submission, number: str, on: date, *, held: bool = False) -> Case:
    """A case as it comes in: nobody has answered, whether staff see it yet or not. What is owed is for `settled`."""
    return Case(
        number=number,
        submission_id=sent.submission_id,
        desk=sent.desk,
        stage=Stage.RECEIVED,
        received_on=on,
        due_on=None,
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
        kind=sent.kind,
        overseer=sent.overseer,
        stand_in=sent.stand_in,
        counsel=sent.counsel,
    )


def settled(case: Case, duties: Iterable[Duty]) -> Case:
    """The case as its line shows what is owed next, given all its duties."""
    first = next_owed(duties)
    return replace(case, due_on=first.due_on if first else None, owes=first.obligation if first else None)


def heard(case: Case, sent: FromReporter) -> Allowed | Refused:
    """The reporter writes: the card is theirs from now on, the letter joins the thread with `joined`.

    Refused as changed where their device had not seen the newest card.
    """
    if sent.card_version != case.card_version:
        return Refused(Fault.CHANGED_MEANWHILE)
    return Allowed(replace(case, card=sent.card, card_version=case.card_version + 1), chain.Act.WROTE)


def renewed(case: Case, sent: RenewedToken) -> Allowed | Refused:
    """The reporter takes a new token; refused as changed where their device had not seen the newest card."""
    if sent.card_version != case.card_version:
        return Refused(Fault.CHANGED_MEANWHILE)
    return Allowed(replace(case, card=sent.card, card_version=case.card_version + 1), chain.Act.RENEWED)


def read_by_reporter(case: Case, letters: int, notices: int) -> Case:
    """The reporter has so much before them; what they had before them once stays read."""
    return replace(case, letters_read=max(case.letters_read, letters), notices_read=max(case.notices_read, notices))


def joined(case: Case, *, wants_answer: bool = True, in_thread: bool = True) -> Case:
    """A letter of the reporter comes before staff, and most often it waits for an answer.

    It is one more in the thread, unless it says who they are: that joins the parts of the case.
    """
    return replace(case, letters=case.letters + in_thread, awaits_answer=case.awaits_answer or wants_answer)


def told(case: Case, sent: Told) -> Allowed | Refused:
    """The reporter chooses whether to be told. Not an act for the log: staff learn nothing of it.

    A repeat of the choice that made the present card is allowed and changes nothing.
    """
    if (sent.card_version, sent.card, sent.mailbox) == (case.card_version - 1, case.card, case.mailbox):
        return Allowed(case, chain.Act.WROTE)
    if sent.card_version != case.card_version:
        return Refused(Fault.CHANGED_MEANWHILE)
    after = replace(case, mailbox=sent.mailbox, card=sent.card, card_version=case.card_version + 1)
    return Allowed(after, chain.Act.WROTE)


def answered(case: Case, sent: FromStaff) -> Allowed | Refused:
    """Staff write. Refused as changed where a letter has come that they have not seen; a note is no answer.

    Refused while something on the case waits for approval, since the letter that waits is the next of the thread.
    """
    if case.waiting:
        return Refused(Fault.WAITING)
    if sent.seen != case.letters:
        return Refused(Fault.CHANGED_MEANWHILE)
    is_note = sent.for_reporter is None
    after = replace(case, letters=case.letters + 1, awaits_answer=case.awaits_answer and is_note)
    return Allowed(after, chain.Act.NOTED if is_note else chain.Act.WROTE)


def recorded(case: Case, act: str, actor: str, on: date, content_hash: bytes) -> tuple[Case, LogEntry]:
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
        owes=case.owes,
        kind=case.kind,
        expected_on=case.expected_on,
        owner=case.owner,
        waiting=case.waiting,
    )
