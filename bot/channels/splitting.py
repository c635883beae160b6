"""Cuts long texts into pieces that fit a channel, where a reader would pause.

Pure. A cut falls at a line's end, else after a sentence, else at a space or comma, else between two characters as
people see them; never inside one, unless that one alone is over the limit. The pieces joined are the text again.
"""

import unicodedata
from collections.abc import Callable, Iterator

#: How a channel counts: characters, UTF-16 units, bytes.
Unit = Callable[[str], int]

#: No unit in use needs more for one code point (UTF-8: four bytes, RFC 3629 §3).
LARGEST_CHARACTER = 4

_JOINER = "\u200d"
_CLOSERS = "」』）】〕》”’)]\"'"
#: A western full stop ends a sentence only before a space; a Japanese one always does.
_ENDS_ALONE = "。！？｡"
_ENDS_BEFORE_SPACE = ".!?…"
_PAUSES = "、，,；;：: \t\u3000"


def in_characters(text: str) -> int:
    """Count Unicode code points."""
    return len(text)


def in_utf16(text: str) -> int:
    """Count UTF-16 units, as Telegram does."""
    return len(text) + sum(1 for character in text if character > "\uffff")


def in_bytes(text: str) -> int:
    """Count UTF-8 bytes; a lone surrogate counts as three."""
    return len(text.encode("utf-8", "surrogatepass"))


def split(text: str, limit: int, unit: Unit = in_characters) -> tuple[str, ...]:
    """Return pieces of at most `limit` units whose concatenation is `text`; no piece is empty.

    Raises `ValueError` for a limit in which not even one character is sure to fit.
    """
    if limit < LARGEST_CHARACTER:
        raise ValueError(limit)
    if unit(text) <= limit:
        return (text,) if text else ()
    return tuple(_pieces(list(_clusters(text, limit, unit)), limit, unit))


def _pieces(clusters: list[str], limit: int, unit: Unit) -> Iterator[str]:
    start = 0
    while start < len(clusters):
        stop = _fits(clusters, start, limit, unit)
        if stop < len(clusters):
            stop = _pause(clusters, start, stop)
        yield "".join(clusters[start:stop])
        start = stop


def _fits(clusters: list[str], start: int, limit: int, unit: Unit) -> int:
    """Return where the longest piece from `start` would have to stop."""
    used, stop = 0, start
    while stop < len(clusters) and used + (size := unit(clusters[stop])) <= limit:
        used, stop = used + size, stop + 1
    return stop


def _pause(clusters: list[str], start: int, stop: int) -> int:
    """Return the last good place to pause, the best kind first; one in the front half only when there is no other."""
    middle = start + (stop - start) // 2
    for first, last in ((middle, stop), (start, middle)):
        for ends in (_ends_line, _ends_sentence, _ends_clause):
            for place in range(last, first, -1):
                if ends(clusters, place):
                    return place
    return stop


def _ends_line(clusters: list[str], place: int) -> bool:
    return clusters[place - 1] in {"\n", "\r\n", "\u2029"}


def _ends_sentence(clusters: list[str], place: int) -> bool:
    """Tell whether a sentence, with the marks and spaces that close it, ends before `place`."""
    following = clusters[place] if place < len(clusters) else " "
    last = place - 1
    spaced = following.isspace()
    while last > 0 and clusters[last].isspace():
        last, spaced = last - 1, True
    while last > 0 and clusters[last] in _CLOSERS:
        last -= 1
    if following in _CLOSERS or following in _ENDS_ALONE:
        return False
    return clusters[last] in _ENDS_ALONE or (spaced and clusters[last] in _ENDS_BEFORE_SPACE)


def _ends_clause(clusters: list[str], place: int) -> bool:
    return clusters[place - 1] in _PAUSES


def _clusters(text: str, limit: int, unit: Unit) -> Iterator[str]:
    """Yield characters as people see them; one that is over the limit by itself comes in code points."""
    cluster = ""
    for character in text:
        if cluster and not (_joins(cluster, character) and unit(cluster + character) <= limit):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _joins(cluster: str, character: str) -> bool:
    """Tell whether `character` belongs to the one before it (after UAX #29, without its tables)."""
    last = cluster[-1]
    if last in "\r\n":
        return last == "\r" and character == "\n"
    if _JOINER in {character, last} or unicodedata.category(character) in {"Mn", "Mc", "Me"}:
        return True
    if "\U0001f3fb" <= character <= "\U0001f3ff" or "\U000e0020" <= character <= "\U000e007f":
        return True  # skin tones and flag tags
    if _is_flag_letter(character):
        return _is_flag_letter(last) and len(cluster) == 1
    # Hangul letters that are typed apart: a vowel or an ending sticks to the syllable before it.
    return "\u1160" <= character <= "\u11ff" and ("\u1100" <= last <= "\u11ff" or "\uac00" <= last <= "\ud7a3")


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
