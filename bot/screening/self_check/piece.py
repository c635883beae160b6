"""One folded piece of a text, with what a rule may want to know around a place in it: the sentence, and who speaks.

What stands in quotation marks was said by somebody else as a rule: `"I'm Frank," he said` does not name the writer.
"""

import re
from collections.abc import Iterator
from functools import cached_property

#: A sentence is looked back upon for so many signs at the most.
REACH = 200
_ENDS = re.compile(r"[。!?\n]|[.](?=\s)")
_QUOTED = re.compile(
    r"「[^「」]{1,300}」|『[^『』]{1,300}』|“[^“”]{1,300}”|\"[^\"\n]{1,300}\""
    # A single quotation mark is an apostrophe when letters stand on both sides.
    r"|(?<!\w)[‘'](?:[^'’\n]|(?<=\w)['’](?=\w)){1,300}['’](?!\w)"
)


class Piece:
    """A folded piece. `last`: whether the text ends with it."""

    def __init__(self, words: str, *, last: bool = True) -> None:
        self.words = words
        self.last = last

    def before(self, at: int) -> str:
        """Return the words of the same sentence that stand before a place."""
        start = max(0, at - REACH)
        ends = [end.end() for end in _ENDS.finditer(self.words, start, at)]
        return self.words[ends[-1] if ends else start : at]

    def after(self, at: int) -> str:
        """Return the words of the same sentence that stand behind a place."""
        end = _ENDS.search(self.words, at, at + REACH)
        return self.words[at : end.start() if end else at + REACH]

    def is_quoted(self, start: int) -> bool:
        """Whether a passage begins in quotation marks."""
        return any(opened <= start < closed for opened, closed in self._quotes)

    def sentences(self) -> Iterator[tuple[int, str]]:
        """Yield every sentence with the place at which it begins; long ones are cut off."""
        start = 0
        for end in _ENDS.finditer(self.words):
            yield start, self.words[start : min(end.start(), start + REACH)]
            start = end.end()
        yield start, self.words[start : start + REACH]

    @cached_property
    def _quotes(self) -> list[tuple[int, int]]:
        return [quote.span() for quote in _QUOTED.finditer(self.words)]
