"""What staff write down for somebody who did not come by a chat, and how its acknowledgement went out.

Whoever enters a report needs no grant in it and gets none by entering. Staff see it at once: no reporter's hour is in
it to be hidden.
"""

from backend.commands.receiving import Arrival, begin_with, keep_new
from backend.contract import CodeList, Ending, Entry, Fault, Move, Obligation, Receipt
from backend.domain import case as decisions
from backend.domain.case import Case, Refused
from backend.domain.chain import Act, fingerprint
from backend.domain.obligations import end, merged
from backend.domain.policy import codes_of
from backend.ports import Circumstances, Work


def enter(work: Work, at: Circumstances, staff_id: str, sent: Entry) -> tuple[Receipt, bool] | Refused:
    """Make a case of what arrived on paper, by telephone, in person or by mail: its receipt, and whether it is new.

    What is owed counts from the day of arrival. Refused for a day to come, and where the reason for acknowledging
    nothing is not one of the organ's.
    """
    if sent.arrived_on > at.today:
        return Refused(Fault.DATE_NEEDED)
    if sent.unsaid is not None and sent.unsaid not in codes_of(work.policy, CodeList.EXCEPTION):
        return Refused(Fault.NOT_UNSAID)
    arrival = Arrival(on=sent.arrived_on, actor=staff_id, act=Act.ENTERED, held=False)
    kept = keep_new(work, at, sent.submission, arrival)
    if isinstance(kept, Refused | Receipt):
        return kept if isinstance(kept, Refused) else (kept, False)
    case = begin_with(work, at, kept, (Obligation.ACKNOWLEDGE,))
    if sent.unsaid is not None:
        _end(work, at, case, staff_id, sent.unsaid)
    return Receipt(case_number=case.number, desk=case.desk, received_on=case.received_on), True


def acknowledged(work: Work, at: Circumstances, staff_id: str, number: str) -> Refused | None:
    """Note that the acknowledgement of an entry has left; only whoever entered it can say so. A repeat is fine."""
    submission_id = work.tokens.entered_as(number, staff_id)
    case = None if submission_id is None else work.cases.submitted_as(submission_id)
    if case is None:
        return Refused(Fault.NOT_FOUND)
    _end(work, at, case, staff_id, None)
    return None


def _end(work: Work, at: Circumstances, case: Case, staff_id: str, unsaid: str | None) -> None:
    duties = work.duties.of(case.number)
    ended = end(duties, (Obligation.ACKNOWLEDGE,), at.today, Ending.UNSAID if unsaid else Ending.DONE)
    if not ended:
        return
    work.duties.keep(case.number, ended)
    settled = decisions.settled(case, merged(duties, ended))
    content = fingerprint(b"", b"", (unsaid or "").encode())
    after, link = decisions.recorded(settled, Move.ACKNOWLEDGE, staff_id, at.today, content)
    work.cases.save(after)
    work.cases.add_entry(case.number, link)
