"""All flows that come with the product: read, checked whole, and laid out with each question as often as it is asked.

A group that can be asked again is laid out as often as it can be: `person`, `person.2`, `person.3`, each but the last
with a question whether there is another. A group that goes along with it is laid out as often. All faults of all files
are named at once.
"""

from collections.abc import Collection, Iterator, Mapping
from importlib.resources import files

from msgspec.structs import replace

from bot.conversation.form import ANYTHING, Form, FormFaultyError, FormQuestion, Group, read_form

#: The flow that words lead to which come before any question.
REPORT = "report"
#: The flow in which somebody says who they are, for the eyes of those who may know it.
IDENTITY = "identity"

#: Every flow, in the order in which they are offered.
FLOWS = (REPORT, "consultation", "concern", "feedback", "supervisor", "approach", IDENTITY)

_YES, _NO = "yes", "no"
_MORE = "_more"
#: Said above the last time that a group can be asked.
_LAST = "last_time"


def load_forms() -> dict[str, Form]:
    """Read the forms that come with the product, by flow. Raises `FormFaultyError` with the faults of all of them."""
    return read_forms(form_sources())


def form_sources() -> dict[str, str]:
    """Give the TOML texts of the forms that come with the product, by flow."""
    folder = files("bot.conversation") / "flows"
    return {flow: (folder / f"{flow}.toml").read_text("utf-8") for flow in FLOWS}


def read_forms(sources: Mapping[str, str]) -> dict[str, Form]:
    """Read forms from TOML, by flow, and lay them out. Raises `FormFaultyError`; each fault names its file."""
    forms, faults = {}, []
    for flow, source in sources.items():
        try:
            forms[flow] = laid_out(read_form(source))
        except FormFaultyError as refused:
            faults += [f"{flow}.toml: {fault}" for fault in refused.faults]
            continue
        if forms[flow].flow != flow:
            faults.append(f"{flow}.toml: flow is {forms[flow].flow}")
    if faults:
        raise FormFaultyError(faults)
    return forms


def laid_out(form: Form) -> Form:
    """Give the form with each group standing as often as it can be asked."""
    return replace(form, group=tuple(_each_time(form)))


def is_another(question: FormQuestion) -> bool:
    """Whether a question asks for another time of a repeated group."""
    return question.of.endswith(_MORE)


def _each_time(form: Form) -> Iterator[Group]:
    asked = {group.id: group for group in form.group}
    several = frozenset(each.id for group in form.group if group.along or group.repeat > 1 for each in group.question)
    for group in form.group:
        if group.along:
            # As long as there is something to go along with.
            first = asked[group.along].question[0].id
            yield from (
                _instance(group, number, several, {_numbered(first, number): (ANYTHING,)})
                for number in range(1, asked[group.along].repeat + 1)
            )
        elif group.repeat > 1:
            yield from _repeated(group, several)
        else:
            yield group


def _repeated(group: Group, several: Collection[str]) -> Iterator[Group]:
    more = group.id + _MORE
    for number in range(1, group.repeat + 1):
        given = {_numbered(more, number - 1): (_YES,)} if number > 1 else {}
        instance = _instance(group, number, several, given)
        if number < group.repeat:
            asks = FormQuestion(_numbered(more, number), "choice", (_NO, _YES), _NO, compartment="talk", of=more)
            instance = replace(instance, question=(*instance.question, asks))
        else:
            instance = replace(instance, notice=_LAST)
        yield instance


def _instance(group: Group, number: int, several: Collection[str], given: Mapping[str, tuple[str, ...]]) -> Group:
    when = {_numbered(name, number) if name in several else name: values for name, values in group.when.items()}
    return replace(
        group,
        id=_numbered(group.id, number),
        of=group.of or group.id,
        when={**when, **given},
        repeat=1,
        along="",
        question=tuple(_question(question, number) for question in group.question),
    )


def _question(question: FormQuestion, number: int) -> FormQuestion:
    quotes = _numbered(question.quotes, number) if question.quotes else ""
    # Nobody need have another one, even after saying so: whoever did by mistake passes it over.
    skippable = question.skippable or number > 1
    return replace(
        question,
        id=_numbered(question.id, number),
        of=question.wording,
        quotes=quotes,
        number=number,
        skippable=skippable,
    )


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}.{number}"
