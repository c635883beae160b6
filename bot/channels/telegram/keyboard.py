"""The buttons below a message: the options of the question, then the commands, as many in a row as can be read. Pure.

A button carries version, page and place only. What does not fit on a button, and options for which there are no buttons
left, are numbered in the message's text: a number that is typed chooses too.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from bot.channels.render import option_words
from bot.channels.telegram.updates import DATA_VERSION
from bot.channels.wording import Wording, done_label
from bot.conversation.buttons import Button, buttons_of
from bot.conversation.effects import Ask
from bot.conversation.events import Command
from bot.ports.talking import View

#: Columns that a narrow telephone shows on one button, and on all buttons of a row; a kanji takes two.
WIDEST_BUTTON = 36
WIDEST_ROW = 38
MOST_IN_A_ROW = 3
#: Options with a button. Telegram takes 100 buttons below a message, and the commands need some of them.
MOST_OPTIONS = 80

_TICKS = {True: "☑ ", False: "☐ "}
_CHOSEN = {True: "● ", False: ""}


class Key(Struct, frozen=True):
    """One button: what stands on it, and what comes back when it is pressed, or what it copies."""

    words: str
    data: str = ""
    copies: str = ""


Rows = tuple[tuple[Key, ...], ...]


def keyboard(view: View, wording: Wording) -> Rows:
    """Return the buttons of a screen, row by row; none where nothing is asked."""
    ask = next((item for item in view.items if isinstance(item, Ask)), None)
    if ask is None:
        return ()
    question = ask.questions[ask.at]
    labels = [option_words(option, view.language, wording) for option in question.options]
    numbered, marks = is_long(labels), _TICKS if question.kind == "many" else _CHOSEN
    keys: list[tuple[bool, Key]] = []
    for at, button in enumerate(buttons_of(view.items)):
        words = _words(button, ask, view.language, wording)
        if button.option:
            if at >= MOST_OPTIONS:
                continue
            words = marks[button.chosen] + (f"{at + 1}. " if numbered else "") + words
        keys.append((button.option is not None, Key(words, f"{DATA_VERSION}:{view.page}:{at}")))
    groups = groupby(keys, key=lambda each: each[0])
    return tuple(row for _, group in groups for row in _rows([key for _, key in group]))


def is_long(labels: Iterable[str]) -> bool:
    """Whether options stand in the text too: one would be cut off on a button, or there are not enough buttons."""
    return any(at >= MOST_OPTIONS or _columns(label) > WIDEST_BUTTON for at, label in enumerate(labels))


def _words(button: Button, ask: Ask, language: str, wording: Wording) -> str:
    if button.option:
        return option_words(button.option, language, wording)
    is_done = button.command is Command.DONE
    return wording.label(language, done_label(ask) if is_done else f"button.{button.command}")


def _rows(keys: Sequence[Key]) -> Iterator[tuple[Key, ...]]:
    """Fill rows in order; the buttons of a row are equally wide, so that the widest one counts."""
    row: tuple[Key, ...] = ()
    for key in keys:
        wider = (*row, key)
        if row and (
            len(wider) > MOST_IN_A_ROW or len(wider) * max(_columns(each.words) for each in wider) > WIDEST_ROW
        ):
            yield row
            wider = (key,)
        row = wider
    if row:
        yield row


def _columns(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in words)
