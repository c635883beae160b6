"""How what was held of a case comes before staff: letters join the thread and the log, files and the case are seen.

Until then a letter has no place in the thread, no entry in the log and no part in any figure that staff can ask for, so
that nothing they see or are refused tells them of it. Knows no clock: when a batch is due is the scheduler's business.
"""

from datetime import date

from msgspec.structs import replace

from backend.contract import AlertKind, Compartment, Concern
from backend.contract.figures import Series
from backend.domain import case as decisions
from backend.domain.case import Case
from backend.domain.chain import Act, fingerprint
from backend.domain.figures import is_apart
from backend.domain.letters import HeldLetter, letter_of_reporter, part_of
from backend.domain.obligations import BY_CONCERN, GRAVE, begin, merged
from backend.domain.people import REPORTER
from backend.domain.secrecy import hears_of_concerns
from backend.domain.statistics import half_of
from backend.ports import Work


def release_some(work: Work) -> int:
    """Put before staff what is held; how many cases that were. Not all at once: repeat it until there are none.

    Does nothing to what somebody else has released meanwhile.
    """
    cases = work.batch.waiting()
    for case in cases:
        work.cases.save(release(work, case))
    return len(cases)


def release(work: Work, case: Case) -> Case:
    """Put before staff what is held of one case; the caller saves the case as it becomes."""
    shown = replace(case, held=False)
    for letter in work.batch.release(case.number):
        shown = join(work, shown, letter)
    return shown


def join(work: Work, case: Case, letter: HeldLetter) -> Case:
    """Put a reporter's letter at the end of the thread, and its entry into the log under the day it was written.

    The caller saves the case as it becomes.
    """
    content = fingerprint(letter.for_desk, b"", b"")
    if letter.compartment is not Compartment.FACTS:
        return _named(work, case, letter, content)
    act = Act.CONCERN if letter.concern else Act.RENEWED if letter.renews else Act.WROTE
    grown = decisions.joined(case, wants_answer=not letter.renews)
    after, link = decisions.recorded(grown, act, REPORTER, letter.on, content)
    work.cases.add_letter(case.number, letter_of_reporter(letter, case.letters))
    work.cases.add_entry(case.number, link)
    return concerned(work, after, letter.concern, letter.on) if letter.concern else after


def _named(work: Work, case: Case, letter: HeldLetter, content: bytes) -> Case:
    """Put who the reporter is beside the parts of the case: the thread has other readers, and tells nothing of it."""
    after, link = decisions.recorded(decisions.joined(case, in_thread=False), Act.NAMED, REPORTER, letter.on, content)
    work.cases.add_part(case.number, part_of(letter))
    work.cases.add_entry(case.number, link)
    return after


def concerned(work: Work, case: Case, concern: Concern, on: date) -> Case:
    """Begin and count what is owed for a concern, tell overseer and counsel of a grave one; the caller saves the case.

    What is counted says neither whose it is nor on which day.
    """
    duties = work.duties.of(case.number)
    begun = begin(duties, BY_CONCERN[concern], on, work.policy, received_on=case.received_on, kind=case.kind)
    work.duties.keep(case.number, begun)
    apart = is_apart(case, work.rosters.published())
    work.figures.count(half_of(on, work.policy.year_begins), (Series.CONCERN, concern.value), apart=apart)
    for who in hears_of_concerns(case) if concern in GRAVE else ():
        work.cases.alert(case.number, who, AlertKind.CONCERN, on)
    return decisions.settled(case, merged(duties, begun))
