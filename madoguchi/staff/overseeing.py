"""What whoever oversees sees: all open cases, what is due first on top, then what the organ lacks. No content.

What is overdue and due today comes in colour and first, so that five seconds are enough. A table for eyes, plain lines
for programs.
"""

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.table import Table

from backend.contract.oversight import Gaps, OverseenLine, Overview
from bot.anonymity.roster import Roster
from madoguchi.staff.reading import Line, Reading, days_left, desk_name, person, pressing
from madoguchi.telling import STYLES, Teller

_WHOLE = frozenset({"due", "number", "who"})
_COLUMNS = ("due", "number", "owes", "who", "stage", "desk", "owner", "note")


def show_overview(teller: Teller, overview: Overview, roster: Roster, reading: Reading, soon: int) -> None:
    """Print the overview; what is due within `soon` days stands out."""
    for line in _head(overview, roster, reading):
        teller.show(line.text, line.tone)
    if not overview.cases:
        teller.say("oversee.none", "quiet")
    elif teller.console.is_terminal:
        teller.console.print(_table(overview, roster, reading, soon))
    else:
        for each in overview.cases:
            teller.show("\t".join(_cells(each, roster, reading)))
    for line in _foot(overview, roster, reading):
        teller.show(line.text, line.tone)


def _head(overview: Overview, roster: Roster, reading: Reading) -> Iterator[Line]:
    words, counts = reading.words, overview.counts
    tone = "warning" if counts.overdue or counts.due_today else "soon" if counts.waiting else "good"
    yield Line(
        words(
            "oversee.pressing",
            over=counts.overdue,
            today=counts.due_today,
            waiting=counts.waiting,
            open=counts.open,
        ),
        tone,
    )
    for alert in overview.alerts:
        desk, what = desk_name(roster, alert.desk, words), words(f"alert.{alert.what}")
        yield Line(words("inbox.alert", number=alert.case_number, on=alert.on, desk=desk, what=what), "warning")
    for proposal in overview.proposals:
        act, who = words(f"act.{proposal.move}"), person(roster, proposal.proposer, words)
        told = words("oversee.waits", number=proposal.case_number, who=who, act=act, day=proposal.proposed_on)
        yield Line(told, "soon")


def _foot(overview: Overview, roster: Roster, reading: Reading) -> Iterator[Line]:
    words = reading.words
    if overview.external:
        numbers = ", ".join(line.case_number for line in overview.external)
        yield Line(words("oversee.external", count=len(overview.external), numbers=numbers), "quiet")
    for absence in overview.absences:
        told = {"begins": absence.begins, "ends": absence.ends}
        yield Line(words("oversee.absent", who=person(roster, absence.staff_id, words), **told), "quiet")
    gaps = list(_gaps(overview.gaps, roster, reading))
    if gaps:
        yield Line("")
        yield Line(words("oversee.gaps"), "title")
        yield from gaps


def _gaps(gaps: Gaps, roster: Roster, reading: Reading) -> Iterator[Line]:
    words = reading.words
    for department in gaps.departments:
        yield Line(words("oversee.gap.department", department=department), "soon")
    for each in gaps.training:
        who = person(roster, each.staff_id, words)
        is_over = each.until is None or each.until < reading.today
        key = "oversee.gap.never" if each.until is None else "oversee.gap.over" if is_over else "oversee.gap.soon"
        yield Line(words(key, who=who, day=each.until or ""), "warning" if is_over else "soon")
    for staff_id in gaps.rules_unread:
        yield Line(words("oversee.gap.rules", who=person(roster, staff_id, words)), "soon")


def _cells(line: OverseenLine, roster: Roster, reading: Reading, *, briefly: bool = False) -> tuple[str, ...]:
    words = reading.words
    kind = "" if line.kind == "report" else words(f"preserved.kind.{line.kind}")
    needs = [words(f"need.{need}") for need in line.needs]
    waiting = [words("inbox.waiting")] if line.waiting else []
    return (
        days_left(line.due_on, reading, briefly=briefly),
        line.case_number,
        words(f"owes.{line.owes}") if line.owes else "",
        words(f"oversee.by.{line.owed_by}") if line.owed_by else "",
        words(f"stage.{line.stage}"),
        desk_name(roster, line.desk, words),
        person(roster, line.owner, words) if line.owner else "—",
        " · ".join(filter(None, [kind, *waiting, *needs])),
    )


def _table(overview: Overview, roster: Roster, reading: Reading, soon: int) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in _COLUMNS:
        # Japanese has no spaces to break at, and half a word would be cut off.
        table.add_column(reading.words(f"oversee.column.{column}"), no_wrap=column in _WHOLE, overflow="fold")
    for line in overview.cases:
        table.add_row(
            *_cells(line, roster, reading, briefly=True), style=STYLES[pressing(line.due_on, reading.today, soon)]
        )
    return table
