"""A staff member's inbox: alerts, how much presses, what is due first. A table for eyes, plain lines for programs."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from rich.box import SIMPLE_HEAD
from rich.table import Table

from backend.contract import Alert, CaseLine, Reminder, StaffInbox
from bot.anonymity.roster import Roster
from madoguchi.staff.reading import Reading, days_left, desk_name, person, pressing
from madoguchi.telling import STYLES, Teller

#: The table asks "what now?" first; the plain lines keep the order in which programs read them.
_COLUMNS = ("due", "number", "owes", "stage", "desk", "awaits", "owner")


class View(NamedTuple):
    """Who looks, by which roster, and within how many days something presses."""

    teller: Teller
    roster: Roster
    reading: Reading
    soon: int


def show_inbox(view: View, inbox: StaffInbox, *, everything: bool = False) -> None:
    """Print alerts, further reminders, and cases; what is overdue, due today or due soon stands out.

    For eyes, cases that rest are counted and not listed, unless `everything` is asked for.
    """
    for alert in inbox.alerts:
        _alert(view, alert)
    for reminder in further_reminders(inbox):
        view.teller.show(_reminder_words(view, reminder), pressing(reminder.due_on, view.reading.today, view.soon))
    if not inbox.cases:
        view.teller.say("inbox.empty", "quiet")
        return
    if not view.teller.console.is_terminal:
        _show(view, inbox.cases)
        return
    shown = [line for line in inbox.cases if everything or not _rests(line)]
    if shown:
        view.teller.show(_pressing_words(view, shown), pressing(shown[0].due_on, view.reading.today, view.soon))
        _show(view, shown)
    if resting := len(inbox.cases) - len(shown):
        view.teller.say("inbox.resting", "quiet", count=resting)


def show_due(view: View, inbox: StaffInbox, days: int) -> None:
    """Print what falls due within so many days, or is overdue, and nothing else."""
    until = view.reading.today + timedelta(days=days)
    due = [line for line in inbox.cases if line.due_on and line.due_on <= until]
    others = [reminder for reminder in further_reminders(inbox) if reminder.due_on <= until]
    for reminder in others:
        view.teller.show(_reminder_words(view, reminder), pressing(reminder.due_on, view.reading.today, view.soon))
    if due:
        _show(view, due)
    elif not others:
        view.teller.say("due.none", "good", day=until)


def further_reminders(inbox: StaffInbox) -> list[Reminder]:
    """Return the reminders that the lines do not show: what else a case owes, and what is owed on others' cases."""
    shown = {(line.case_number, line.owes) for line in inbox.cases}
    return [reminder for reminder in inbox.reminders if (reminder.case_number, reminder.obligation) not in shown]


def _rests(line: CaseLine) -> bool:
    """Whether the desk owes nothing on a case and nobody waits."""
    return line.due_on is None and not line.awaits_answer


def _reminder_words(view: View, reminder: Reminder) -> str:
    words = view.reading.words
    owed = words("case.owed", what=words(f"owes.{reminder.obligation}"), due=days_left(reminder.due_on, view.reading))
    desk = desk_name(view.roster, reminder.desk, words)
    return words("inbox.reminder", number=reminder.case_number, desk=desk, owed=owed)


def _show(view: View, lines: Sequence[CaseLine]) -> None:
    if view.teller.console.is_terminal:
        view.teller.console.print(_table(view, lines))
        return
    for line in lines:
        view.teller.show("\t".join(_plain(view, line)))


def _alert(view: View, alert: Alert) -> None:
    what = view.teller.words(f"alert.{alert.what}")
    desk = desk_name(view.roster, alert.desk, view.teller.words)
    view.teller.say("inbox.alert", "warning", number=alert.case_number, on=alert.on, desk=desk, what=what)


def _pressing_words(view: View, lines: Sequence[CaseLine]) -> str:
    left = [(line.due_on - view.reading.today).days for line in lines if line.due_on]
    counts = {
        "over": sum(days < 0 for days in left),
        "today": sum(days == 0 for days in left),
        "soon": sum(0 < days <= view.soon for days in left),
    }
    return view.reading.words("inbox.pressing", **counts, days=view.soon, all=len(lines))


def _plain(view: View, line: CaseLine) -> tuple[str, ...]:
    words = view.reading.words
    due = days_left(line.due_on, view.reading)
    return (
        line.case_number,
        desk_name(view.roster, line.desk, words),
        words(f"stage.{line.stage}"),
        line.received_on.isoformat(),
        words("case.owed", what=words(f"owes.{line.owes}"), due=due) if line.owes else due,
        _awaits(line, view.reading),
    )


def _cells(view: View, line: CaseLine) -> tuple[str, ...]:
    words = view.reading.words
    return (
        days_left(line.due_on, view.reading, briefly=True),
        line.case_number,
        words(f"owes.{line.owes}") if line.owes else "",
        words(f"stage.{line.stage}"),
        desk_name(view.roster, line.desk, words),
        words("inbox.brief.waiting") if line.waiting else words("inbox.brief.awaits") if line.awaits_answer else "",
        person(view.roster, line.owner, words) if line.owner else "",
    )


def _awaits(line: CaseLine, reading: Reading) -> str:
    key = "inbox.waiting" if line.waiting else "inbox.awaits" if line.awaits_answer else "inbox.answered"
    return reading.words(key)


def _table(view: View, lines: Sequence[CaseLine]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in _COLUMNS:
        table.add_column(view.teller.words(f"inbox.column.{column}"), no_wrap=column in ("due", "number"))
    for line in lines:
        table.add_row(*_cells(view, line), style=STYLES[pressing(line.due_on, view.reading.today, view.soon)])
    return table
