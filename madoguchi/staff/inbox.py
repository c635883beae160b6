"""A staff member's inbox: alerts first, then what is due first. A table for eyes, plain lines for programs."""

from rich.box import SIMPLE
from rich.table import Table

from backend.contract import CaseLine, StaffInbox
from bot.anonymity.roster import Roster
from madoguchi.staff.showing import Reading, desk_name, due_words
from madoguchi.telling import Teller

_COLUMNS = ("number", "desk", "stage", "received", "due", "awaits")


def show_inbox(teller: Teller, inbox: StaffInbox, roster: Roster, reading: Reading) -> None:
    """Print the inbox."""
    words = teller.words
    for alert in inbox.alerts:
        what = words(f"alert.{alert.what}")
        desk = desk_name(roster, alert.desk, words)
        teller.say("inbox.alert", "warning", number=alert.case_number, on=alert.on, desk=desk, what=what)
    if not inbox.cases:
        teller.say("inbox.empty", "quiet")
        return
    rows = [_cells(line, roster, reading) for line in inbox.cases]
    if teller.console.is_terminal:
        teller.console.print(_table(teller, rows))
    else:
        for row in rows:
            teller.show("\t".join(row))


def _cells(line: CaseLine, roster: Roster, reading: Reading) -> tuple[str, ...]:
    words = reading.words
    owes = f"{words(f'owes.{line.owes}')}: " if line.owes else ""
    return (
        line.case_number,
        desk_name(roster, line.desk, words),
        words(f"stage.{line.stage}"),
        line.received_on.isoformat(),
        owes + due_words(line.due_on, reading),
        words("inbox.awaits") if line.awaits_answer else words("inbox.answered"),
    )


def _table(teller: Teller, rows: list[tuple[str, ...]]) -> Table:
    table = Table(box=SIMPLE, pad_edge=False)
    for column in _COLUMNS:
        table.add_column(teller.words(f"inbox.column.{column}"))
    for row in rows:
        table.add_row(*row)
    return table
