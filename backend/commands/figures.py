"""Counting, and publishing what was counted.

What happens to a case is counted in the transaction in which it happens, by `count_move` and `count_concern`; receipts
are counted from the cases when the half-year is over. A published half-year is never counted anew.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from backend.contract import CodeList, Concern, Fault, Move, Office
from backend.contract.figures import Count, Counted, PublishedHalf, Respondent, Series
from backend.domain.case import Case, Refused
from backend.domain.figures import RECEIVED, Counter, Half, figures_of, happened
from backend.domain.policy import codes_of
from backend.domain.statistics import days_of, half_of, next_half
from backend.ports import Circumstances, Work


def count_move(work: Work, at: Circumstances, before: Case, after: Case, move: Move, category: str | None) -> None:
    """Count what a move is in the figures, if it is anything."""
    half = _present(work, at)
    found = happened(before, after, move, at.today, category)
    for counter in found.counters:
        work.figures.count(half, counter)
    if found.span is not None:
        work.figures.count_days(half, found.span, found.days)


def count_concern(work: Work, at: Circumstances, concern: Concern) -> None:
    """Count what a reporter said beside the matter."""
    work.figures.count(_present(work, at), (Series.CONCERN, concern.value))


def publish_due(work: Work, at: Circumstances) -> int:
    """Publish every half-year that is over and has not been published; how many those were.

    The last day's acts may still be on their way to the store in the first minutes of the next, so it waits a day.
    """
    done = {half.half for half in work.figures.published()}
    half = work.figures.begin(_present(work, at))
    published = 0
    while days_of(half)[1] + timedelta(days=1) < at.today:
        if half not in done:
            published += work.figures.publish(_figures(work, at.today, half))
        half = next_half(half)
    return published


def publish_half(work: Work, at: Circumstances, staff_id: str, half: str) -> PublishedHalf | Refused:
    """Publish a half-year by hand; one that was published stays as it is."""
    if not holds(work, staff_id, Office.EXECUTIVE):
        return Refused(Fault.NOT_ALLOWED)
    if half_of(days_of(half)[0], work.policy.year_begins) != half:
        return Refused(Fault.NOT_FOUND)
    if days_of(half)[1] + timedelta(days=1) >= at.today:
        return Refused(Fault.NOT_YET)
    work.figures.publish(_figures(work, at.today, half))
    return next(shown for shown in work.figures.published() if shown.half == half)
