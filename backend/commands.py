"""What can be done to cases: load, decide, save, queue what must leave. One function a command, one transaction each.

Decides nothing itself (`domain` does), knows no store (`ports` do) and never speaks: whoever runs a command answers
only after its transaction is on disk. A command that is refused answers `Refused` and has changed nothing. Each may be
repeated after an unclear outcome: what was done already is recognised by its client-made id.
"""

from typing import Final

from backend.batches import join, release
from backend.contract import (
    CaseFile,
    CaseLine,
    Fault,
    FromReporter,
    FromStaff,
    MoveCase,
    Publication,
    Push,
    Receipt,
    Side,
    Submission,
)
from backend.domain import case as decisions
from backend.domain.case import Allowed, Case, Refused
from backend.domain.chain import Act, fingerprint
from backend.domain.letters import StoredLetter, held_letter, letter_of_staff, repeated
from backend.domain.numbers import ENTROPY, case_number
from backend.domain.people import REPORTER
from backend.ports import Circumstances, StoreUnavailableError, Work

#: 128 bits: nobody can guess the id of a push, and so nobody can strike out another's.
_PUSH_ID_BYTES: Final = 16
#: A year has 2^30 numbers: to find this many taken in a row, the dice must be broken.
_DRAWS: Final = 16


def submit(work: Work, at: Circumstances, sent: Submission) -> tuple[Receipt, bool] | Refused:
    """Make a case of a sealed report: its receipt, and whether the case is new.

    Any number of parallel submitters of one submission get the same receipt. Refused where a file is missing, or where
    the locator leads to another case.
    """
    case = _new_case(work, at, sent)
    if isinstance(case, Receipt):
        return case, False
    if not work.cases.fill(case, sent):
        return Refused(Fault.CHANGED_MEANWHILE)
    if not work.files.attach(sent.file_ids, case.number, held=case.held):
        return Refused(Fault.FILE_MISSING)
    return _receipt(case), True


def put_file(work: Work, at: Circumstances, file_id: str, content: bytes) -> Refused | None:
    """Keep a sealed file until a letter names it. Refused where other bytes bear that id."""
    return None if work.files.put(file_id, content, at.today) else Refused(Fault.CHANGED_MEANWHILE)


def write_as_reporter(work: Work, at: Circumstances, sent: FromReporter) -> Refused | None:
    """Keep a reporter's letter, its files and the card it leaves behind; staff see it now or with the next batch."""
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


def write_as_staff(work: Work, at: Circumstances, staff_id: str, number: str, sent: FromStaff) -> Refused | None:
    """Put an answer or a note into the thread; an answer makes a push leave, if the reporter wants to be told."""
    case = work.cases.granted(number, staff_id)
    if case is None:
        return Refused(Fault.NOT_FOUND)
    letter = letter_of_staff(sent, case.letters, at.today)
    if kept := work.cases.side_of(case.number, letter.message_id):
        return repeated(kept, letter.side)
    verdict = decisions.answered(case, sent)
    if isinstance(verdict, Refused):
        return verdict
    _keep(work, at, verdict, letter, staff_id)
    return None


def move_case(work: Work, at: Circumstances, staff_id: str, number: str, sent: MoveCase) -> CaseLine | Refused:
    """Move a case to another stage, together with its notice."""
    case = work.cases.granted(number, staff_id)
    if case is None:
        return Refused(Fault.NOT_FOUND)
    letter = letter_of_staff(sent.letter, case.letters, at.today)
    if kept := work.cases.side_of(case.number, letter.message_id):
        return repeated(kept, letter.side) or decisions.line_of(case)
    held = work.cases.compartments(number, staff_id)
    verdict = decisions.moved(case, sent, held, work.rosters.reasons())
    if isinstance(verdict, Refused):
        return verdict
    _keep(work, at, verdict, letter, staff_id, sent.reason or "")
    return decisions.line_of(verdict.case)


def open_case(work: Work, at: Circumstances, staff_id: str, number: str) -> CaseFile | Refused:
    """Give a staff member what they may have of a case, and record that they opened it, in one."""
    case = work.cases.granted(number, staff_id)
    if case is None:
        return Refused(Fault.NOT_FOUND)
    opened, link = decisions.recorded(case, Act.OPENED, staff_id, at.today, fingerprint())
    work.cases.save(opened)
    work.cases.add_entry(number, link)
    return work.cases.file(number, staff_id) or Refused(Fault.NOT_FOUND)


def publish_roster(work: Work, _: Circumstances, sent: Publication) -> Refused | None:
    """Put a roster in the place of the one before; refused unless it is newer or the very same."""
    present = work.rosters.newest()
    if present is not None and sent.serial <= present.serial:
        is_same = (sent.serial, sent.document) == (present.serial, present.document)
        if not is_same:
            return Refused(Fault.OLDER_ROSTER)
    work.rosters.publish(sent)
    return None


def _new_case(work: Work, at: Circumstances, sent: Submission) -> Case | Receipt:
    """Keep a new case under a number that was free, or find the case that this submission has become."""
    content = fingerprint(sent.locator, sent.card, *(part.ciphertext for part in sent.parts))
    for _ in range(_DRAWS):
        number = case_number(at.today.year, at.chance.bytes(ENTROPY))
        is_held = at.holds and not sent.at_once
        fresh = decisions.received(work.organ, sent, number, at.today, at.decide_within_days, held=is_held)
        case, link = decisions.recorded(fresh, Act.RECEIVED, REPORTER, at.today, content)
        if work.cases.add(case):
            work.cases.add_entry(number, link)
            return case
        # Taken is either the submission, then this is a repeat, or the number, then another is drawn.
        known = work.cases.submitted_as(sent.submission_id)
        if known is not None:
            return _receipt(known)
    raise StoreUnavailableError


def _receipt(case: Case) -> Receipt:
    return Receipt(case_number=case.number, desk=case.desk, received_on=case.received_on)


def _keep(work: Work, at: Circumstances, verdict: Allowed, letter: StoredLetter, actor: str, reason: str = "") -> None:
    """Save a letter with all that goes with it: the case as it becomes, the log entry, the push."""
    content = fingerprint(letter.for_desk, letter.for_reporter or b"", reason.encode())
    case, link = decisions.recorded(verdict.case, verdict.act or Act.WROTE, actor, at.today, content)
    work.cases.save(case)
    work.cases.add_letter(case.number, letter)
    work.cases.add_entry(case.number, link)
    if letter.for_reporter is not None and case.mailbox is not None:
        push_id = at.chance.bytes(_PUSH_ID_BYTES).hex()
        work.outbox.queue(case.number, Push(push_id=push_id, mailbox=case.mailbox))
