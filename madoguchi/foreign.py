"""Words of strangers on a terminal: they may not move the cursor, turn the reading direction or pass for our own.

Every line is set behind a bar, so that a letter cannot draw headings of its own. What cannot be shown is named, not
dropped.
"""

import unicodedata

_BAR = "  │ "
#: Kept as they are: they only break lines and indent.
_PLAIN = frozenset("\n\t")
#: Bidirectional controls and line breakers that are no control characters by category.
_TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")


def harmless(text: str) -> str:
    """Return text in which controls, reading-direction marks and lone surrogates are named, not obeyed."""
    text = text.replace("\r\n", "\n")
    if text.isprintable():
        return text
    return "".join(map(_harmless, text))


def one_line(text: str) -> str:
    """Return harmless text without line breaks, for names and titles."""
    return " ".join(harmless(text).split())


def quoted(text: str) -> list[str]:
    """Return harmless text line by line, each behind a bar."""
    return [_BAR + line for line in harmless(text).split("\n")]


def _harmless(char: str) -> str:
    if char in _PLAIN or not (char in _TURNS or unicodedata.category(char) in ("Cc", "Cs")):
        return char
    return f"⟨U+{ord(char):04X}⟩"
