"""What an organ makes of the talk: texts, questions and categories of its own, its rules, and what it promises.

It stands in the signed roster as plain values, and is read into `HouseStyle` here. Whether it fits the forms and texts
of this version is asked in `style_checks`; laid over them unasked, it could stop the talk. Fields may be added, each
with a default; none is renamed.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bot.conversation.catalog import Catalog
from bot.conversation.form import Conditions, Form, FormQuestion, Group
from bot.conversation.promises import Law, Promise

#: The question whose list of options an organ adds its own matters to (Guidelines 2(6)(b)).
CATEGORY = "category"
#: The option that stands for what an organ has not listed.
_UNLISTED = "specified"

#: An extended form's version is `edition * _EDITIONS + version`, so that it tells both.
_EDITIONS = 1000


class StyleUnreadableError(Exception):
    """The roster was signed by another version of the program; whoever runs the bot brings it up to date."""


class QuestionWords(Struct, frozen=True, forbid_unknown_fields=True):
    """A question in one language."""

    prompt: str
    #: How the answer is called in the summary, and by staff.
    label: str
    hint: str = ""
    #: By value.
    options: dict[str, str] = {}


class OwnQuestion(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A question of the organ's own: asked by itself, after a group of a flow."""

    flow: str
    after: str
    id: str
    kind: Literal["line", "text", "choice", "many"]
    #: By language.
    words: dict[str, QuestionWords]
    options: tuple[str, ...] = ()
    when: Conditions = {}
    skippable: bool = True
    compartment: Literal["facts", "identity"] = "facts"


class OwnCategory(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of matter that the organ takes reports about although no law is broken."""

    code: str
    #: By language.
    words: dict[str, str]


class OwnRules(Struct, frozen=True):
    """The organ's internal rules (Guidelines 2(1)ii); version 0 where it has published none."""

    version: int = 0
    #: By language.
    text: dict[str, str] = {}


class HouseStyle(Struct, frozen=True, kw_only=True):
    """All of it. An organ that sets nothing has the talk as it comes."""

    #: Serial of the roster in which questions or categories changed last.
    edition: int = 0
    #: Texts in place of ours, by language and key.
    texts: dict[str, dict[str, str]] = {}
    questions: tuple[OwnQuestion, ...] = ()
    categories: tuple[OwnCategory, ...] = ()
    rules: OwnRules = OwnRules()
    #: By obligation; several where a change is announced.
    promises: dict[str, tuple[Promise, ...]] = {}
    laws: tuple[Law, ...] = ()
    #: The organ's own, by which its days begin.
    time_zone: str = "UTC"

    def plain(self) -> "HouseStyle":
        """Give what is left where texts and questions do not fit: rules, promises and laws."""
        return replace(self, texts={}, questions=(), categories=())


def read_house_style(builtins: Mapping[str, Any]) -> HouseStyle:
    """Read what stands in a roster. Raises `StyleUnreadableError` for what this version does not know."""
    try:
        return msgspec.convert(builtins, HouseStyle)
    except msgspec.ValidationError as strange:
        raise StyleUnreadableError from strange


def extended(form: Form, style: HouseStyle) -> Form:
    """Give a form with the organ's questions in it, each a group of its own, and its kinds of matter. They must fit."""
    own = [question for question in style.questions if question.flow == form.flow]
    groups = tuple(_listing(group, style.categories) for group in form.group)
    if not own and groups == form.group:
        return form
    form = replace(form, version=style.edition * _EDITIONS + form.version, group=groups)
    placed: dict[str, str] = {}
    for question in own:
        form = _with(form, question, placed)
        placed[question.id] = question.after
    return form


def worded(catalog: Catalog, style: HouseStyle) -> Catalog:
    """Give the texts with the organ's own laid over them. They must fit."""
    return catalog.overlaid({language: dict(_texts(style, language)) for language in catalog.languages})


def place_after(form: Form, name: str) -> int:
    """Give the place behind a group, each time of a repeated one included; 0 where there is none of this name."""
    return max((at for at, group in enumerate(form.group, 1) if name in (group.id, group.of)), default=0)


def when_asked(form: Form, question: OwnQuestion) -> Conditions:
    """Give when a question is asked: what belongs to the identity, only of those whom the form asks for theirs."""
    if question.compartment != "identity":
        return question.when
    named = next((group.when for group, each in form.questions() if each.compartment == "identity"), {})
    return {**named, **question.when}


def _listing(group: Group, categories: tuple[OwnCategory, ...]) -> Group:
    """Let what the organ names stand where the form has only that it names something."""
    if not categories:
        return group
    return replace(group, question=tuple(_with_kinds(question, categories) for question in group.question))


def _with_kinds(question: FormQuestion, categories: tuple[OwnCategory, ...]) -> FormQuestion:
    if question.id != CATEGORY:
        return question
    own = tuple(category.code for category in categories)
    at = question.options.index(_UNLISTED)
    return replace(question, options=(*question.options[:at], *own, *question.options[at + 1 :]))


def _with(form: Form, own: OwnQuestion, placed: Mapping[str, str]) -> Form:
    question = FormQuestion(own.id, own.kind, own.options, skippable=own.skippable, compartment=own.compartment)
    group = Group(own.id, (question,), when_asked(form, own))
    at = place_after(form, own.after)
    # Several questions after one group stand in the order in which they were written.
    while at < len(form.group) and placed.get(form.group[at].id) == own.after:
        at += 1
    return replace(form, group=(*form.group[:at], group, *form.group[at:]))


def _texts(style: HouseStyle, language: str) -> Iterator[tuple[str, str]]:
    yield from style.texts.get(language, {}).items()
    for question in style.questions:
        words = question.words[language]
        yield f"group.{question.id}", words.label
        for name in ("prompt", "label", "hint"):
            if text := getattr(words, name):
                yield f"question.{question.id}.{name}", text
        for value, text in words.options.items():
            yield f"option.{question.id}.{value}", text
    for category in style.categories:
        yield f"option.{CATEGORY}.{category.code}", category.words[language]
