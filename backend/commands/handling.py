"""What staff do to cases granted to them: open, write, move."""

from collections.abc import Sequence

from backend.admission import refused, refused_to_read
from backend.commands.figures import count_move
from backend.commands.proposing import lacking_first, propose, said_in_clear
from backend.contract import AlertKind, CaseFile, CaseLine, Compartment, Fault, FromStaff, MoveCase, Side
from backend.domain import case as decisions
from backend.domain.case import Allowed, Case, Refused
from backend.domain.chain import Act, fingerprint
from backend.domain.holdings import RECOVERY
from backend.domain.letters import StoredLetter, letter_of_staff, repeated
from backend.domain.moving import Circle, moved
from backend.domain.proposals import needs_approval
from backend.notices import announce, tell_expected
from backend.ports import Circumstances, Work


def write_as_staff(work: Work, at: Circumstances, staff_id: str, number: str, sent: FromStaff) -> Refused | None:
    """Put an answer or a note into the thread; an answer makes a push leave, if the reporter wants to be told."""
    case = work.cases.granted(number, staff_id)
    if case is None:
        return Refused(Fault.NOT_FOUND)
    letter = letter_of_staff(sent, case.letters, at.today)
    if kept := work.cases.side_of(case.number, letter.message_id):
        return repeated(kept, letter.side)
    if Compartment.FACTS not in work.cases.compartments(number, staff_id):
        return Refused(Fault.NOT_ALLOWED)
    if stopped := refused(work, at.today, case, staff_id):
        return stopped
    verdict = decisions.answered(case, sent)
    if isinstance(verdict, Refused):
        return verdict
    keep_letter(work, at, verdict, letter, staff_id)
    return None


def move_case(work: Work, at: Circumstances, staff_id: str, number: str, sent: MoveCase) -> CaseLine | Refused:
    """Move a case to another stage, together with its notice; where the organ wants it, once that was approved."""
    case = work.cases.granted(number, staff_id)
    if case is None:
        return Refused(Fault.NOT_FOUND)
    if known := _known(work, case, sent.letter.message_id):
        return known
    if stopped := refused(work, at.today, case, staff_id):
        return stopped
    verdict = judged(work, at, case, staff_id, sent)
    if isinstance(verdict, Refused):
        return verdict
    if needs_approval(case, sent.move, staff_id, work.policy, work.rosters.published()):
        return decisions.line_of(propose(work, at, case, staff_id, sent))
    return decisions.line_of(carry_out(work, at, verdict, staff_id, sent))


def _known(work: Work, case: Case, message_id: str) -> CaseLine | Refused | None:
    """What a repeat is answered: the case, with what was done or waits; refused where that did not come to be."""
    if kept := work.cases.side_of(case.number, message_id):
        return repeated(kept, Side.STAFF) or decisions.line_of(case)
    waiting = work.proposals.find(case.number, message_id)
    if waiting is None:
        return None
    return Refused(Fault.CHANGED_MEANWHILE) if waiting.outcome else decisions.line_of(case)


def judged(work: Work, at: Circumstances, case: Case, mover: str, sent: MoveCase) -> Allowed | Refused:
    """What a move would make of a case today, or why it may not be made; changes nothing."""
    if lacking := lacking_first(work, case, sent.move):
        return lacking
    holds = work.cases.compartments(case.number, mover)
    return moved(case, sent, Circle(holds, work.duties.of(case.number), work.policy, at.today))


def carry_out(work: Work, at: Circumstances, verdict: Allowed, mover: str, sent: MoveCase) -> Case:
    """Make a move that is allowed: its letter joins the thread today; the case as it is then."""
    letter = letter_of_staff(sent.letter, verdict.case.letters - 1, at.today)
    work.duties.keep(verdict.case.number, verdict.duties)
    keep_letter(work, at, verdict, letter, mover, said_in_clear(sent))
    count_move(work, at, verdict.case, sent)
    # Whoever is not told of the move, on a listed ground, is not told by when it will end either.
    if letter.for_reporter is not None:
        tell_expected(work, at, verdict, sent.move)
    return verdict.case


def open_case(work: Work, at: Circumstances, staff_id: str, number: str) -> CaseFile | Refused:
    """Give a staff member what they may have of a case, and record that they opened it, in one."""
    case = work.cases.granted(number, staff_id)
    if case is None:
        return Refused(Fault.NOT_FOUND)
    if stopped := refused_to_read(work, at.today, case, staff_id):
        return stopped
    if staff_id == RECOVERY and case.overseer is not None:
        work.cases.alert(number, case.overseer, AlertKind.RECOVERY_USED, at.today)
    opened, link = decisions.recorded(case, Act.OPENED, staff_id, at.today, fingerprint())
    work.cases.save(opened)
    work.cases.add_entry(number, link)
    return work.cases.file(number, staff_id) or Refused(Fault.NOT_FOUND)


def keep_letter(
    work: Work, at: Circumstances, verdict: Allowed, letter: StoredLetter, actor: str, said: Sequence[bytes] = (b"",)
) -> None:
    """Save a letter of the desk with all that goes with it: the case as it becomes, the log entry, the push.

    The entry commits to what is `said` in clear beside the letter.
    """
    content = fingerprint(letter.for_desk, letter.for_reporter or b"", *said)
    case, link = decisions.recorded(verdict.case, verdict.act, actor, at.today, content)
    work.cases.save(case)
    work.cases.add_letter(case.number, letter)
    work.cases.add_entry(case.number, link)
    if letter.for_reporter is not None:
        announce(work, at, case)
