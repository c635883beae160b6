"""What a reporter answers when they are asked how they are treated."""

from backend.commands.receiving import write_as_reporter
from backend.contract import AnswerCheckIn, CheckInAnswer, Fault, NoticeKind
from backend.domain.case import Refused
from backend.domain.notices import is_well_answered
from backend.notices import ask_no_more
from backend.ports import Circumstances, Work


def answer_check_in(work: Work, at: Circumstances, sent: AnswerCheckIn) -> Refused | None:
    """Keep an answer to a check-in; who is treated badly says so in a letter, which begins what is owed for it.

    The last answer counts, and the same again is fine. Staff learn nothing of it but the letter, with their next batch;
    where acts are held, the check-ins of whoever wants no more of them end when the clock strikes.
    """
    case = work.cases.behind(sent.locator)
    known = work.notices.of(case.number) if case else ()
    asked = {notice.notice_id for notice in known if notice.kind is NoticeKind.CHECK_IN}
    if case is None or sent.notice_id not in asked:
        return Refused(Fault.NOT_FOUND)
    if not is_well_answered(sent):
        return Refused(Fault.UNREADABLE)
    if sent.letter is not None and (refused := write_as_reporter(work, at, sent.letter)):
        return refused
    work.notices.answer(case.number, sent.notice_id, sent.answer)
    if sent.answer is CheckInAnswer.STOP and not at.holds:
        ask_no_more(work, at, case)
    return None
