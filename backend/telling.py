"""What has to do with telling a reporter of answers: whether they want it, and the pushes that leave for their mailbox.

A push says that something waits and nothing else. It leaves at a random moment after the answer; once the reporter has
read what waits, it need not leave any more. Commands as in `commands.py`: one transaction each, safe to repeat.
"""

from backend.contract import Delivered, Fault, Lease, Leased, LettersRead, Told
from backend.domain import case as decisions
from backend.domain.case import Refused
from backend.domain.pushes import ENTROPY, delay
from backend.ports import Circumstances, Work


def set_told(work: Work, _: Circumstances, sent: Told) -> Refused | None:
    """Note where the reporter is told of answers, or forget it; then nothing leaves for the old mailbox any more."""
    case = work.cases.behind(sent.locator)
    if case is None:
        return Refused(Fault.NOT_FOUND)
    verdict = decisions.told(case, sent)
    if isinstance(verdict, Refused):
        return verdict
    if verdict.case.mailbox != case.mailbox:
        work.outbox.withdraw(case.number)
    work.cases.save(verdict.case)
    return None


def letters_read(work: Work, _: Circumstances, sent: LettersRead) -> Refused | None:
    """Let nothing leave for a case, parked pushes included, unless something came that the reporter has not read.

    How much they have had before them is kept as two counts, without a day: by it they find what is new to them. What
    is claimed beyond what there is counts for nothing.
    """
    case = work.cases.behind(sent.locator)
    if case is None:
        return Refused(Fault.NOT_FOUND)
    letters, notices = work.cases.answers(case.number), len(work.notices.of(case.number))
    after = decisions.read_by_reporter(case, min(letters, sent.letters), min(notices, sent.notices))
    if after != case:
        work.cases.save(after)
    if letters <= sent.letters and notices <= sent.notices:
        work.outbox.withdraw(case.number)
    return None


def lease_pushes(work: Work, at: Circumstances, sent: Lease) -> tuple[Leased, int]:
    """Hand out the pushes that are due; and how many were parked, which someone must look at.

    For those that are new the moment is drawn first. It is kept: who asks again, or starts anew, draws no other one.
    """
    for number in work.outbox.fresh():
        work.outbox.fall_due(number, at.now + delay(at.chance.bytes(ENTROPY), sent.within))
    pushes, parked = work.outbox.lease(at.now)
    return Leased(pushes=tuple(pushes)), parked


def acknowledge_pushes(work: Work, _: Circumstances, sent: Delivered) -> None:
    """Strike out what arrived, and what never will together with its mailbox."""
    work.outbox.delivered(sent.push_ids)
    work.outbox.undeliverable(sent.undeliverable)
