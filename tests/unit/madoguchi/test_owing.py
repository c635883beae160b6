"""What is owed on a case, and its log, as staff see them."""

from datetime import date, timedelta

import pytest

from backend.contract import Obligation
from madoguchi.staff.owing import log_lines, owed_lines
from madoguchi.staff.reading import Line, days_left, pressing
from madoguchi.staff.showing import case_lines
from tests.support.sealed_organ import SATO, TODAY, hand_over
from tests.support.sheets import duty, log, reading, sheet

OVER = hand_over()
CASE = OVER.opened_by(SATO)


def day(left: int) -> date:
    """A day so many days from today."""
    return TODAY + timedelta(days=left)


@pytest.mark.parametrize(
    ("left", "words", "tone"),
    [
        (20, "due in 20 days (2026-12-11)", "plain"),
        (3, "due in 3 days (2026-11-24)", "soon"),
        (1, "due tomorrow (2026-11-22)", "soon"),
        (0, "due today", "today"),
        (-1, "due yesterday (2026-11-20)", "warning"),
        (-2, "overdue by 2 days (2026-11-19)", "warning"),
    ],
)
def test_what_is_owed_is_told_in_days_and_presses_in_colour(left: int, words: str, tone: str) -> None:
    """Overdue is said as such, and each of overdue, today and soon has a colour of its own."""
    assert (days_left(day(left), reading()), pressing(day(left), TODAY, 3)) == (words, tone)


def test_where_nothing_is_owed_nothing_presses() -> None:
    """A case whose end was reached says so."""
    assert (days_left(None, reading()), pressing(None, TODAY, 3)) == ("nothing owed", "plain")


def test_what_the_desk_owes_next_comes_first_and_stands_out() -> None:
    """What others owe, or what comes by itself, is named as theirs and presses nobody here."""
    duties = (
        duty(Obligation.CHECK_INVESTIGATION, day(-3)),
        duty(Obligation.FINISH, day(60)),
        duty(Obligation.TELL_PROGRESS, day(2)),
        duty(Obligation.CHECK_IN, day(0)),
    )
    assert list(owed_lines(sheet(CASE, OVER, duties=duties), reading())) == [
        Line("→ tell how the investigation is going: due in 2 days (2026-11-23)", "soon"),
        Line(
            "  executive’s check of the investigation: overdue by 3 days (2026-11-18) [the executive’s to do]", "quiet"
        ),
        Line("  ask how the reporter is treated: due today [done by itself]", "quiet"),
        Line("  finish handling: due in 60 days (2027-01-20)", "plain"),
    ]


def test_what_is_owed_stands_above_all_else_of_a_case() -> None:
    """Whoever opens a case sees first what has to be done."""
    text = [
        one.text
        for one in case_lines(sheet(CASE, OVER, duties=(duty(Obligation.DECIDE_ACCEPTANCE, day(5)),)), reading())
    ]
    assert text[3].startswith("→ decide on acceptance: due in 5 days")
    assert text.index("── What was reported ──") > 3


def test_a_log_is_folded_to_its_newest_entries() -> None:
    """All of it is shown to whoever asks; who did what is told by name."""
    entries = log(("reporter", "received"), *[("sato", "opened")] * 5, ("sato", "accept"))
    file = sheet(CASE, OVER, entries=entries).file
    folded = [one.text for one in log_lines(file, OVER.roster, reading(), whole=False)]
    assert folded[2] == "2 earlier entries: open NUMBER --log shows all"
    assert folded[-1] == "2026-11-21 sato: accepted the report"
    whole = [one.text for one in log_lines(file, OVER.roster, reading(), whole=True)]
    assert (len(whole), whole[2]) == (9, "2026-11-21 Reporter: received the report")
