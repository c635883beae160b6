"""What all that is shown to staff needs: who reads, in which words, and what people, desks and codes are called."""

from collections.abc import Iterable
from datetime import date
from typing import Final

import msgspec

from backend.contract import CodeList
from bot.anonymity.roster import Roster
from bot.conversation.catalog import Catalog
from madoguchi.foreign import one_line
from madoguchi.words import Words

#: Days that people call by a word.
_NEAR: Final = {-1: "yesterday", 0: "today", 1: "tomorrow"}


class Line(msgspec.Struct, frozen=True):
    """One line: how it is meant (plain | title | warning | today | soon | quiet) and what it says."""

    text: str
    tone: str = "plain"


class Reading(msgspec.Struct, frozen=True):
    """Who reads: in which language, with which texts of the questions, on which day."""

    words: Words
    catalog: Catalog
    today: date


def title(key: str, reading: Reading) -> Iterable[Line]:
    """Return the lines that begin a part of a case."""
    return (Line(""), Line(reading.words(key), "title"))


def person(roster: Roster, staff_id: str, words: Words) -> str:
    """Return a person's name; their id where the roster never knew it."""
    people = (*roster.members, *roster.former)
    return next((words.name(one.name) for one in people if one.staff_id == staff_id), one_line(staff_id))


def desk_name(roster: Roster, desk_id: str, words: Words) -> str:
    """Return a desk's name; its id where the roster does not know it any more."""
    return next((words.name(one.name) for one in roster.desks if one.desk_id == desk_id), one_line(desk_id))


def meaning(name: CodeList, code: str, words: Words) -> str | None:
    """Return what a code of a list means; none for codes that only the organ itself knows."""
    return words.known(f"code.{name}.{code}")


def days_left(due_on: date | None, reading: Reading, *, briefly: bool = False) -> str:
    """Return how long there is left for what is owed; briefly, where a column says that something is due."""
    manner = "brief." if briefly else ""
    if due_on is None:
        return reading.words(f"due.{manner}nothing")
    days = (due_on - reading.today).days
    key = _NEAR.get(days) or ("over" if days < 0 else "left")
    return reading.words(f"due.{manner}{key}", days=abs(days), day=due_on)


def pressing(due_on: date | None, today: date, soon: int) -> str:
    """Return the tone of what is due: overdue, today, within so many days, or later."""
    days = (due_on - today).days if due_on else soon + 1
    return "warning" if days < 0 else "today" if days == 0 else "soon" if days <= soon else "plain"
