"""Reads Japanese sentences into words, to tell names of people from other words: SudachiPy and its core dictionary.

Loaded once, with the first sentence that needs it (a tenth of a second, some 80 MB that are mapped, not copied).
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

#: Bytes of UTF-8 that the library takes at once are 49,149; a sentence is cut off far below.
MOST = 4000


class Word(NamedTuple):
    """One word of a sentence."""

    start: int
    end: int
    #: The first four levels of the part of speech, such as 名詞, 固有名詞, 人名, 姓.
    part: tuple[str, ...]

    @property
    def is_name(self) -> bool:
        """Whether it is the name of a person; one in katakana is known as a name only."""
        return self.part[1] == "固有名詞" and self.part[2] in ("人名", "一般")

    @property
    def is_place(self) -> bool:
        """Whether it is the name of a place. Many places are surnames too."""
        return self.part[1] == "固有名詞" and self.part[2] == "地名"


class NameReader(Protocol):
    """What reads sentences."""

    def read(self, words: str) -> Sequence[Word]:
        """Cut a sentence into its words; nothing where nothing can be read."""


class SudachiReader:
    """SudachiPy. Making one raises whatever keeps the library or the dictionary from being loaded."""

    def __init__(self) -> None:
        # Here, not above: it is heavy, and a bot must start and take reports without it.
        from sudachipy import Dictionary, SplitMode  # noqa: PLC0415

        self._tokenizer = Dictionary(dict="core").tokenizer(SplitMode.C, fields={"pos"})

    def read(self, words: str) -> Sequence[Word]:
        """See `NameReader.read`."""
        return [
            Word(each.begin(), each.end(), tuple(each.part_of_speech()[:4]))
            for each in self._tokenizer.tokenize(words[:MOST])
        ]


class NoReader:
    """In its place where it cannot be loaded: rules that need no dictionary still work."""

    def read(self, _words: str) -> Sequence[Word]:
        """Read nothing."""
        return ()
