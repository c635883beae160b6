"""What the bot brings from reporters: reports, files, letters. Each may be repeated after an unclear outcome."""

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from backend.batches import join, release
from backend.commands.figures import count_receipt
from backend.contract import (
    AlertKind,
    CaseKind,
    Duty,
    Escalation,
    Fault,
    FromReporter,
    Obligation,
    Receipt,
    Side,
    Submission,
)
from backend.domain import case as decisions
from backend.domain.case import Case, Refused
from backend.domain.chain import Act, fingerprint
from backend.domain.letters import held_letter, is_well_meant, repeated
from backend.domain.numbers import ENTROPY, case_number
from backend.domain.obligations import AT_RECEIPT, begin
from backend.domain.people import REPORTER
from backend.domain.secrecy import hears_of_concerns
from backend.notices import tell_days
from backend.ports import Circumstances, StoreUnavailableError, Work

#: What whoever oversees is told of when a report comes in that nobody at its desk may read.
ESCALATED: Final = {Escalation.FALLBACK: AlertKind.FALLBACK, Escalation.RECOVERY: AlertKind.RECOVERY}

#: A year has 2^30 numbers: to find this many taken in a row, the dice must be broken.
_DRAWS: Final = 16


class Arrival(NamedTuple):
    """How a report came in: on which day, by whose act, and whether staff see it with the next batch only."""

    on: date
    actor: str
    act: Act
    held: bool


def submit(work: Work, at: Circumstances, sent: Submission) -> tuple[Receipt, bool] | Refused:
    """Make a case of a sealed report: its receipt, and whether the case is new.

    Any number of parallel submitters of one submission get the same receipt. Refused where a file is missing, or where
    the locator leads to another case.
    """
    kept = keep_new(work, at, sent, Arrival(at.today, REPORTER, Act.RECEIVED, at.holds and not sent.at_once))
    if isinstance(kept, Refused):
        return kept
    return (kept, False) if isinstance(kept, Receipt) else (_receipt(begin_with(work, at, kept)), True)


def keep_new(work: Work, at: Circumstances, sent: Submission, arrival: Arrival) -> Case | Receipt | Refused:
    """Keep a sealed report as a case, or give the receipt of the case that it has become; see `submit`."""
    case = _new_case(work, at, sent, arrival)
    if isinstance(case, Receipt):
        return case
    if not work.cases.fill(case, sent):
        return Refused(Fault.CHANGED_MEANWHILE)
    if not work.files.attach(sent.file_ids, case.number, held=case.held):
        return Refused(Fault.FILE_MISSING)
    return case


def begin_with(work: Work, at: Circumstances, case: Case, more: Iterable[Obligation] = ()) -> Case:
    """Begin what is owed on a new case, and alert those who must hear if it is grave, or nobody there may read it."""
    duties: list[Duty] = []
    for obligation in (*AT_RECEIPT[case.kind], *more):
        duties += begin(duties, obligation, case.received_on, work.policy, received_on=case.received_on, kind=case.kind)
    work.duties.keep(case.number, duties)
    tell_days(work, at, case, duties)
    count_receipt(work, at, case)
    _alert(work, case)
    settled = decisions.settled(case, duties)
    work.cases.save(settled)
    return settled


def put_file(work: Work, at: Circumstances, file_id: str, content: bytes) -> Refused | None:
    """Keep a sealed file until a letter names it. Refused where other bytes bear that id."""
    return None if work.files.put(file_id, content, at.today) else Refused(Fault.CHANGED_MEANWHILE)


def write_as_reporter(work: Work, at: Circumstances, sent: FromReporter) -> Refused | None:
    """Keep a reporter's letter, its files and the card it leaves behind; staff see it now or with the next batch."""
    if not is_well_meant(sent):
        return Refused(Fault.UNREADABLE)
    case = work.cases.behind(sent.locator)
    if case is None:
        return Refused(Fault.NOT_FOUND)
    if kept := work.cases.side_of(case.number, sent.message_id):
        return repeated(kept, Side.REPORTER)
    verdict = decisions.heard(case, sent)
    if isinstance(verdict, Refused):
        return verdict
    is_held = at.holds and not sent.at_once
    if not work.files.attach(sent.file_ids, case.number, held=is_held):
        return Refused(Fault.FILE_MISSING)
    letter = held_letter(sent, at.today)
    if is_held:
        work.batch.hold(case.number, letter)
        work.cases.save(verdict.case)
    else:
        work.cases.save(join(work, release(work, verdict.case), letter))
    return None


def _new_case(work: Work, at: Circumstances, sent: Submission, arrival: Arrival) -> Case | Receipt:
    """Keep a new case under a number that was free, or find the case that this submission has become."""
    content = fingerprint(sent.locator, sent.card, *(part.ciphertext for part in sent.parts))
    for _ in range(_DRAWS):
        number = case_number(at.today.year, at.chance.bytes(ENTROPY))
        fresh = decisions.received(work.organ, sent, number, arrival.on, held=arrival.held)
        case, link = decisions.recorded(fresh, arrival.act, arrival.actor, at.today, content)
        if work.cases.add(case):
            work.cases.add_entry(number, link)
            return case
        # Taken is either the submission, then this is a repeat, or the number, then another is drawn.
        known = work.cases.submitted_as(sent.submission_id)
        if known is not None:
            return _receipt(known)
    raise StoreUnavailableError


def _alert(work: Work, case: Case) -> None:
    if case.overseer is not None and case.escalation in ESCALATED:
        work.cases.alert(case.number, case.overseer, ESCALATED[case.escalation], case.received_on)
    # Without a token it is a matter of its own, and as grave as on a case that is known (Guidelines 4(1)).
    for who in hears_of_concerns(case) if case.kind is CaseKind.RELIEF else ():
        work.cases.alert(case.number, who, AlertKind.CONCERN, case.received_on)


def _receipt(case: Case) -> Receipt:
    return Receipt(case_number=case.number, desk=case.desk, received_on=case.received_on)
