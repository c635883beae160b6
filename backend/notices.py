"""How the mechanism tells a reporter something: a standard notice, and a push that leaves if they want to be told.

Knows no clock and decides nothing. The caller holds the case locked, so that no notice is made twice.
"""

from typing import Final

from backend.contract import Duty, Ending, Move, NoticeKind, Obligation, Push
from backend.domain import case as decisions
from backend.domain.case import Allowed, Case
from backend.domain.chain import Act, fingerprint
from backend.domain.notices import days_at_receipt, expected_by, next_notice
from backend.domain.obligations import end
from backend.domain.people import MECHANISM
from backend.ports import Circumstances, Work

#: 128 bits: nobody can guess the id of a push, and so nobody can strike out another's.
_PUSH_ID_BYTES: Final = 16


def announce(work: Work, at: Circumstances, case: Case) -> None:
    """Let a push leave for a case, if its reporter wants to be told."""
    if case.mailbox is not None:
        push_id = at.chance.bytes(_PUSH_ID_BYTES).hex()
        work.outbox.queue(case.number, Push(push_id=push_id, mailbox=case.mailbox))


def tell_days(work: Work, at: Circumstances, case: Case, duties: list[Duty]) -> None:
    """Tell the reporter of a new case what will happen by when; the entry of its receipt in the log stands for it."""
    params = days_at_receipt(case, duties, work.policy)
    if params:
        _add(work, at, case, NoticeKind.RECEIVED, params)


def tell_expected(work: Work, at: Circumstances, verdict: Allowed, move: Move) -> None:
    """Tell by when handling is expected to end, if a move changes it; the entry of the move stands for it in the log.

    Announces nothing: the letter that comes with the move does.
    """
    case = verdict.case
    kind = expected_by(move, case, verdict.duties)
    if kind is not None and case.expected_on is not None:
        _add(work, at, case, kind, {"expected_on": case.expected_on.isoformat()})


def ask_no_more(work: Work, at: Circumstances, case: Case) -> None:
    """End the check-ins that are still to come."""
    duties = work.duties.of(case.number)
    work.duties.keep(case.number, end(duties, {Obligation.CHECK_IN}, at.today, Ending.LAPSED))


def tell_by_clock(work: Work, at: Circumstances, case: Case, kind: NoticeKind, params: dict[str, str]) -> Case:
    """Tell something because its day has come, announce it and record it; the case is saved as it becomes."""
    _add(work, at, case, kind, params)
    said = [f"{name}={value}".encode() for name, value in sorted(params.items())]
    after, link = decisions.recorded(case, Act.NOTIFIED, MECHANISM, at.today, fingerprint(kind.encode(), *said))
    work.cases.save(after)
    work.cases.add_entry(case.number, link)
    announce(work, at, after)
    return after


def _add(work: Work, at: Circumstances, case: Case, kind: NoticeKind, params: dict[str, str]) -> None:
    work.notices.add(case.number, next_notice(work.notices.of(case.number), kind, at.today, params))
