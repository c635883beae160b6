"""A case as a staff member reads it: what is wrong with it, the facts under their questions, the thread, the files.

Pure: an opened case in, lines out. Only verified letters get here; every word of a stranger passes through `foreign`.
Neither the reporter's channel nor any time of day is shown.
"""

from collections.abc import Iterator

from backend.contract import CaseKind
from bot.anonymity.sealing import Compartment
from bot.anonymity.signing import Audience
from madoguchi.foreign import one_line
from madoguchi.staff.answers import Filled, answer_lines
from madoguchi.staff.masked import masked_part
from madoguchi.staff.opening import Sheet
from madoguchi.staff.owing import log_lines, owed_lines, standing_lines
from madoguchi.staff.purposes import named_lines
from madoguchi.staff.reading import Line, Reading, desk_name, person, title
from madoguchi.staff.saving import files_of, harmless_name
from madoguchi.staff.thread import thread_lines

_IDENTITY_WARNING = "case.identity_reminder"


def case_lines(
    sheet: Sheet, reading: Reading, *, with_identity: bool = False, whole_log: bool = False
) -> Iterator[Line]:
    """Return a case line by line: what is owed on top, the log at the end."""
    yield from _head(sheet, reading)
    yield from _warnings(sheet, reading)
    yield from named_lines(sheet, reading)
    yield from _facts(sheet, reading)
    if with_identity:
        yield from _identity(sheet, reading)
    yield from thread_lines(sheet, reading)
    if any(letter.envelope.audience is Audience.MASKED for letter in sheet.case.thread.letters):
        yield from masked_part(sheet.case.thread, sheet.roster, reading)
    yield from _files(sheet, reading)
    yield from log_lines(sheet.file, sheet.roster, reading, whole=whole_log)


def _head(sheet: Sheet, reading: Reading) -> Iterator[Line]:
    line, words = sheet.file.line, reading.words
    yield Line(words("case.title", number=line.case_number), "title")
    yield Line(words("case.stage", stage=words(f"stage.{line.stage}"), desk=desk_name(sheet.roster, line.desk, words)))
    if line.kind != CaseKind.REPORT:
        yield Line(words("case.kind", kind=words(f"preserved.kind.{line.kind}")))
    yield Line(words("case.received", day=line.received_on), "quiet")
    yield from owed_lines(sheet, reading)
    yield from standing_lines(sheet, reading)


def _warnings(sheet: Sheet, reading: Reading) -> Iterator[Line]:
    thread, line, facts = sheet.case.thread, sheet.file.line, sheet.case.facts
    counted = (
        ("case.danger", facts.danger),
        (f"escalation.{line.escalation}", line.escalation != "none"),
        ("case.gone", sheet.gone),
        ("case.refused", thread.refused),
        ("case.repeats", thread.repeats),
        ("case.gaps", len(thread.gaps)),
        ("case.roster_expired", reading.today > sheet.roster.expires),
    )
    for key, count in counted:
        if count:
            yield Line("! " + reading.words(key, count=int(count)), "warning")


def _facts(sheet: Sheet, reading: Reading) -> Iterator[Line]:
    facts = sheet.case.facts
    yield from title("case.facts", reading)
    yield from answer_lines(Filled(facts.flow, facts.answers, facts.labels), sheet.roster, reading)
    yield Line(reading.words("case.language", language=one_line(facts.language)), "quiet")
    if facts.excluded:
        names = ", ".join(person(sheet.roster, one, reading.words) for one in facts.excluded)
        yield Line(reading.words("case.kept_from", names=names), "warning")


def _identity(sheet: Sheet, reading: Reading) -> Iterator[Line]:
    yield from title("case.identity", reading)
    if sheet.case.grant(Compartment.IDENTITY) is None:
        yield Line(reading.words("case.identity_closed"), "quiet")
    elif sheet.case.identity is None:
        yield Line(reading.words("case.anonymous"), "quiet")
    else:
        yield Line(reading.words(_IDENTITY_WARNING), "warning")
        said = Filled(sheet.case.facts.flow, sheet.case.identity.answers, sheet.case.facts.labels)
        yield from answer_lines(said, sheet.roster, reading)


def _files(sheet: Sheet, reading: Reading) -> Iterator[Line]:
    files = files_of(sheet.case)
    if files:
        yield from title("case.files", reading)
    for place, file in enumerate(files, 1):
        size = reading.words("case.file", name=harmless_name(place, file.name), size=f"{file.size:,}")
        yield Line(f"  {size}")
