"""The questions of a flow, as data: groups of questions, when they are asked, and where each answer belongs.

It refuses to start with a form that has any fault, and lists all faults at once. What an answer means is not known
here; the form knows ids, kinds, options and conditions, and the catalogue knows the words.
"""

import tomllib
from typing import Any, Literal

import msgspec
from msgspec import Struct

#: A flag is a choice that nobody is asked: the talk sets it, and conditions look at it.
Kind = Literal["line", "text", "choice", "many", "files", "flag"]
Compartment = Literal["facts", "identity", "talk"]
#: What is made of the answers: kinds of case as the case store knows them (`CaseKind`).
Purpose = Literal["report", "consultation", "feedback", "relief", "supervisor", "approach"]

#: Lists that an organ fills: its desks, the people who could read the report, those whom a typed name may mean.
OPTION_LISTS = ("desks", "readers", "meant")

#: Kinds whose answer is one of several values.
_CHOSEN = ("choice", "many", "flag")

#: The question that every form has: words that answer no other one are kept there.
REMARKS = "remarks"

#: Any answer at all.
ANYTHING = "*"

#: Earlier answers that must stand: question id to the values that will do, or to `ANYTHING`.
Conditions = dict[str, tuple[str, ...]]


class FormQuestion(Struct, frozen=True, forbid_unknown_fields=True):
    """One question of the form."""

    id: str
    kind: Kind
    #: Values of a choice, or the name of a list in `OPTION_LISTS`.
    options: tuple[str, ...] | str = ()
    #: What counts when the question was skipped, and is offered first.
    default: str = ""
    skippable: bool = True
    compartment: Compartment = "facts"
    #: Catalogue keys said when an option is chosen.
    says: dict[str, tuple[str, ...]] = {}
    #: Whose texts it uses; its own where empty.
    of: str = ""
    #: The question whose answer stands in this one's prompt, as `{words}`.
    quotes: str = ""
    #: Which one of several, in a group that is asked again; 1 for the first.
    number: int = 1

    @property
    def wording(self) -> str:
        """The id under which its texts stand."""
        return self.of or self.id

    @property
    def worded(self) -> bool:
        """Whether the answer is words."""
        return self.kind in ("line", "text")

    @property
    def lingers(self) -> bool:
        """Whether several things may be given one after the other, until the person says that this is all."""
        return self.kind in ("many", "files")


class Group(Struct, frozen=True, forbid_unknown_fields=True):
    """Questions that a form shows on one page."""

    id: str
    question: tuple[FormQuestion, ...]
    when: Conditions = {}
    #: What is shown above the group, such as `exposure`.
    notice: str = ""
    #: How often it can be asked: after each time, whether there is another.
    repeat: int = 1
    #: The repeated group along with which this one is asked, once for each time.
    along: str = ""
    #: Whose title it bears; its own where empty.
    of: str = ""


class FirstWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Where words go that come before any question, and what they answer besides."""

    question: str
    answers: dict[str, str] = {}


class Form(Struct, frozen=True, forbid_unknown_fields=True):
    """All questions of one flow. Answers bear the version, so an old draft is recognised."""

    version: int
    first_words: FirstWords
    group: tuple[Group, ...]
    flow: str = "report"
    kind: Purpose = "report"

    def questions(self) -> tuple[tuple[Group, FormQuestion], ...]:
        """List every question with its group, in the order of asking."""
        return tuple((group, question) for group in self.group for question in group.question)


class FormFaultyError(Exception):
    """Whoever edits the form must act: `faults` lists everything that is wrong with it."""

    def __init__(self, faults: list[str]) -> None:
        """Keep all faults, one sentence each."""
        super().__init__("; ".join(faults))
        self.faults = faults


def read_form(source: str) -> Form:
    """Read a form from TOML and check it whole. Raises `FormFaultyError` with every fault found."""
    try:
        raw = tomllib.loads(source)
    except tomllib.TOMLDecodeError as fault:
        raise FormFaultyError([f"not TOML: {fault}"]) from None
    faults = _misshapen(raw)
    if faults:
        raise FormFaultyError(faults)
    try:
        form = msgspec.convert(raw, Form)
    except msgspec.ValidationError as fault:
        raise FormFaultyError([str(fault)]) from None
    faults = _contradictions(form)
    if faults:
        raise FormFaultyError(faults)
    return form


def _misshapen(raw: dict[str, Any]) -> list[str]:
    """Convert piece by piece, since one conversion of the whole stops at its first fault."""
    faults = []
    shell = raw | {"group": []}
    pieces: list[tuple[str, object, type]] = [("form", shell, Form)]
    for at, group in enumerate(_tables(raw, "group")):
        name = f"group {group.get('id', at + 1)}"
        pieces.append((name, group | {"question": []}, Group))
        pieces += [
            (f"{name}: question {question.get('id', '?')}", question, FormQuestion)
            for question in _tables(group, "question")
        ]
    for name, piece, shape in pieces:
        try:
            msgspec.convert(piece, shape)
        except msgspec.ValidationError as fault:
            faults.append(f"{name}: {fault}")
    return faults


def _tables(raw: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = raw.get(name, [])
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _contradictions(form: Form) -> list[str]:
    faults = [] if form.group else ["there is no group"]
    earlier: dict[str, FormQuestion] = {}
    for group in form.group:
        faults += [f"group {group.id}: has no question"] if not group.question else []
        faults += _unmet(f"group {group.id}: when", group.when, earlier)
        faults += _repeated_faults(group, form)
        for question in group.question:
            faults += _question_faults(question, earlier)
            earlier[question.id] = question
    faults += _repeated("group", [group.id for group in form.group])
    faults += ["more than one question of kind files"] if _count_files(form) > 1 else []
    faults += _wordless(REMARKS, earlier) + _wordless(form.first_words.question, earlier)
    taken: Conditions = {asked: (value,) for asked, value in form.first_words.answers.items()}
    return faults + _unmet("first_words", taken, earlier)


def _repeated_faults(group: Group, form: Form) -> list[str]:
    repeated = {each.id for each in form.group if each.repeat > 1}
    faults = [
        (group.repeat < 1, "repeat must be 1 or more"),
        (bool(group.along) and group.along not in repeated, f"along: {group.along} is no repeated group"),
        (bool(group.along) and group.repeat > 1, "cannot be repeated and go along"),
        (group.repeat > 1 and any(each.kind == "files" for each in group.question), "files cannot be repeated"),
    ]
    return [f"group {group.id}: {fault}" for wrong, fault in faults if wrong]


def _question_faults(question: FormQuestion, earlier: dict[str, FormQuestion]) -> list[str]:
    name = f"question {question.id}"
    values = question.options
    faults = [
        (question.id in earlier, "this id is taken"),
        (isinstance(values, str) and values not in OPTION_LISTS, f"no list of options is called {values}"),
        (bool(values) != (question.kind in _CHOSEN), f"options do not fit the kind {question.kind}"),
        (bool(question.quotes) and question.quotes not in earlier, f"quotes: {question.quotes} is no earlier question"),
        (len(set(values)) < len(values) and not isinstance(values, str), "an option stands twice"),
        (not _offers(question, question.default), f"no option {question.default}"),
        *((not _offers(question, option), f"says: no option {option}") for option in question.says),
    ]
    return [f"{name}: {fault}" for wrong, fault in faults if wrong]


def _offers(question: FormQuestion, value: str) -> bool:
    """Whether the value is open: empty, listed, or from a list that only the organ knows."""
    return not value or isinstance(question.options, str) or value in question.options


def _unmet(name: str, conditions: Conditions, earlier: dict[str, FormQuestion]) -> list[str]:
    faults = []
    for asked, values in conditions.items():
        question = earlier.get(asked)
        if question is not None and values == (ANYTHING,):
            continue
        if question is None or question.kind not in ("choice", "flag"):
            faults.append(f"{name}: {asked} is no earlier choice")
        else:
            faults += [f"{name}: {asked} has no option {value}" for value in values if not _offers(question, value)]
    return faults


def _repeated(name: str, ids: list[str]) -> list[str]:
    return [f"{name} {each}: this id is taken" for at, each in enumerate(ids) if each in ids[:at]]


def _count_files(form: Form) -> int:
    return sum(question.kind == "files" for _, question in form.questions())


def _wordless(name: str, questions: dict[str, FormQuestion]) -> list[str]:
    question = questions.get(name)
    return [] if question and question.worded else [f"there is no question {name} for words"]
