"""The texts of the talk: every sentence a reporter can read, in every language, under one key.

It refuses to start with a key that one language lacks, or with placeholders that differ between two languages; all
faults are listed at once. A text is written in each language, never put together from parts. Where the language is not
known yet, a text is given in all languages, one below the other.
"""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from types import MappingProxyType

from bot.conversation.effects import Text
from bot.conversation.words import fold

LANGUAGES = ("ja", "en")

#: Tables of what people type rather than read: `words` lead to commands, `typed` to options.
_TYPED_TABLES = ("words", "typed")


class CatalogFaultyError(Exception):
    """Whoever edits the texts must act: `faults` lists every missing key and every placeholder that does not fit."""

    def __init__(self, faults: list[str]) -> None:
        """Keep all faults, one sentence each."""
        super().__init__("; ".join(faults))
        self.faults = faults


class Catalog:
    """All texts in all languages. Read-only; safe to share."""

    def __init__(self, sources: Mapping[str, str], own: Mapping[str, dict[str, str]] | None = None) -> None:
        """Take one TOML text a language, by language code; `own` are an organ's texts, by language and key.

        Raises `CatalogFaultyError`.
        """
        own = own or {}
        trees = _parsed(sources)
        typed = {language: {table: tree.pop(table, {}) for table in _TYPED_TABLES} for language, tree in trees.items()}
        self._sources = sources
        self._texts = {
            language: {**dict(_flattened(tree)), **own.get(language, {})} for language, tree in trees.items()
        }
        self._placeholders = {
            key: placeholders_of(template) for texts in self._texts.values() for key, template in texts.items()
        }
        faults = _differences(self._texts)
        if faults:
            raise CatalogFaultyError(faults)
        self.languages = tuple(self._texts)
        #: Keys whose texts are an organ's own.
        self.own = frozenset(key for texts in own.values() for key in texts)
        #: Names of questions whose labels or options are among them.
        self.own_ids = frozenset(key.split(".")[1] for key in self.own if key.startswith(("question.", "option.")))
        self._words = {language: _inverted(tables["words"]) for language, tables in typed.items()}
        self._typed = _joined(tables["typed"] for tables in typed.values())
        self._labels: dict[str, frozenset[str]] = {}

    def overlaid(self, own: Mapping[str, dict[str, str]]) -> "Catalog":
        """Give a catalogue in which an organ's texts, by language and key, take the place of ours or stand beside them.

        Raises `CatalogFaultyError` like the making of one.
        """
        return Catalog(self._sources, own)

    def keys(self) -> frozenset[str]:
        """Give every key there is."""
        return frozenset(self._placeholders)

    def __contains__(self, key: str) -> bool:
        """Whether there is a text under this key."""
        return key in self._placeholders

    def text(self, language: str, text: Text) -> str:
        """Give the words of a text. An unknown or empty language gives all languages, one below the other.

        A parameter `@key` is replaced by the text under that key; words that merely begin with `@` stay as they are.
        A parameter `name:ja` stands in the place of `name` in that language.
        Raises `KeyError` for an unknown key or a parameter that is not given.
        """
        texts = self._texts.get(language)
        if texts is None:
            return "\n".join(self.text(each, text) for each in self.languages)
        template = texts[text.key]
        if not self._placeholders[text.key]:
            return template
        own = {name: text.params.get(f"{name}:{language}", value) for name, value in text.params.items()}
        return template.format_map(self._resolved(texts, own))

    def _resolved(self, texts: Mapping[str, str], params: Mapping[str, str]) -> dict[str, str]:
        return {name: texts.get(value[1:], value) if value.startswith("@") else value for name, value in params.items()}

    def placeholders(self, key: str) -> frozenset[str]:
        """Name the parameters that a text needs, the same in every language."""
        return self._placeholders[key]

    def words(self, language: str) -> Mapping[str, str]:
        """Map what people type in this language, folded, to the command it means."""
        return MappingProxyType(self._words[language])

    def all_words(self) -> dict[str, str]:
        """Map what people type in any language, folded, to the command it means."""
        return {word: command for words in self._words.values() for word, command in words.items()}

    def typed(self, option: str) -> frozenset[str]:
        """Give other ways to type an option such as `yes`, folded, in any language."""
        return self._typed.get(option, frozenset())

    def labels(self, key: str) -> frozenset[str]:
        """Give a text without parameters, folded, in every language: what people type when they copy a label."""
        known = self._labels.get(key)
        if known is None:
            known = self._labels[key] = frozenset(fold(texts[key]) for texts in self._texts.values())
        return known


@cache
def load_catalog() -> Catalog:
    """Read the texts that come with the product, once a process. Raises `CatalogFaultyError`."""
    folder = files("bot.conversation") / "locales"
    return Catalog({language: (folder / f"{language}.toml").read_text("utf-8") for language in LANGUAGES})


def _parsed(sources: Mapping[str, str]) -> dict[str, dict[str, dict[str, list[str]]]]:
    faults, trees = [], {}
    for language, source in sources.items():
        try:
            trees[language] = tomllib.loads(source)
        except tomllib.TOMLDecodeError as fault:
            faults.append(f"{language}: not TOML: {fault}")
    if faults:
        raise CatalogFaultyError(faults)
    return trees


def _flattened(tree: Mapping[str, object], prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in tree.items():
        if isinstance(value, dict):
            found += _flattened(value, f"{prefix}{name}.")
        else:
            found.append((prefix + name, str(value).strip()))
    return found


def placeholders_of(template: str) -> frozenset[str]:
    """Name what is to be filled into a text. Raises `ValueError` for braces that do not match."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name is not None)


def _differences(texts: Mapping[str, Mapping[str, str]]) -> list[str]:
    every_key = sorted({key for each in texts.values() for key in each})
    faults = [f"{language}: {key} is missing" for key in every_key for language in texts if key not in texts[language]]
    faults += [f"{language}: {key} is empty" for language, each in texts.items() for key in each if not each[key]]
    faults += [
        f"{key}: placeholders differ between languages"
        for key in every_key
        if len({placeholders_of(each[key]) for each in texts.values() if key in each}) > 1
    ]
    return faults


def _inverted(table: Mapping[str, list[str]]) -> dict[str, str]:
    return {fold(word): command for command, words in table.items() for word in words}


def _joined(tables: Iterable[Mapping[str, list[str]]]) -> dict[str, frozenset[str]]:
    joined: dict[str, frozenset[str]] = {}
    for table in tables:
        for option, words in table.items():
            joined[option] = joined.get(option, frozenset()) | {fold(word) for word in words}
    return joined
