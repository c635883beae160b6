"""The letters of a case as staff read them: messages, notices with what they said, notes, and minutes by their kind.

Only verified letters get here. Codes are shown with their meaning, days with what they are for; free words stand behind
a bar, since some are a stranger's.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

import msgspec

from backend.contract import CodeList
from bot.anonymity.errors import ForgedError
from bot.anonymity.letters import Message, Minute, Notice, read
from bot.anonymity.roster import Roster
from bot.anonymity.signing import REPORTER, Audience, Kind
from bot.anonymity.threads import Letter
from madoguchi.foreign import one_line, quoted
from madoguchi.staff.answers import Filled, answer_lines
from madoguchi.staff.deeds import deed_of
from madoguchi.staff.opening import Sheet
from madoguchi.staff.purposes import purpose_line, struck
from madoguchi.staff.reading import Line, Reading, meaning, person, title
from madoguchi.words import Words


def thread_lines(sheet: Sheet, reading: Reading) -> Iterator[Line]:
    """Return the letters, then the minutes."""
    later = [one for one in sheet.case.thread.letters if _is_later(one)]
    minutes = [letter for letter in later if _is_minute(letter)]
    letters = [letter for letter in later if letter not in minutes]
    yield from title("case.thread", reading)
    if not letters:
        yield Line(reading.words("case.no_letters"), "quiet")
    for letter in letters:
        yield from _letter(letter, sheet, reading, reading.words(f"letter.{letter.envelope.kind}"))
    if minutes:
        yield from title("case.minutes", reading)
    for letter in minutes:
        yield from _letter(letter, sheet, reading, reading.words("letter.minute"))


def minute_lines(minute: Minute, reading: Reading) -> list[Line]:
    """Return a note or a minute: what it is, what it says beside its words, and its words."""
    words = reading.words
    told = [Line(line) for line in quoted(minute.text)] if minute.text else []
    if not minute.kind:
        return told
    is_unsaid = "unsaid" in minute.params
    return [Line(f"  {_titled(minute.kind, minute.params, words)}", "soon" if is_unsaid else "plain"), *told]


def _is_later(letter: Letter) -> bool:
    """Tell whether a letter came after the report; what investigators read and write stands by itself."""
    envelope = letter.envelope
    return envelope.kind not in (Kind.REPORT, Kind.IDENTITY) and envelope.audience is not Audience.MASKED


def _is_minute(letter: Letter) -> bool:
    """Tell whether a note is a record of its own rather than a word among the letters."""
    if letter.envelope.kind is not Kind.NOTE:
        return False
    minute = _read(Minute, letter)
    return minute is not None and bool(minute.kind) and "unsaid" not in minute.params


def _letter(letter: Letter, sheet: Sheet, reading: Reading, kind: str) -> Iterator[Line]:
    days = {one.message_id: one.on for one in sheet.file.letters}
    who, taken_back = _author(letter, sheet.roster, reading.words), struck(sheet)
    yield Line(f"{days.get(letter.message_id, '')} {who} ({kind})", "quiet")
    is_struck = letter.message_id in taken_back
    if is_struck:
        yield Line("  " + reading.words("letter.struck", day=taken_back[letter.message_id] or ""), "warning")
    try:
        said = list(_body(letter, sheet, reading, days))
    except (ForgedError, KeyError):
        said = [Line(reading.words("letter.unreadable"))]
    yield from (msgspec.structs.replace(line, tone="struck") if is_struck else line for line in said)


def _body(letter: Letter, sheet: Sheet, reading: Reading, days: dict[str, date]) -> Iterable[Line]:
    envelope = letter.envelope
    if (envelope.kind, envelope.author) != (Kind.MESSAGE, REPORTER):
        return _BODIES[envelope.kind](envelope.body, reading)
    return _from_reporter(read(Message, envelope.body), sheet, reading, days)


def _from_reporter(message: Message, sheet: Sheet, reading: Reading, days: dict[str, date]) -> Iterator[Line]:
    """Return what a letter is meant to do, its words, and the form that came with it."""
    meant = purpose_line(message, days, reading)
    if meant:
        yield meant
    if message.text:
        yield from map(Line, quoted(message.text))
    yield from answer_lines(Filled(message.flow, message.answers, message.labels), sheet.roster, reading)


def _author(letter: Letter, roster: Roster, words: Words) -> str:
    author = letter.envelope.author
    return words("letter.reporter") if author == REPORTER else person(roster, author, words)


def _message(body: bytes, _: Reading) -> list[Line]:
    return [Line(line) for line in quoted(read(Message, body).text)]


def _note(body: bytes, reading: Reading) -> list[Line]:
    return minute_lines(read(Minute, body), reading)


def _notice(body: bytes, reading: Reading) -> list[Line]:
    notice = read(Notice, body)
    told = quoted(notice.text) if notice.text else []
    return [Line(f"  {_titled(notice.kind, notice.params, reading.words)}"), *map(Line, told)]


def _renewal(_: bytes, reading: Reading) -> list[Line]:
    return [Line(f"  {reading.words('letter.renewed')}")]


_BODIES: Mapping[str, Callable[[bytes, Reading], list[Line]]] = {
    Kind.MESSAGE: _message,
    Kind.NOTICE: _notice,
    Kind.NOTE: _note,
    Kind.RENEWAL: _renewal,
}


def _read(shape: type[Minute], letter: Letter) -> Minute | None:
    try:
        return read(shape, letter.envelope.body)
    except ForgedError:
        return None


def _titled(kind: str, params: Mapping[str, str], words: Words) -> str:
    """Say what a notice or a minute is, and what its codes and days mean."""
    said = words.known(f"notice.{kind}") or words.known(f"minute.{kind}") or one_line(kind)
    details = [_detail(kind, name, value, words) for name, value in params.items()]
    return said + (words("letter.details", details=words("letter.comma").join(details)) if details else "")


def _detail(kind: str, name: str, value: str, words: Words) -> str:
    told = one_line(_code(kind, name, value, words))
    key = f"detail.{name}"
    return words(key, value=told) if words.known(key) else told


def _code(kind: str, name: str, value: str, words: Words) -> str:
    """Return what a code means to staff, and the code; anything else as it is."""
    deed = deed_of(kind)
    lists: dict[str, set[CodeList]] = {}
    if deed:
        lists = {"reason": {deed.step.reason} if deed.step.reason else set(), "unsaid": set(deed.step.unsaid)}
    told = next((found for each in sorted(lists.get(name, ())) if (found := meaning(each, value, words))), None)
    return words("letter.code", meaning=told, code=value) if told else value
