"""Answers of a form as staff read them: each under its question, chosen options by their labels, words behind a bar.

Wordings that came with the letter go before the product's own, for an old case keeps its form. What no form knows any
more stands under its id. Every word of a stranger passes through `foreign`.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from bot.anonymity.roster import Roster
from bot.conversation.effects import Text
from bot.conversation.forms import load_forms
from madoguchi.foreign import one_line, quoted
from madoguchi.staff.reading import Line, Reading, desk_name, person

Answers = Mapping[str, str | list[str]] | Mapping[str, str]

#: Keys of the answers whose values are staff ids or desks, and are shown as names.
_NAMED = frozenset({"desk", "keep_from", "keep_from_meant"})


class Filled(NamedTuple):
    """A form that was filled in: which, what was answered, and wordings of its own by catalogue key."""

    flow: str
    answers: Answers
    labels: Mapping[str, str] = {}


def answer_lines(filled: Filled, roster: Roster, reading: Reading) -> Iterator[Line]:
    """Return the answers, each under its question."""
    for name, value in filled.answers.items():
        wording, number = _asked(filled.flow, name)
        yield Line(_label(filled, wording, name, number, reading))
        for one in [value] if isinstance(value, str) else value:
            yield from (Line(line) for line in quoted(_known(filled, wording, one, roster, reading)))


@cache
def _wordings() -> Mapping[str, Mapping[str, str]]:
    return {
        flow: {question.id: question.wording for _, question in form.questions()} for flow, form in load_forms().items()
    }


def _asked(flow: str, name: str) -> tuple[str, str]:
    """Find under which id a question's texts stand, and which of several times it was asked."""
    base, _, number = name.partition(".")
    known = _wordings().get(flow, {})
    return known.get(name) or known.get(base) or base, number


def _label(filled: Filled, wording: str, name: str, number: str, reading: Reading) -> str:
    keys = (f"question.{wording}.label", f"question.{wording}.prompt")
    own = next((one_line(filled.labels[key]) for key in keys if key in filled.labels), None)
    said = own or reading.words.known(f"label.{name}") or _text(keys, reading) or one_line(wording)
    return reading.words("case.numbered", label=said, number=number) if number.isdecimal() else said


def _known(filled: Filled, wording: str, value: str, roster: Roster, reading: Reading) -> str:
    """Return the label of a chosen option, a desk's or a person's name, or the words as they were written."""
    option = f"option.{wording}.{value}"
    if option in filled.labels:
        return filled.labels[option]
    if shown := _text((option,), reading):
        return shown
    if wording in _NAMED:
        return desk_name(roster, person(roster, value, reading.words), reading.words)
    return value


def _text(keys: tuple[str, ...], reading: Reading) -> str | None:
    """Return the first of these texts that the product has and that stands by itself."""
    known = (key for key in keys if key in reading.catalog and not reading.catalog.placeholders(key))
    key = next(known, None)
    return None if key is None else reading.catalog.text(reading.words.language, Text(key))
