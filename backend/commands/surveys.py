"""The survey on the mechanism: who may answer, once, and the counting of what they answer.

Of an answer nothing stays but one more of its kind. That somebody has answered is kept as a hash, apart from that.
"""

from typing import Final

from backend.commands.figures import present_half
from backend.contract import Fault, Office
from backend.contract.figures import Respondent, Score
from backend.contract.surveys import AnswerAsReporter, AnswerAsStaff, AnswerByCode, OfferSurvey, SurveyCodes
from backend.domain.case import Refused
from backend.domain.figures import QUESTIONS, is_apart
from backend.domain.people import holds
from backend.domain.surveys import proof_of
from backend.ports import Circumstances, Work

#: 80 bits: nobody guesses a code that is asked for over the network and works once.
_CODE_BYTES: Final = 10


def answer_as_reporter(work: Work, at: Circumstances, sent: AnswerAsReporter) -> Refused | None:
    """Count a reporter's answers: once a case, after its end."""
    case = work.cases.behind(sent.locator)
    if case is None:
        return Refused(Fault.NOT_FOUND)
    if case.ended_on is None:
        return Refused(Fault.NOT_YET)
    proof = proof_of("reporter", case.submission_id)
    if is_apart(case, work.rosters.published()):
        # One answer more than there are cases would tell the executive of this one.
        work.surveys.take_first(proof)
        return None if _is_known(sent.scores) else Refused(Fault.UNREADABLE)
    return _first(work, at, Respondent.REPORTER, proof, sent.scores)


def answer_as_staff(work: Work, at: Circumstances, staff_id: str, sent: AnswerAsStaff) -> Refused | None:
    """Count a member's answers: once in half a year."""
    return _first(work, at, Respondent.STAFF, proof_of("staff", present_half(work, at), staff_id), sent.scores)


def answer_by_code(work: Work, at: Circumstances, sent: AnswerByCode) -> Refused | None:
    """Count the answers of whoever brings a code that has not been used."""
    if not _is_known(sent.scores):
        return Refused(Fault.UNREADABLE)
    respondent = work.surveys.take(proof_of("code", sent.code.lower()))
    if respondent is None:
        return Refused(Fault.NOT_FOUND)
    _count(work, at, respondent, sent.scores)
    return None


def offer_survey(work: Work, at: Circumstances, staff_id: str, sent: OfferSurvey) -> SurveyCodes | Refused:
    """Make codes, each for one set of answers, for staff of other places or neutral third parties."""
    if not holds(work.rosters.published(), staff_id, Office.STAFF, Office.EXECUTIVE):
        return Refused(Fault.NOT_ALLOWED)
    codes = tuple(at.chance.bytes(_CODE_BYTES).hex() for _ in range(sent.count))
    for code in codes:
        work.surveys.offer(proof_of("code", code), sent.respondent)
    return SurveyCodes(codes=codes)


def _first(work: Work, at: Circumstances, who: Respondent, proof: bytes, scores: tuple[Score, ...]) -> Refused | None:
    if not _is_known(scores):
        return Refused(Fault.UNREADABLE)
    # Whoever answers again hears that it is done: an answer whose receipt was lost is sent twice.
    if work.surveys.take_first(proof):
        _count(work, at, who, scores)
    return None


def _count(work: Work, at: Circumstances, who: Respondent, scores: tuple[Score, ...]) -> None:
    half = present_half(work, at)
    for each in scores:
        work.surveys.score(half, who, each.question, each.score)


def _is_known(scores: tuple[Score, ...]) -> bool:
    return bool(scores) and all(each.question in QUESTIONS for each in scores)
