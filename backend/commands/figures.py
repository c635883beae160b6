"""Counting, publishing what was counted, and giving exact counts to the executive.

What happens is counted in the transaction in which it happens. A published half-year is never counted anew. Cases that
the executive is kept out of are counted apart and published nowhere: a figure would tell the executive of them.
"""

from datetime import date, timedelta
from typing import Final

from backend.contract import CodeList, Fault, MoveCase, Office
from backend.contract.figures import Count, Counted, PublishedHalf
from backend.contract.improving import ExactReading
from backend.domain.case import Case, Refused
from backend.domain.figures import RECEIVED, Half, figures_of, happened, is_apart
from backend.domain.people import holds
from backend.domain.statistics import days_of, half_of, next_half
from backend.ports import Circumstances, Work

#: 128 bits: two readings never share an id.
_READING_ID_BYTES: Final = 16
#: The last day's acts may still be on their way to the store when the next begins.
_SETTLING: Final = timedelta(days=1)


def count_receipt(work: Work, at: Circumstances, case: Case) -> None:
    """Count a case that has come in; one that was entered by hand in the half-year of its entry."""
    if counter := RECEIVED.get(case.kind):
        work.figures.count(present_half(work, at), counter, apart=is_apart(case, work.rosters.published()))


def count_move(work: Work, at: Circumstances, case: Case, sent: MoveCase) -> None:
    """Count what a move is in the figures, if it is anything; `case` is what became of it."""
    half, apart = present_half(work, at), is_apart(case, work.rosters.published())
    found = happened(case, sent, at.today)
    for counter in found.counters:
        work.figures.count(half, counter, apart=apart)
    if found.span is not None and not apart:
        work.figures.count_days(half, found.span, found.days)


def publish_due(work: Work, at: Circumstances) -> int:
    """Publish every half-year that is over and was not published; how many those were. May be repeated at will."""
    done = {shown.half for shown in work.figures.published()}
    half = work.figures.begin(present_half(work, at))
    published = 0
    while _is_over(half, at.today):
        published += half not in done and work.figures.publish(_figures(work, at.today, half))
        half = next_half(half)
    return published


def publish_by_hand(work: Work, at: Circumstances, staff_id: str) -> Refused | None:
    """Do at the executive's word what the clock does."""
    if not holds(work.rosters.published(), staff_id, Office.EXECUTIVE):
        return Refused(Fault.NOT_ALLOWED)
    publish_due(work, at)
    return None


def exact_counts(work: Work, at: Circumstances, staff_id: str, half: str) -> Counted | Refused:
    """The exact counts of a half-year that is over, for the executive; that they were asked for is recorded for good.

    The deputy has those of the cases that the executive is kept out of. While a half-year lasts there are none: whoever
    asked again and again would see at which minute a report comes in.
    """
    published = work.rosters.published()
    is_executive = holds(published, staff_id, Office.EXECUTIVE)
    if not is_executive and not holds(published, staff_id, Office.DEPUTY):
        return Refused(Fault.NOT_ALLOWED)
    if half != half_of(days_of(half)[0], work.policy.year_begins):
        return Refused(Fault.NOT_FOUND)
    if not _is_over(half, at.today):
        return Refused(Fault.NOT_YET)
    reading = ExactReading(staff_id=staff_id, half=half, on=at.today)
    work.improvements.read_exactly(at.chance.bytes(_READING_ID_BYTES).hex(), reading)
    counts = sorted(work.figures.counts(half, apart=not is_executive).items())
    return Counted(half=half, counts=tuple(Count(series=s, code=code, count=n) for (s, code), n in counts))


def present_half(work: Work, at: Circumstances) -> str:
    """The half-year of today."""
    return half_of(at.today, work.policy.year_begins)


def _is_over(half: str, today: date) -> bool:
    return days_of(half)[1] + _SETTLING < today


def _figures(work: Work, on: date, half: str) -> PublishedHalf:
    counted = Half(
        half=half,
        counts=work.figures.counts(half),
        days=work.figures.day_counts(half),
        scores=work.surveys.scores(half),
    )
    findings = next((codes.codes for codes in work.policy.lists if codes.name is CodeList.FINDING), ())
    return figures_of(counted, on, findings, work.policy.categories)
