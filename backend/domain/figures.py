"""What is counted when something happens to a case, and how the counts of half a year become figures. Two tables.

A case leaves nothing but additions to counters: no figure can be traced back to it. Only reports are counted by what
becomes of them; other cases are answered, not decided on. One that is taken up again is counted again in each stage it
comes to, and how many those are is told nowhere.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

import msgspec

from backend.contract.figures import DaysTaken, Figure, PublishedHalf, Rating, Respondent, Series, Span
from backend.contract.handling import MoveCase
from backend.contract.publishing import Publication
from backend.contract.words import CaseKind, Concern, Move, Office
from backend.domain.case import Case
from backend.domain.people import offices_of
from backend.domain.statistics import days_of, median_and_longest, median_score, most_of_parts, nearest_five, shown

#: A counter's name: what is counted, and which of it.
Counter = tuple[Series, str]

#: What a report that moves is counted as, in the order in which it is shown.
STAGES: Final = {
    Move.ACCEPT: "accepted",
    Move.DECLINE: "not_accepted",
    Move.INVESTIGATE: "investigated",
    Move.NOT_INVESTIGATE: "not_investigated",
    Move.CONCLUDE: "concluded",
    Move.TAKE_MEASURES: "measures",
    Move.CLOSE: "closed",
    Move.REVIEW: "reviewed",
}

#: Whoever is treated badly and has no report of their own here.
RELIEF: Final = "relief"
#: What incoming cases are counted as.
RECEIVED: Final = {
    CaseKind.REPORT: (Series.STAGE, "received"),
    CaseKind.SUPERVISOR: (Series.STAGE, "received"),
    CaseKind.CONSULTATION: (Series.ADVICE, "received"),
    CaseKind.FEEDBACK: (Series.CONCERN, Concern.FEEDBACK.value),
    CaseKind.RELIEF: (Series.CONCERN, RELIEF),
}

#: From receipt to these moves, days are counted.
_SPANS: Final = {Move.ACCEPT: Span.ACCEPTANCE, Move.CLOSE: Span.END}
#: Totals whose parts are shown too.
_PARTS: Final = {"concluded": Series.OUTCOME, "closed": Series.CATEGORY}
_REPORTS: Final = frozenset({CaseKind.REPORT, CaseKind.SUPERVISOR})

#: The questions of the survey; each is answered from 1 to 5.
QUESTIONS: Final = ("clear", "safe", "taken_seriously", "would_again")


class Happened(msgspec.Struct, frozen=True):
    """What is added when a case moves: one to each counter, and one to a number of days."""

    counters: tuple[Counter, ...] = ()
    span: Span | None = None
    days: int = 0


class Half(msgspec.Struct, frozen=True, kw_only=True):
    """All counts of half a year."""

    half: str
    counts: Mapping[Counter, int]
    days: Mapping[Span, Mapping[int, int]]
    scores: Mapping[tuple[Respondent, str], Mapping[int, int]]


def happened(case: Case, sent: MoveCase, today: date) -> Happened:
    """What a move adds, given what became of the case; nothing where it stayed in its stage, or is no report."""
    code = STAGES.get(sent.move)
    if code is None or case.kind not in _REPORTS or case.stage is sent.from_stage:
        return Happened()
    counters: list[Counter] = [(Series.STAGE, code)]
    if sent.move is Move.CONCLUDE and sent.reason:
        counters.append((Series.OUTCOME, sent.reason))
    if sent.move is Move.CLOSE and sent.category:
        counters.append((Series.CATEGORY, sent.category))
    span = _SPANS.get(sent.move)
    return Happened(tuple(counters), span, nearest_five((today - case.received_on).days) if span else 0)


def is_apart(case: Case, published: Publication | None) -> bool:
    """Tell whether the executive is kept out of a case, and so out of all that would tell of it.

    A case that an earlier executive oversaw is no secret from the next one: its overseer has left the organ, holds that
    office still, or is no deputy and has somebody to stand in, as nobody has who oversees what the executive may not.
    """
    if published is None or published.executive is None or published.executive in {case.overseer, case.stand_in}:
        return False
    if case.overseer is None:
        return True
    offices = offices_of(published, case.overseer)
    if not offices or Office.EXECUTIVE in offices:
        return False
    return case.stand_in is None or Office.DEPUTY in offices


def figures_of(half: Half, on: date, outcomes: Iterable[str], categories: Iterable[str]) -> PublishedHalf:
    """What is published of half a year: every code of the organ's lists, whether it occurred or not."""
    first, last = days_of(half.half)
    listed = {Series.OUTCOME: tuple(outcomes), Series.CATEGORY: tuple(categories)}
    parts = {series: _codes(half, series, known) for series, known in listed.items()}
    return PublishedHalf(
        half=half.half,
        first=first,
        last=last,
        published_on=on,
        figures=(
            *_stages(half, parts),
            *(figure for series, codes in parts.items() for figure in _figures(half, series, codes)),
            *_figures(half, Series.ADVICE, ("received",)),
            *_figures(half, Series.CONCERN, (*(concern.value for concern in Concern), RELIEF)),
        ),
        days=tuple(_days(span, half.days.get(span, {})) for span in Span),
        ratings=tuple(_rating(half, who, question) for who in Respondent for question in QUESTIONS),
    )


def _stages(half: Half, parts: Mapping[Series, tuple[str, ...]]) -> list[Figure]:
    found = []
    for code in ("received", *STAGES.values()):
        series = _PARTS.get(code)
        count = half.counts.get((Series.STAGE, code), 0)
        most = most_of_parts(half.counts.get((series, part), 0) for part in parts[series]) if series else None
        # More than its parts allow it is only where some case was ended before the organ had a list of codes.
        step = shown(count, most if most is None else max(most, count))
        found.append(Figure(series=Series.STAGE, code=code, least=step.least, most=step.most))
    return found


def _codes(half: Half, series: Series, known: tuple[str, ...]) -> tuple[str, ...]:
    """The organ's codes, and those it has given up since they were counted."""
    counted = sorted(code for kind, code in half.counts if kind is series)
    return tuple(dict.fromkeys((*known, *counted)))


def _figures(half: Half, series: Series, codes: Iterable[str]) -> list[Figure]:
    steps = {code: shown(half.counts.get((series, code), 0)) for code in codes}
    return [Figure(series=series, code=code, least=step.least, most=step.most) for code, step in steps.items()]


def _days(span: Span, kept: Mapping[int, int]) -> DaysTaken:
    median, longest = median_and_longest(kept)
    return DaysTaken(span=span, median=median, longest=longest)


def _rating(half: Half, who: Respondent, question: str) -> Rating:
    answers = half.scores.get((who, question), {})
    step = shown(sum(answers.values()))
    return Rating(respondent=who, question=question, least=step.least, most=step.most, median=median_score(answers))
