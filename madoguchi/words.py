"""What the command says, in Japanese and English, by key.

The texts stand in `locales/*.toml`; a key is the path to it (`staff.inbox.empty`). Both languages hold the same keys
with the same placeholders, which a test checks. This room formats and decides nothing.
"""

import os
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("ja", "en")


class NotDoneError(Exception):
    """The person at the keyboard must act; says why by a key of the catalogue, never by content."""

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key)
        self.key = key
        self.params = params

    def told(self, words: "Words") -> list[str]:
        """Return the sentences that the person reads."""
        return [words(self.key, **self.params)]


class Words:
    """The catalogue in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts = texts(language)

    def __call__(self, key: str, /, **params: object) -> str:
        """Return the text under `key` with its placeholders filled; a parameter `@key` is itself a text.

        Raises `KeyError` for a key that does not exist.
        """
        return self._texts[key].format_map({name: self._resolved(value) for name, value in params.items()})

    def name(self, names: Mapping[str, str]) -> str:
        """Return a thing's name in this language, or in whichever it has."""
        return names.get(self.language) or next(iter(names.values()), "")

    def known(self, key: str) -> str | None:
        """Return the bare text under `key`, or None; for keys that come from outside."""
        return self._texts.get(key)

    def _resolved(self, value: object) -> object:
        return self._texts.get(value[1:], value) if isinstance(value, str) and value.startswith("@") else value


def language_of_environment() -> str:
    """Return `ja` or `en` as the terminal is set (`LC_ALL`, `LC_MESSAGES`, `LANG`)."""
    chosen = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "ja" if chosen.startswith("ja") else "en"


@cache
def texts(language: str) -> dict[str, str]:
    """Return all texts of one language by key."""
    source = files("madoguchi").joinpath("locales", f"{language}.toml").read_text(encoding="utf-8")
    return dict(_flat("", tomllib.loads(source)))


def _flat(prefix: str, table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(f"{prefix}{key}.", value)
        else:
            yield f"{prefix}{key}", str(value)
