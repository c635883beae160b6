"""A staff member's inbox: what is due today is what they see first."""

from datetime import timedelta
from io import StringIO

import pytest
from msgspec.structs import replace
from rich.console import Console

from backend.contract import CaseLine, Obligation, Reminder, StaffInbox, Stage
from madoguchi.staff.inbox import View, further_reminders, show_due, show_inbox
from madoguchi.telling import Teller
from tests.support.sealed_organ import TODAY, organ_roster
from tests.support.sheets import LINE, reading

#: An SGR sequence of the terminal each: bold red, bold orange, yellow.
OVERDUE, DUE_TODAY, DUE_SOON = "\x1b[1;31m", "\x1b[1;38;5;208m", "\x1b[33m"


def due(number: str, left: int | None, **more: object) -> CaseLine:
    """A case in which something falls due in so many days."""
    day = None if left is None else TODAY + timedelta(days=left)
    return replace(LINE, case_number=number, due_on=day, owes=LINE.owes if day else None, **more)


INBOX = StaffInbox(
    cases=(
        due("2026-AAAAAA", -4),
        due("2026-BBBBBB", 0, waiting=True),
        due("2026-CCCCCC", 2, owner="sato"),
        due("2026-DDDDDD", 30, awaits_answer=False),
        due("2026-EEEEEE", None, stage=Stage.REVIEWED),
    ),
    reminders=(
        Reminder(case_number="2026-AAAAAA", desk="main", obligation=Obligation.DECIDE_ACCEPTANCE, due_on=TODAY),
        Reminder(case_number="2026-FFFFFF", desk="north", obligation=Obligation.CHECK_INVESTIGATION, due_on=TODAY),
    ),
)


def seen(inbox: StaffInbox, *, days: int | None = None, language: str = "en", is_terminal: bool = True) -> str:
    """What somebody at a terminal sees of all cases, or of those due within some days."""
    teller = Teller(language)
    screen = StringIO()
    teller.console = Console(
        file=screen, force_terminal=is_terminal, width=140, color_system="256", markup=False, highlight=False
    )
    view = View(teller, organ_roster(), reading(language), 3)
    if days is None:
        show_inbox(view, inbox)
    else:
        show_due(view, inbox, days)
    return screen.getvalue()


def test_how_much_presses_is_said_above_all_cases() -> None:
    """One line answers what the day is going to be like."""
    assert "Overdue: 1 · due today: 1 · within 3 days: 1 · cases: 5" in seen(INBOX)
    assert "期限超過 1 件・今日まで 1 件・3 日以内 1 件・全部で 5 件" in seen(INBOX, language="ja")


@pytest.mark.parametrize(
    ("number", "colour"), [("2026-AAAAAA", OVERDUE), ("2026-BBBBBB", DUE_TODAY), ("2026-CCCCCC", DUE_SOON)]
)
def test_overdue_today_and_soon_have_colours_of_their_own(number: str, colour: str) -> None:
    """And words too, for whoever does not see colours."""
    row = next(line for line in seen(INBOX).splitlines() if number in line)
    assert colour in row
    assert any(word in row for word in ("4 days ago", "today", "in 2 days"))


def test_what_can_wait_stands_in_no_colour() -> None:
    """A case that owes nothing is listed last and quietly."""
    rows = seen(INBOX).splitlines()
    assert [line for line in rows if "2026-DDDDDD" in line and "\x1b[1;3" in line] == []
    assert rows.index(next(line for line in rows if "2026-EEEEEE" in line)) > 8


def test_only_what_is_due_is_shown_to_whoever_asks_for_that() -> None:
    """Today unless more days are asked for; overdue in any case."""
    today, month = seen(INBOX, days=0), seen(INBOX, days=30)
    assert [number for number in "ABCDE" if f"2026-{number * 6}" in today] == ["A", "B"]
    assert [number for number in "ABCDE" if f"2026-{number * 6}" in month] == ["A", "B", "C", "D"]
    assert "Nothing is due up to 2026-11-21." in seen(StaffInbox(cases=INBOX.cases[2:]), days=0)


def test_reminders_name_what_the_lines_do_not() -> None:
    """What a line says is not said twice; what is owed on somebody else's case is said."""
    assert [one.case_number for one in further_reminders(INBOX)] == ["2026-FFFFFF"]
    text = seen(StaffInbox(cases=(), reminders=INBOX.reminders[1:]), days=0)
    assert "Reminder: 2026-FFFFFF, 北: executive’s check of the investigation: due today" in text
    assert "2026-FFFFFF" in seen(INBOX)


def test_waiting_for_approval_and_the_responsible_person_are_shown() -> None:
    """So that nobody waits for a colleague who waits for the executive."""
    rows = seen(INBOX).splitlines()
    assert any("2026-BBBBBB" in line and "approval" in line for line in rows)
    assert any("2026-CCCCCC" in line and "sato" in line for line in rows)
