"""What applying `organ.toml` would change in the talk, and the edition that its questions have then."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from bot.conversation.house_style import HouseStyle, OwnQuestion, StyleUnreadableError, read_house_style
from madoguchi.organ.changes import Change, differences

#: Characters of a text that are shown of it.
_SHOWN = 60


def next_talk(style: HouseStyle, before: Mapping[str, Any], serial: int) -> dict[str, Any]:
    """Return what goes into the roster of this serial; the edition stays where no question has changed."""
    was = _read(before)
    same = (style.questions, style.categories) == (was.questions, was.categories)
    built: dict[str, Any] = msgspec.to_builtins(replace(style, edition=was.edition if same else serial))
    return built


def talk_changes(was: Mapping[str, Any], becomes: Mapping[str, Any]) -> Iterator[Change]:
    """Yield one line a text, question and kind of matter that is different, and one for periods and laws."""
    before, after = _read(was), _read(becomes)
    yield from differences("text", _texts(before), _texts(after), _begun)
    yield from differences("question", _questions(before), _questions(after), _asked)
    yield from differences("category", _categories(before), _categories(after), " / ".join)
    if _told(before) != _told(after):
        yield Change("organ.plan.promises", {})


def _read(talk: Mapping[str, Any]) -> HouseStyle:
    """What another version of the program signed counts as nothing: the whole is shown as new."""
    try:
        return read_house_style(talk)
    except StyleUnreadableError:
        return HouseStyle()


def _texts(style: HouseStyle) -> dict[str, str]:
    return {f"{language} {key}": text for language, texts in style.texts.items() for key, text in texts.items()}


def _told(style: HouseStyle) -> object:
    return style.promises, style.laws, style.rules, style.time_zone


def _questions(style: HouseStyle) -> dict[str, OwnQuestion]:
    return {question.id: question for question in style.questions}


def _asked(question: OwnQuestion) -> str:
    return f"{question.flow} > {question.after}: {' / '.join(each.label for each in question.words.values())}"


def _categories(style: HouseStyle) -> dict[str, tuple[str, ...]]:
    return {category.code: tuple(category.words.values()) for category in style.categories}


def _begun(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
