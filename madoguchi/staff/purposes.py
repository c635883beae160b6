"""What the reporter's later letters are meant to do, gathered over a whole case: what is taken back, what is wished.

Pure. Only verified letters of the reporter count, and only they can be taken back: whoever else names one changes
nothing.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from bot.anonymity.errors import ForgedError
from bot.anonymity.letters import Message, read
from bot.anonymity.purposes import Purpose
from bot.anonymity.sealing import Compartment
from bot.anonymity.signing import REPORTER, Kind
from madoguchi.staff.opening import Sheet
from madoguchi.staff.reading import Line, Reading


class _Said(NamedTuple):
    message_id: str
    on: date | None
    message: Message


def struck(sheet: Sheet) -> dict[str, date | None]:
    """Return which of the reporter's letters were taken back, and on which day; the first day counts."""
    said = {each.message_id: each for each in _said(sheet)}
    taken = [each for each in said.values() if each.message.about == Purpose.WITHDRAW_STATEMENT]
    return {each.message.refers: each.on for each in reversed(taken) if each.message.refers in said}


def named_lines(sheet: Sheet, reading: Reading) -> Iterator[Line]:
    """Return what everybody must see first: the matter was taken back, shall become a report, or has a name now."""
    words = reading.words
    for purpose, key, tone in (
        (Purpose.WITHDRAW_REPORT, "purpose.whole", "warning"),
        (Purpose.BECOME_REPORT, "purpose.wished", "soon"),
    ):
        first = next((each for each in _said(sheet) if each.message.about == purpose), None)
        if first is not None and (purpose is Purpose.WITHDRAW_REPORT or sheet.file.line.kind != "report"):
            yield Line("! " + words(key, day=first.on or "", number=sheet.file.line.case_number), tone)
    # The one that came with the report bears its compartment's name.
    if any(_is_later_name(letter.envelope.kind, letter.message_id) for letter in sheet.case.thread.letters):
        yield Line("! " + words("purpose.named", number=sheet.file.line.case_number), "soon")


def purpose_line(message: Message, days: dict[str, date], reading: Reading) -> Line | None:
    """Return what a letter is meant to do; none where it only says something, or is newer than this program."""
    day = days.get(message.refers, "")
    key = f"purpose.{message.about}"
    if not message.about or reading.words.known(key) is None:
        return None
    return Line(f"  → {reading.words(key, day=day)}", "soon")


def _said(sheet: Sheet) -> Iterator[_Said]:
    days = {letter.message_id: letter.on for letter in sheet.file.letters}
    for letter in sheet.case.thread.letters:
        if (letter.envelope.author, letter.envelope.kind) == (REPORTER, Kind.MESSAGE):
            try:
                yield _Said(letter.message_id, days.get(letter.message_id), read(Message, letter.envelope.body))
            except ForgedError:
                # Shown as unreadable in the thread: it says nothing here.
                continue


def _is_later_name(kind: str, part_id: str) -> bool:
    return kind == Kind.IDENTITY and part_id != Compartment.IDENTITY
