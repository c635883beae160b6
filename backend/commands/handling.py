"""What staff do to cases granted to them: open, write, move."""

from typing import Final

from backend.contract import CaseFile, CaseLine, Fault, FromStaff, MoveCase, Push
from backend.domain import case as decisions
from backend.domain.case import Allowed, Refused
from backend.domain.chain import Act, fingerprint
from backend.domain.letters import StoredLetter, letter_of_staff, repeated
from backend.domain.moving import Circle, moved
from backend.ports import Circumstances, Work

#: 128 bits: nobody can guess the id of a push, and so nobody can strike out another's.
_PUSH_ID_BYTES: Final = 16


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
    circle = Circle(work.cases.compartments(number, staff_id), work.duties.of(number), work.policy, at.today)
    verdict = moved(case, sent, circle)
    if isinstance(verdict, Refused):
        return verdict
    work.duties.keep(case.number, verdict.duties)
    _keep(work, at, verdict, letter, staff_id, sent)
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


def _said_in_clear(sent: MoveCase | None) -> tuple[bytes, ...]:
    """What a move says beside its letter, as the log commits to it; the category is counted and kept nowhere."""
    if sent is None:
        return (b"",)
    return tuple(str(said or "").encode() for said in (sent.reason, sent.unsaid, sent.on))


def _keep(
    work: Work, at: Circumstances, verdict: Allowed, letter: StoredLetter, actor: str, sent: MoveCase | None = None
) -> None:
    """Save a letter with all that goes with it: the case as it becomes, the log entry, the push."""
    content = fingerprint(letter.for_desk, letter.for_reporter or b"", *_said_in_clear(sent))
    case, link = decisions.recorded(verdict.case, verdict.act, actor, at.today, content)
    work.cases.save(case)
    work.cases.add_letter(case.number, letter)
    work.cases.add_entry(case.number, link)
    if letter.for_reporter is not None and case.mailbox is not None:
        push_id = at.chance.bytes(_PUSH_ID_BYTES).hex()
        work.outbox.queue(case.number, Push(push_id=push_id, mailbox=case.mailbox))
