"""A case as a staff member reads it: what is wrong with it, the facts under their questions, the thread, the files.

Pure: an opened case in, lines out. Only verified letters get here; every word of a stranger passes through `foreign`.
Neither the reporter's channel nor any time of day is shown.
"""

from collections.abc import Iterator

from bot.anonymity.roster import Roster
from bot.anonymity.sealing import Compartment
from bot.anonymity.signing import Audience
from bot.conversation.effects import Text
from madoguchi.foreign import one_line, quoted
from madoguchi.staff.masked import masked_part
from madoguchi.staff.opening import Sheet
from madoguchi.staff.owing import log_lines, owed_lines, standing_lines
from madoguchi.staff.reading import Line, Reading, desk_name, person, title
from madoguchi.staff.saving import files_of, harmless_name
from madoguchi.staff.thread import thread_lines

#: Keys of the answers whose values are staff ids or desks, and are shown as names.
_NAMED = frozenset({"desk", "keep_from"})
_IDENTITY_WARNING = "case.identity_reminder"


def case_lines(
    sheet: Sheet, reading: Reading, *, with_identity: bool = False, whole_log: bool = False
) -> Iterator[Line]:
    """Return a case line by line: what is owed on top, the log at the end."""
    yield from _head(sheet, reading)
    yield from _warnings(sheet, reading)
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
    for key, value in facts.answers.items():
        yield from _answer(key, value, sheet.roster, reading)
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
        for key, value in sheet.case.identity.answers.items():
            yield from _answer(key, value, sheet.roster, reading)


def _answer(key: str, value: str | list[str], roster: Roster, reading: Reading) -> Iterator[Line]:
    yield Line(_label(key, reading))
    values = [value] if isinstance(value, str) else value
    for one in values:
        shown = _known(key, one, roster, reading)
        yield from (Line(line) for line in quoted(shown))


def _label(key: str, reading: Reading) -> str:
    own = reading.words.known(f"label.{key}")
    for asked in (f"question.{key}.label", f"question.{key}.prompt"):
        if own is None and asked in reading.catalog and not reading.catalog.placeholders(asked):
            return reading.catalog.text(reading.words.language, Text(asked))
    return own or one_line(key)


def _known(key: str, value: str, roster: Roster, reading: Reading) -> str:
    """Return the label of a chosen option, a desk's or a person's name, or the words as they were written."""
    option = f"option.{key}.{value}"
    if option in reading.catalog and not reading.catalog.placeholders(option):
        return reading.catalog.text(reading.words.language, Text(option))
    if key in _NAMED:
        return desk_name(roster, person(roster, value, reading.words), reading.words)
    return value


def _files(sheet: Sheet, reading: Reading) -> Iterator[Line]:
    files = files_of(sheet.case)
    if files:
        yield from title("case.files", reading)
    for place, file in enumerate(files, 1):
        size = reading.words("case.file", name=harmless_name(place, file.name), size=f"{file.size:,}")
        yield Line(f"  {size}")
