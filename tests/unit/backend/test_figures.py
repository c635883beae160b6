"""What a move is in the figures, and how counts become what is published."""

from datetime import date

import pytest
from msgspec.structs import replace

from backend.contract import CaseKind, Move, Office, Stage
from backend.contract.figures import DaysTaken, Figure, Rating, Respondent, Series, Span
from backend.domain.case import Case, received
from backend.domain.figures import QUESTIONS, STAGES, Half, Happened, figures_of, happened, is_apart
from tests.support.counted import organ
from tests.support.reports import move, submission

RECEIVED_ON, TODAY = date(2026, 4, 1), date(2026, 4, 13)


def case(stage: Stage, kind: CaseKind = CaseKind.REPORT) -> Case:
    """A case as a move left it."""
    return replace(received("ministry", submission(), "2026-7VX11J", RECEIVED_ON), stage=stage, kind=kind)


def half(**given: object) -> Half:
    """Counts of half a year."""
    return Half(**({"half": "2026-04", "counts": {}, "days": {}, "scores": {}} | given))  # type: ignore[arg-type]


def test_acceptance_and_the_end_are_counted_with_the_days_they_took() -> None:
    """To the nearest five, from the day of receipt."""
    accepted = happened(case(Stage.ACCEPTED), move(Move.ACCEPT), TODAY)
    assert accepted == Happened(((Series.STAGE, "accepted"),), Span.ACCEPTANCE, 10)
    closing = move(Move.CLOSE, from_stage=Stage.CONCLUDED, category="funds")
    assert happened(case(Stage.CLOSED), closing, TODAY) == Happened(
        ((Series.STAGE, "closed"), (Series.CATEGORY, "funds")), Span.END, 10
    )


def test_what_an_investigation_found_is_counted_by_its_code() -> None:
    """The code is the organ's."""
    concluding = move(Move.CONCLUDE, "violation", from_stage=Stage.INVESTIGATING)
    assert happened(case(Stage.CONCLUDED), concluding, TODAY).counters == (
        (Series.STAGE, "concluded"),
        (Series.OUTCOME, "violation"),
    )


@pytest.mark.parametrize(
    ("after", "sent"),
    [
        (case(Stage.MEASURES), move(Move.TAKE_MEASURES, from_stage=Stage.MEASURES)),
        (case(Stage.INVESTIGATING), move(Move.PROGRESS, from_stage=Stage.INVESTIGATING)),
        (case(Stage.RECEIVED), move(Move.TAKE_UP_AGAIN, from_stage=Stage.NOT_ACCEPTED)),
        (case(Stage.CLOSED, CaseKind.CONSULTATION), move(Move.CLOSE)),
    ],
)
def test_other_moves_are_not_counted(after: Case, sent: object) -> None:
    """A second measure, a word on progress, taking up again; nor what is answered rather than decided on."""
    assert happened(after, sent, TODAY) == Happened()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("overseer", "stand_in", "apart"),
    [
        ("mori", "ito", False),
        ("ito", None, True),
        (None, None, True),
        # An earlier executive: gone, on the staff again, with the office still in the roster.
        ("gone", None, False),
        ("gone", "ito", False),
        ("sato", "ito", False),
        ("former", None, False),
        # Once the deputy, who has become the executive.
        ("sato", "mori", False),
        # Overseen by somebody else who is there: kept apart rather than told of.
        ("sato", None, True),
        ("ito", "another", True),
    ],
)
def test_a_case_is_apart_only_if_its_overseer_is_not_and_was_not_the_executive(
    overseer: str | None, stand_in: str | None, apart: bool
) -> None:
    """What an earlier executive oversaw goes on being counted for the public after the office has changed hands."""
    made = organ()
    former = replace(made.people[0], staff_id="former", offices=(Office.STAFF, Office.EXECUTIVE))
    made = replace(made, people=(*made.people, former))
    one = replace(case(Stage.RECEIVED), overseer=overseer, stand_in=stand_in)
    assert is_apart(one, made) is apart


def test_without_an_executive_no_case_is_apart_from_one() -> None:
    """An organ that has none yet, or has published nothing."""
    assert not is_apart(case(Stage.RECEIVED), replace(organ(), executive=None))
    assert not is_apart(case(Stage.RECEIVED), None)


def test_every_code_is_shown_whether_it_occurred_or_not() -> None:
    """So that what did not happen cannot be told from what happened to few."""
    seen = figures_of(half(), TODAY, ("violation",), ("law", "funds"))
    assert (seen.first, seen.last, seen.published_on) == (RECEIVED_ON, date(2026, 9, 30), TODAY)
    codes = [(figure.series, figure.code) for figure in seen.figures]
    assert codes[:9] == [(Series.STAGE, code) for code in ("received", *STAGES.values())]
    assert {(figure.least, figure.most) for figure in seen.figures} == {(0, 4)}
    assert seen.days == tuple(DaysTaken(span=span, median=None, longest=None) for span in Span)
    assert len(seen.ratings) == len(Respondent) * len(QUESTIONS)


def test_a_total_is_not_told_beyond_its_parts() -> None:
    """Twenty ended, four of each of five categories: the total is shown as 15 or more."""
    categories = ("a", "b", "c", "d", "e")
    counts = {(Series.CATEGORY, code): 4 for code in categories} | {(Series.STAGE, "closed"): 20}
    seen = figures_of(half(counts=counts), TODAY, (), categories)
    assert Figure(series=Series.STAGE, code="closed", least=15, most=None) in seen.figures


def test_what_was_ended_before_there_were_categories_is_shown_all_the_same() -> None:
    """A total that its parts cannot make up is still told truly; so is a code that the organ has given up since."""
    counts = {(Series.STAGE, "closed"): 12, (Series.CATEGORY, "old"): 6}
    seen = figures_of(half(counts=counts), TODAY, (), ("new",))
    assert Figure(series=Series.STAGE, code="closed", least=10, most=14) in seen.figures
    assert [figure.code for figure in seen.figures if figure.series is Series.CATEGORY] == ["new", "old"]


def test_answers_are_shown_as_how_many_and_the_middle_one() -> None:
    """Where there are five or more."""
    scores = {(Respondent.STAFF, "clear"): {3: 1, 4: 4}}
    seen = figures_of(half(scores=scores), TODAY, (), ())
    rating = Rating(respondent=Respondent.STAFF, question="clear", least=5, most=9, median=4)
    assert rating in seen.ratings
