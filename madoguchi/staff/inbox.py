"""A staff member's inbox: alerts, how much presses, what is due first. A table for eyes, plain lines for programs."""

from collections.abc import Sequence
from datetime import timedelta

from rich.box import SIMPLE_HEAD
from rich.table import Table

from backend.contract import Alert, CaseLine, StaffInbox
from bot.anonymity.roster import Roster
from madoguchi.staff.reading import Reading, days_left, desk_name, person, pressing
from madoguchi.telling import STYLES, Teller

#: The table asks "what now?" first; the plain lines keep the order in which programs read them.
_COLUMNS = ("due", "number", "owes", "stage", "desk", "awaits", "owner")


def show_inbox(teller: Teller, inbox: StaffInbox, roster: Roster, reading: Reading, soon: int) -> None:
    """Print all cases; what is due within `soon` days stands out."""
    for alert in inbox.alerts:
        _alert(teller, alert, roster)
    if not inbox.cases:
        teller.say("inbox.empty", "quiet")
        return
    if teller.console.is_terminal:
        teller.show(_pressing_words(inbox.cases, reading, soon), pressing(inbox.cases[0].due_on, reading.today, soon))
    _show(teller, inbox.cases, roster, reading, soon)


def show_due(teller: Teller, inbox: StaffInbox, roster: Roster, reading: Reading, days: int) -> None:
    """Print the cases in which something falls due within so many days, or is overdue; none of the others."""
    until = reading.today + timedelta(days=days)
    due = [line for line in inbox.cases if line.due_on and line.due_on <= until]
    if due:
        _show(teller, due, roster, reading, days)
    else:
        teller.say("due.none", "good", day=until)


def _show(teller: Teller, lines: Sequence[CaseLine], roster: Roster, reading: Reading, soon: int) -> None:
    if teller.console.is_terminal:
        teller.console.print(_table(teller, lines, roster, reading, soon))
        return
    for line in lines:
        teller.show("\t".join(_plain(line, roster, reading)))


def _alert(teller: Teller, alert: Alert, roster: Roster) -> None:
    what = teller.words(f"alert.{alert.what}")
    desk = desk_name(roster, alert.desk, teller.words)
    teller.say("inbox.alert", "warning", number=alert.case_number, on=alert.on, desk=desk, what=what)


def _pressing_words(lines: Sequence[CaseLine], reading: Reading, soon: int) -> str:
    left = [(line.due_on - reading.today).days for line in lines if line.due_on]
    counts = {
        "over": sum(days < 0 for days in left),
        "today": sum(days == 0 for days in left),
        "soon": sum(0 < days <= soon for days in left),
    }
    return reading.words("inbox.pressing", **counts, days=soon, all=len(lines))


def _plain(line: CaseLine, roster: Roster, reading: Reading) -> tuple[str, ...]:
    words = reading.words
    return (
        line.case_number,
        desk_name(roster, line.desk, words),
        words(f"stage.{line.stage}"),
        line.received_on.isoformat(),
        words("case.owed", what=words(f"owes.{line.owes}"), due=days_left(line.due_on, reading))
        if line.owes
        else days_left(line.due_on, reading),
        _awaits(line, reading),
    )


def _cells(line: CaseLine, roster: Roster, reading: Reading) -> tuple[str, ...]:
    words = reading.words
    return (
        days_left(line.due_on, reading),
        line.case_number,
        words(f"owes.{line.owes}") if line.owes else "",
        words(f"stage.{line.stage}"),
        desk_name(roster, line.desk, words),
        _awaits(line, reading),
        person(roster, line.owner, words) if line.owner else "",
    )


def _awaits(line: CaseLine, reading: Reading) -> str:
    key = "inbox.waiting" if line.waiting else "inbox.awaits" if line.awaits_answer else "inbox.answered"
    return reading.words(key)


def _table(teller: Teller, lines: Sequence[CaseLine], roster: Roster, reading: Reading, soon: int) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in _COLUMNS:
        table.add_column(teller.words(f"inbox.column.{column}"), no_wrap=column in ("due", "number"))
    for line in lines:
        table.add_row(*_cells(line, roster, reading), style=STYLES[pressing(line.due_on, reading.today, soon)])
    return table
