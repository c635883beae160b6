"""What investigators see of a case, and what everyone is to observe in its present phase.

Pure. Of a case that is opened masked there is nothing to show but what stands here: no facts, no letters, no files.
"""

from collections.abc import Iterator

from backend.contract import CaseLine
from backend.domain.lifecycle import PHASES
from bot.anonymity.errors import ForgedError
from bot.anonymity.letters import Note, read
from bot.anonymity.roster import Roster
from bot.anonymity.signing import Audience
from bot.anonymity.threads import Thread
from madoguchi.foreign import quoted
from madoguchi.staff.opening import MaskedSheet
from madoguchi.staff.reading import Line, Reading, days_left, desk_name, person, title


def observed(line: CaseLine, reading: Reading) -> Iterator[Line]:
    """Return what is to be observed in the case's present phase (Guidelines 2(4); the Act on searches and secrecy)."""
    phase = PHASES[line.stage]
    yield Line(reading.words("observe.title", phase=f"@phase.{phase}"), "title")
    yield from (Line(f"  {reading.words(key)}") for key in ("observe.always", "observe.search", f"observe.{phase}"))


def masked_lines(sheet: MaskedSheet, reading: Reading) -> Iterator[Line]:
    """Return a case as an investigator sees it."""
    line, words = sheet.file.line, reading.words
    yield Line(words("case.title", number=line.case_number), "title")
    yield Line(words("case.stage", stage=words(f"stage.{line.stage}"), desk=desk_name(sheet.roster, line.desk, words)))
    owes = words(f"owes.{line.owes}") + ": " if line.owes else ""
    yield Line(owes + days_left(line.due_on, reading))
    yield from observed(line, reading)
    if sheet.case.thread.refused:
        yield Line("! " + words("case.refused", count=sheet.case.thread.refused), "warning")
    yield from masked_part(sheet.case.thread, sheet.roster, reading)


def masked_part(thread: Thread, roster: Roster, reading: Reading) -> Iterator[Line]:
    """Return what stands in the masked compartment, in the order in which it was written."""
    notes = [letter for letter in thread.letters if letter.envelope.audience is Audience.MASKED]
    yield from title("mask.title", reading)
    if not notes:
        yield Line(reading.words("mask.nothing"), "quiet")
    for letter in sorted(notes, key=lambda one: one.message_id):
        yield Line(person(roster, letter.envelope.author, reading.words), "quiet")
        try:
            yield from map(Line, quoted(read(Note, letter.envelope.body).text))
        except ForgedError:
            yield Line(reading.words("letter.unreadable"))
