"""Whether an organ's own talk fits this version's forms and texts: every misfit at once, each with its place.

Asked before a roster is signed, and again by the bot that reads it, which may be of another version. A place is a path
into `HouseStyle`: `("questions", 0, "words", "en", "options", "yes")`. Decides nothing about what becomes of a misfit.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from enum import StrEnum
from string import Formatter
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from bot.conversation.catalog import Catalog
from bot.conversation.form import ANYTHING, Form, FormQuestion
from bot.conversation.house_style import (
    CATEGORY,
    HouseStyle,
    OwnQuestion,
    extended,
    place_after,
    when_asked,
)

_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,31}")
#: A message of the shortest-spoken chat, and a line on a telephone.
_LONGEST_TEXT: Final = 4000
_LONGEST_LABEL: Final = 120
_MOST_QUESTIONS: Final = 20
_MOST_OPTIONS: Final = 30
#: Flows that an official fills in; in all others everything can be passed over (Guidelines 3(1)ii).
_OFFICIAL: Final = frozenset({"supervisor", "approach"})
_KIND_WITH_OPTIONS: Final = frozenset({"choice", "many"})
#: What a channel or a copy gives away is the same wherever the talk runs: no organ words it otherwise.
_FIXED: Final = ("exposure.", "copy.finders", "copy.kept_by.")
_LABELS: Final = ("option.", "command.", "group.")

Place = tuple[str | int, ...]


class Wrong(StrEnum):
    """What does not fit."""

    UNKNOWN_TEXT = "unknown_text"
    UNKNOWN_TEXT_LIKE = "unknown_text_like"
    FIXED_TEXT = "fixed_text"
    PLACEHOLDERS = "placeholders"
    BRACES = "braces"
    LANGUAGE_MISSING = "language_missing"
    LANGUAGE_UNKNOWN = "language_unknown"
    BLANK = "blank"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    UNKNOWN_FLOW = "unknown_flow"
    UNKNOWN_GROUP = "unknown_group"
    BAD_ID = "bad_id"
    ID_TAKEN = "id_taken"
    OPTIONS_MISSING = "options_missing"
    OPTIONS_SURPLUS = "options_surplus"
    OPTION_TWICE = "option_twice"
    OPTION_WORDLESS = "option_wordless"
    OPTION_UNKNOWN = "option_unknown"
    CONDITION = "condition"
    CONDITION_VALUE = "condition_value"
    NOBODY_NAMED = "nobody_named"
    MUST_SKIP = "must_skip"
    NAMELESS = "nameless"


class Misfit(Struct, frozen=True):
    """One thing that does not fit: where, what, and what says more about it."""

    place: Place
    wrong: Wrong
    params: dict[str, str] = {}


def misfits(style: HouseStyle, forms: Mapping[str, Form], catalog: Catalog, reserved: frozenset[str]) -> list[Misfit]:
    """List all that keeps a style from being laid over forms and texts; `reserved` are names the talk keeps."""
    return [*_texts(style, catalog), *_questions(style, forms, catalog, reserved), *_categories(style, forms, catalog)]


def _texts(style: HouseStyle, catalog: Catalog) -> Iterator[Misfit]:
    for language, texts in style.texts.items():
        if language not in catalog.languages:
            yield Misfit(("texts", language), Wrong.LANGUAGE_UNKNOWN, {"value": language})
        for key in texts:
            yield from _text(("texts", language, key), key, texts[key], catalog)
    spoken = {language: style.texts.get(language, {}) for language in catalog.languages}
    for language, other in itertools.permutations(spoken, 2):
        for key in spoken[language].keys() - spoken[other].keys():
            if key in catalog:
                yield Misfit(("texts", language, key), Wrong.LANGUAGE_MISSING, {"language": other})


def _text(place: Place, key: str, text: str, catalog: Catalog) -> Iterator[Misfit]:
    if key not in catalog:
        near = get_close_matches(key, catalog.keys(), 1)
        wrong = Wrong.UNKNOWN_TEXT_LIKE if near else Wrong.UNKNOWN_TEXT
        yield Misfit(place, wrong, {"value": key, "known": "".join(near)})
        return
    if key.startswith(_FIXED):
        yield Misfit(place, Wrong.FIXED_TEXT, {"value": key})
    yield from _filled(place, text, catalog.placeholders(key))
    yield from _length(place, text, _LONGEST_LABEL if key.startswith(_LABELS) else _LONGEST_TEXT)


def _filled(place: Place, text: str, wanted: frozenset[str]) -> Iterator[Misfit]:
    try:
        found = [(name, spec, turned) for _, name, spec, turned in Formatter().parse(text) if name is not None]
    except ValueError:
        yield Misfit(place, Wrong.BRACES)
        return
    if {name for name, _, _ in found} != wanted or any(spec or turned for _, spec, turned in found):
        known = ", ".join(f"{{{name}}}" for name in sorted(wanted))
        yield Misfit(place, Wrong.PLACEHOLDERS if wanted else Wrong.BRACES, {"known": known})


def _length(place: Place, text: str, most: int) -> Iterator[Misfit]:
    if not text.strip():
        yield Misfit(place, Wrong.BLANK)
    elif len(text) > most:
        yield Misfit(place, Wrong.TOO_LONG, {"most": str(most)})


def _own_words(place: Place, text: str, most: int) -> Iterator[Misfit]:
    yield from _filled(place, text, frozenset())
    yield from _length(place, text, most)


def _in_each(place: Place, found: Mapping[str, object], catalog: Catalog) -> Iterator[Misfit]:
    for language in catalog.languages:
        if language not in found:
            yield Misfit(place, Wrong.LANGUAGE_MISSING, {"language": language})
    for language in found:
        if language not in catalog.languages:
            yield Misfit((*place, language), Wrong.LANGUAGE_UNKNOWN, {"value": language})


def _questions(
    style: HouseStyle, forms: Mapping[str, Form], catalog: Catalog, reserved: frozenset[str]
) -> Iterator[Misfit]:
    if len(style.questions) > _MOST_QUESTIONS:
        yield Misfit(("questions", _MOST_QUESTIONS), Wrong.TOO_MANY, {"most": str(_MOST_QUESTIONS)})
    taken, sound = set(reserved), replace(style, questions=())
    for form in forms.values():
        taken |= {name for group, question in form.questions() for name in (group.id, question.id, question.wording)}
    for at, question in enumerate(style.questions):
        place: Place = ("questions", at)
        yield from _identifier(place, question.id, taken)
        yield from _options(place, question)
        yield from _answers(place, question)
        yield from _words(place, question, catalog)
        unasked = list(_asked(place, question, sound, forms))
        yield from unasked
        if not unasked and question.id not in taken:
            sound = replace(sound, questions=(*sound.questions, question))
        taken.add(question.id)


def _identifier(place: Place, name: str, taken: set[str]) -> Iterator[Misfit]:
    if _ID.fullmatch(name) is None:
        yield Misfit((*place, "id"), Wrong.BAD_ID, {"value": name})
    elif name in taken:
        yield Misfit((*place, "id"), Wrong.ID_TAKEN, {"value": name})


def _options(place: Place, question: OwnQuestion) -> Iterator[Misfit]:
    chosen, options = question.kind in _KIND_WITH_OPTIONS, question.options
    if chosen and not options:
        yield Misfit(place, Wrong.OPTIONS_MISSING, {"value": question.kind})
    if options and not chosen:
        yield Misfit((*place, "options"), Wrong.OPTIONS_SURPLUS, {"value": question.kind})
    if len(options) > _MOST_OPTIONS:
        yield Misfit((*place, "options"), Wrong.TOO_MANY, {"most": str(_MOST_OPTIONS)})
    for at, value in enumerate(options):
        if _ID.fullmatch(value) is None:
            yield Misfit((*place, "options", at), Wrong.BAD_ID, {"value": value})
        if value in options[:at]:
            yield Misfit((*place, "options", at), Wrong.OPTION_TWICE, {"value": value})


def _answers(place: Place, question: OwnQuestion) -> Iterator[Misfit]:
    if question.compartment == "identity" and question.kind in _KIND_WITH_OPTIONS:
        yield Misfit((*place, "kind"), Wrong.NAMELESS)
    if not question.skippable and question.flow not in _OFFICIAL:
        yield Misfit((*place, "skippable"), Wrong.MUST_SKIP)


def _words(place: Place, question: OwnQuestion, catalog: Catalog) -> Iterator[Misfit]:
    yield from _in_each((*place, "words"), question.words, catalog)
    for language, words in question.words.items():
        here = (*place, "words", language)
        yield from _own_words((*here, "prompt"), words.prompt, _LONGEST_TEXT)
        yield from _own_words((*here, "label"), words.label, _LONGEST_LABEL)
        if words.hint:
            yield from _own_words((*here, "hint"), words.hint, _LONGEST_TEXT)
        elif any(each.hint for each in question.words.values()):
            yield Misfit((*here, "hint"), Wrong.LANGUAGE_MISSING, {"language": language})
        for value in question.options:
            if value not in words.options:
                yield Misfit((*here, "options"), Wrong.OPTION_WORDLESS, {"value": value, "language": language})
        for value, text in words.options.items():
            if value not in question.options:
                yield Misfit((*here, "options", value), Wrong.OPTION_UNKNOWN, {"value": value})
            yield from _own_words((*here, "options", value), text, _LONGEST_LABEL)


def _asked(place: Place, question: OwnQuestion, earlier: HouseStyle, forms: Mapping[str, Form]) -> Iterator[Misfit]:
    form = forms.get(question.flow)
    if form is None:
        yield Misfit((*place, "flow"), Wrong.UNKNOWN_FLOW, {"value": question.flow, "known": ", ".join(forms)})
        return
    if not place_after(extended(form, earlier), question.after):
        known = ", ".join(dict.fromkeys(group.of or group.id for group in extended(form, earlier).group))
        yield Misfit((*place, "after"), Wrong.UNKNOWN_GROUP, {"value": question.after, "known": known})
        return
    whole = extended(form, replace(earlier, questions=(*earlier.questions, question)))
    before = itertools.takewhile(lambda group: group.id != question.id, whole.group)
    asked = {each.id: each for group in before for each in group.question}
    for name, values in when_asked(form, question).items():
        if name in question.when:
            yield from _condition((*place, "when", name), asked.get(name), values)
        elif name not in asked:
            yield Misfit((*place, "after"), Wrong.NOBODY_NAMED, {"value": name})


def _condition(place: Place, asked: FormQuestion | None, values: tuple[str, ...]) -> Iterator[Misfit]:
    if asked is not None and values == (ANYTHING,):
        return
    if asked is None or asked.kind not in ("choice", "flag"):
        yield Misfit(place, Wrong.CONDITION, {"value": str(place[-1])})
        return
    for value in () if isinstance(asked.options, str) else values:
        if value not in asked.options:
            yield Misfit(place, Wrong.CONDITION_VALUE, {"value": value, "known": ", ".join(asked.options)})


def _categories(style: HouseStyle, forms: Mapping[str, Form], catalog: Catalog) -> Iterator[Misfit]:
    if len(style.categories) > _MOST_OPTIONS:
        yield Misfit(("categories", _MOST_OPTIONS), Wrong.TOO_MANY, {"most": str(_MOST_OPTIONS)})
    taken = {value for form in forms.values() for _, question in form.questions() for value in _kinds(question)}
    for at, category in enumerate(style.categories):
        place: Place = ("categories", at)
        if _ID.fullmatch(category.code) is None:
            yield Misfit((*place, "code"), Wrong.BAD_ID, {"value": category.code})
        elif category.code in taken:
            yield Misfit((*place, "code"), Wrong.ID_TAKEN, {"value": category.code})
        taken.add(category.code)
        yield from _in_each((*place, "words"), category.words, catalog)
        for language, text in category.words.items():
            yield from _own_words((*place, "words", language), text, _LONGEST_LABEL)


def _kinds(question: FormQuestion) -> tuple[str, ...]:
    return question.options if question.id == CATEGORY and isinstance(question.options, tuple) else ()
