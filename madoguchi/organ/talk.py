"""What an organ sets of the talk: `[talk]` of `organ.toml`, and the folder `talk` beside it for those with many texts.

Both have the same things: texts by language, questions, kinds of matter. In the folder, `ja.toml` and `en.toml` hold
texts in the shape of the product's own, `questions.toml` the rest. Everything is checked against the forms and texts of
this version; every fault comes with its file and line.
"""

from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any, get_args, get_type_hints

import msgspec

from bot.conversation.catalog import LANGUAGES, load_catalog
from bot.conversation.forms import load_forms
from bot.conversation.house_style import HouseStyle, OwnQuestion
from bot.conversation.screens import TALK_GROUPS
from bot.conversation.style_checks import misfits
from madoguchi.organ.fields import Fault, Fields, PlacedFault
from madoguchi.organ.lines import Path
from madoguchi.organ.sources import Source, read_source

FOLDER = "talk"
_QUESTIONS = "questions.toml"
_HINTS = get_type_hints(OwnQuestion)
#: What everybody fetches with the roster, in bytes.
_LARGEST = 128 * 1024


class _Gathered:
    """What all sources have, each thing with the source and the place that it comes from."""

    def __init__(self) -> None:
        self.texts: dict[str, dict[str, str]] = {}
        self.lists: dict[str, list[dict[str, Any]]] = {"questions": [], "categories": []}
        self.faults: list[PlacedFault] = []
        #: Keys of texts that are faulty already.
        self.unread: set[str] = set()
        self._origins: dict[Path, tuple[Source, Path]] = {}

    def style(self) -> HouseStyle:
        """Return it in the form that the roster has."""
        return msgspec.convert({"texts": self.texts, **self.lists}, HouseStyle)

    def placed(self, place: Path, key: str, params: dict[str, str]) -> PlacedFault:
        """Say in which file and line something stands that a check of the whole found."""
        known = next(place[:end] for end in range(len(place), 0, -1) if place[:end] in self._origins)
        source, path = self._origins[known]
        return Fault((*path, *place[len(known) :]), key, params).in_file(source.file, source.lines)

    def take_texts(self, source: Source, table: Fields, language: str) -> None:
        """Take texts of one language; one that is there already is a fault."""
        own = self.texts.setdefault(language, {})
        self._origins.setdefault(("texts", language), (source, table.path))
        for path, key, text in _flat(table):
            if key in own:
                table.fault(path, "organ.fault.twice", value=key)
            if not text:
                self.unread.add(key)
            own[key] = text
            self._origins["texts", language, key] = (source, (*table.path, *path))

    def take_lists(self, source: Source, table: Fields) -> None:
        """Take questions and kinds of matter; a faulty one is left out of what is checked further."""
        for name, read in (("questions", _question), ("categories", _category)):
            self._origins.setdefault((name,), (source, (*table.path, name)))
            for each in table.tables(name, needed=False):
                before = len(table.faults)
                found = read(each)
                if len(table.faults) == before:
                    self._origins[name, len(self.lists[name])] = (source, each.path)
                    self.lists[name].append(found)


def read_talk(organ: Source, fields: Fields) -> tuple[HouseStyle, tuple[PlacedFault, ...]]:
    """Return what the organ sets of the talk, and what is wrong with it; the faults of `fields` are not among them."""
    gathered = _Gathered()
    table = fields.below("talk")
    texts = table.below("texts")
    for language in texts.names:
        gathered.take_texts(organ, texts.below(language), language)
    gathered.take_lists(organ, table)
    table.done()
    for file in sorted((organ.file.parent / FOLDER).glob("*.toml")):
        _read_file(gathered, file)
    return gathered.style(), (*gathered.faults, *_misfits(gathered))


def too_large(style: HouseStyle) -> int:
    """Return by how many bytes it is more than a roster may carry; 0 or less where it is not."""
    return len(msgspec.msgpack.encode(style)) - _LARGEST


def _read_file(gathered: _Gathered, file: FilePath) -> None:
    source = read_source(file)
    if isinstance(source, PlacedFault):
        gathered.faults.append(source)
        return
    fields = Fields(source.table)
    if file.stem in LANGUAGES:
        gathered.take_texts(source, fields, file.stem)
    elif file.name == _QUESTIONS:
        gathered.take_lists(source, fields)
        fields.done()
    else:
        known = ", ".join((*(f"{language}.toml" for language in LANGUAGES), _QUESTIONS))
        fields.fault((), "organ.fault.not_one_of", value=file.name, known=known)
    gathered.faults += source.faults_of(fields)


def _misfits(gathered: _Gathered) -> Iterator[PlacedFault]:
    for each in misfits(gathered.style(), load_forms(), load_catalog(), TALK_GROUPS):
        if each.place[0] != "texts" or each.place[-1] not in gathered.unread:
            yield gathered.placed(each.place, f"organ.fault.talk.{each.wrong}", each.params)


def _flat(table: Fields, above: tuple[str, ...] = ()) -> Iterator[tuple[Path, str, str]]:
    """Yield place, key and words of every text; tables within tables are keys with dots."""
    for name in table.names:
        path = (*above, name)
        if table.is_table(name):
            yield from _flat(table.below(name), path)
        else:
            yield path, ".".join(path), table.words(name)


def _question(table: Fields) -> dict[str, Any]:
    words = table.below("words")
    when = table.below("when")
    return {
        "flow": table.maybe_words("flow") or "report",
        "after": table.words("after"),
        "id": table.words("id"),
        "kind": table.one_of("kind", get_args(_HINTS["kind"])),
        "options": table.all_of("options"),
        "when": {name: when.all_of(name) for name in when.names},
        "skippable": table.truth("skippable", standard=True),
        "compartment": _compartment(table),
        "words": {language: _wording(words.below(language)) for language in words.names},
    }


def _compartment(table: Fields) -> str:
    given = table.maybe_words("compartment")
    return "facts" if given is None else table.one_of("compartment", get_args(_HINTS["compartment"]))


def _wording(table: Fields) -> dict[str, Any]:
    read = {
        "prompt": table.words("prompt"),
        "label": table.words("label"),
        "hint": table.maybe_words("hint") or "",
        "options": table.table_of_words("options"),
    }
    table.done()
    return read


def _category(table: Fields) -> dict[str, Any]:
    return {"code": table.words("code"), "words": table.table_of_words("words")}
