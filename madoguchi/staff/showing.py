"""A case as a staff member reads it: what is wrong with it, the facts under their questions, the thread, the files.

Pure: an opened case in, lines out. Only verified letters get here; every word of a stranger passes through `foreign`.
Neither the reporter's channel nor any time of day is shown.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

import msgspec

from bot.anonymity.errors import ForgedError
from bot.anonymity.letters import Message, Note, Notice, read
from bot.anonymity.roster import Roster
from bot.anonymity.sealing import Compartment
from bot.anonymity.signing import REPORTER, Kind
from bot.anonymity.threads import Letter
from bot.conversation.catalog import Catalog
from bot.conversation.effects import Text
from madoguchi.foreign import one_line, quoted
from madoguchi.staff.opening import Sheet
from madoguchi.staff.saving import files_of, harmless_name
from madoguchi.words import Words


class Line(msgspec.Struct, frozen=True):
    """One line: how it is meant (plain | title | warning | quiet) and what it says."""

    text: str
    tone: str = "plain"


class Reading(msgspec.Struct, frozen=True):
    """Who reads: in which language, with which texts of the questions, on which day."""

    words: Words
    catalog: Catalog
    today: date


#: Keys of the answers whose values are staff ids or desks, and are shown as names.
_NAMED = frozenset({"desk", "keep_from"})
_IDENTITY_WARNING = "case.identity_reminder"


def case_lines(sheet: Sheet, reading: Reading, *, with_identity: bool) -> Iterator[Line]:
    """Return a case line by line."""
    yield from _head(sheet, reading)
    yield from _warnings(sheet, reading)
    yield from _facts(sheet, reading)
    if with_identity:
        yield from _identity(sheet, reading)
    yield from _thread(sheet, reading)
    yield from _files(sheet, reading)


def due_words(due_on: date | None, reading: Reading) -> str:
    """Return how long there is left for what is owed."""
    if due_on is None:
        return reading.words("due.nothing")
    days = (due_on - reading.today).days
    key = "due.over" if days < 0 else "due.today" if days == 0 else "due.left"
    return reading.words(key, days=abs(days), day=due_on)


def _head(sheet: Sheet, reading: Reading) -> Iterator[Line]:
    line, words = sheet.file.line, reading.words
    yield Line(words("case.title", number=line.case_number), "title")
    yield Line(words("case.stage", stage=words(f"stage.{line.stage}"), desk=desk_name(sheet.roster, line.desk, words)))
    owes = f"{words(f'owes.{line.owes}')}: " if line.owes else ""
    yield Line(words("case.received", day=line.received_on, due=owes + due_words(line.due_on, reading)))


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
    yield from _title("case.facts", reading)
    for key, value in facts.answers.items():
        yield from _answer(key, value, sheet.roster, reading)
    yield Line(reading.words("case.language", language=one_line(facts.language)), "quiet")
    if facts.excluded:
        names = ", ".join(_person(sheet.roster, one, reading.words) for one in facts.excluded)
        yield Line(reading.words("case.kept_from", names=names), "warning")


def _identity(sheet: Sheet, reading: Reading) -> Iterator[Line]:
    yield from _title("case.identity", reading)
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
        return desk_name(roster, _person(roster, value, reading.words), reading.words)
    return value


def _thread(sheet: Sheet, reading: Reading) -> Iterator[Line]:
    days = {letter.message_id: letter.on for letter in sheet.file.letters}
    later = [one for one in sheet.case.thread.letters if one.envelope.kind not in (Kind.REPORT, Kind.IDENTITY)]
    yield from _title("case.thread", reading)
    if not later:
        yield Line(reading.words("case.no_letters"), "quiet")
    for letter in later:
        who = _author(letter, sheet.roster, reading.words)
        kind = reading.words(f"letter.{letter.envelope.kind}")
        yield Line(f"{days.get(letter.message_id, '')} {who} ({kind})", "quiet")
        yield from map(Line, _body(letter, reading))


def _author(letter: Letter, roster: Roster, words: Words) -> str:
    author = letter.envelope.author
    return words("letter.reporter") if author == REPORTER else _person(roster, author, words)


def _body(letter: Letter, reading: Reading) -> list[str]:
    try:
        return _BODIES[letter.envelope.kind](letter.envelope.body, reading)
    except (ForgedError, KeyError):
        return [reading.words("letter.unreadable")]


def _message(body: bytes, _: Reading) -> list[str]:
    return quoted(read(Message, body).text)


def _note(body: bytes, _: Reading) -> list[str]:
    return quoted(read(Note, body).text)


def _notice(body: bytes, reading: Reading) -> list[str]:
    notice = read(Notice, body)
    said = reading.words.known(f"notice.{notice.kind}") or one_line(notice.kind)
    code = notice.params.get("reason")
    reason = f" ({one_line(code)})" if code else ""
    return [f"  {said}{reason}", *(quoted(notice.text) if notice.text else ())]


def _renewal(_: bytes, reading: Reading) -> list[str]:
    return [f"  {reading.words('letter.renewed')}"]


_BODIES: Mapping[str, Callable[[bytes, Reading], list[str]]] = {
    Kind.MESSAGE: _message,
    Kind.NOTICE: _notice,
    Kind.NOTE: _note,
    Kind.RENEWAL: _renewal,
}


def _files(sheet: Sheet, reading: Reading) -> Iterator[Line]:
    files = files_of(sheet.case)
    if files:
        yield from _title("case.files", reading)
    for place, file in enumerate(files, 1):
        size = reading.words("case.file", name=harmless_name(place, file.name), size=f"{file.size:,}")
        yield Line(f"  {size}")


def _title(key: str, reading: Reading) -> Iterable[Line]:
    return (Line(""), Line(reading.words(key), "title"))


def _person(roster: Roster, staff_id: str, words: Words) -> str:
    people = (*roster.members, *roster.former)
    return next((words.name(one.name) for one in people if one.staff_id == staff_id), one_line(staff_id))


def desk_name(roster: Roster, desk_id: str, words: Words) -> str:
    """Return a desk's name; its id where the roster does not know it any more."""
    return next((words.name(one.name) for one in roster.desks if one.desk_id == desk_id), one_line(desk_id))
