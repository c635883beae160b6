"""What is owed on a case, and what was done to it: the top and the end of how staff see one."""

from collections.abc import Iterator
from typing import Final

from backend.contract import CaseFile, Duty
from backend.domain.obligations import BY_ITSELF, OWED_BY, next_owed, open_duties
from bot.anonymity.roster import Roster
from madoguchi.staff.changes import act_words
from madoguchi.staff.opening import Sheet
from madoguchi.staff.reading import Line, Reading, days_left, person, pressing, title

#: How much of a log is shown unless all of it is asked for.
_NEWEST: Final = 5
#: Days within which what is due shows in colour; the store reminds by the organ's own figure.
SOON: Final = 3


def owed_lines(sheet: Sheet, reading: Reading) -> Iterator[Line]:
    """Return what is owed now, then all that is still open on the case."""
    line, words = sheet.file.line, reading.words
    first = next_owed(sheet.file.duties)
    if first:
        yield Line("→ " + _owed(first, reading), _tone(first, reading))
    elif line.owes:
        # A store that gives no duties still says what its line says.
        yield Line(f"→ {words(f'owes.{line.owes}')}: {days_left(line.due_on, reading)}")
    for duty in open_duties(sheet.file.duties):
        if duty != first:
            yield Line("  " + _owed(duty, reading), _tone(duty, reading))


def standing_lines(sheet: Sheet, reading: Reading) -> Iterator[Line]:
    """Return by when the case is expected to end, who is responsible, and whether something waits."""
    line, words = sheet.file.line, reading.words
    if line.expected_on:
        yield Line(words("case.expected", day=line.expected_on))
    owner = person(sheet.roster, line.owner, words) if line.owner else words("case.nobody")
    yield Line(words("case.owner", who=owner), "plain" if line.owner else "quiet")
    if line.waiting:
        yield Line("! " + words("case.waiting"), "warning")


def log_lines(file: CaseFile, roster: Roster, reading: Reading, *, whole: bool) -> Iterator[Line]:
    """Return what was done to the case, the newest last; the older part is folded unless `whole`."""
    folded = 0 if whole else max(0, len(file.log) - _NEWEST)
    yield from title("case.log", reading)
    if folded:
        yield Line(reading.words("case.folded", count=folded), "quiet")
    for entry in file.log[folded:]:
        yield Line(act_words(entry, roster, reading.words), "quiet")


def _owed(duty: Duty, reading: Reading) -> str:
    words = reading.words
    by = words(f"owed_by.{OWED_BY[duty.obligation]}") if duty.obligation in OWED_BY else None
    by = words("owed_by.mechanism") if duty.obligation in BY_ITSELF else by
    told = words("case.owed", what=words(f"owes.{duty.obligation}"), due=days_left(duty.due_on, reading))
    return f"{told} [{by}]" if by else told


def _tone(duty: Duty, reading: Reading) -> str:
    is_ours = duty.obligation not in OWED_BY and duty.obligation not in BY_ITSELF
    return pressing(duty.due_on, reading.today, SOON) if is_ours else "quiet"
