"""The acknowledgement as a PDF of one A4 sheet, with the letters it uses of a Japanese font inside.

Lines are broken here, by the rules of Japanese type (JIS X 4051): no closing mark begins a line and no opening one
ends it. Measures are millimetres; letters are measured in points.
"""

import re
from collections.abc import Callable, Iterable
from io import BytesIO

import segno
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from madoguchi.staff.acknowledging import Acknowledgement
from madoguchi.staff.acknowledging_font import Font

_LEFT, _TOP, _WIDE = 20.0, 17.0, 170.0
_BOTTOM = 280.0
_INK, _QUIET, _BLUE = (29, 36, 51), (86, 96, 122), (35, 64, 122)
_PAPER, _RULE = (244, 247, 253), (198, 204, 217)
#: Points to millimetres, and how far lines stand apart.
_POINT, _LEADING = 0.3528, 1.62
_SIZE, _SMALL = 10.6, 9.6
_CODE = 30.0
#: In which a token's words stand.
_COLUMNS = 4
_NOT_FIRST = frozenset("、。，．・：；？！)]）］｝〕〉》」』】”’ー…々ぁぃぅぇぉっゃゅょァィゥェォッャュョ%")
_NOT_LAST = frozenset("([（［｛〔〈《「『【“‘")
#: A word of Latin letters and digits is kept whole; every other character stands for itself.
_WORDS = re.compile(r"[!-~“”‘’–—]+\s?|.", re.DOTALL)


#: Parts of a word that is wider than its line.
_PARTS = re.compile(r"[^/.]{1,16}[/.]?|[/.]")


def pdf(words: Acknowledgement, font: Font) -> bytes:
    """Draw the sheet."""
    sheet = _Sheet(font)
    sheet.head(words)
    for line in words.received:
        sheet.say(line, _SIZE)
    sheet.token(words)
    sheet.number(words)
    sheet.steps(words)
    sheet.listing(words.labels["coming"], words.coming, _SIZE)
    sheet.listing(words.labels["protection"], words.protection, _SMALL)
    sheet.foot(words)
    return sheet.bytes()


class _Sheet:
    """One A4 sheet, filled from the top."""

    def __init__(self, font: Font) -> None:
        self._pdf = FPDF(format="A4")
        self._pdf.set_auto_page_break(auto=False)
        self._pdf.c_margin = 0
        for style, face in (("", font.regular), ("B", font.bold)):
            self._pdf.add_font("ja", style, face.file, collection_font_number=face.at)
        self._pdf.add_page()
        self._y = _TOP

    def bytes(self) -> bytes:
        """Give the finished file."""
        return bytes(self._pdf.output())

    def head(self, words: Acknowledgement) -> None:
        """Who writes, from where, when; and what this is."""
        self._ink(_INK, 11, "B")
        self._line(words.organ)
        self._ink(_QUIET, 9.4)
        self._put(words.issued, self._y - 5.5, align="R")
        self._line(words.desk)
        self._y += 6
        self._pdf.set_title(words.title)
        self._pdf.set_lang(words.language)
        self._ink(_INK, 21, "B")
        self._line(words.title)
        self._y += 1

    def say(self, text: str, size: float, left: float = _LEFT, wide: float = _WIDE) -> None:
        """Words, broken into lines."""
        self._ink(_INK, size)
        for line in self._broken(text, wide):
            self._line(line, left)

    def token(self, words: Acknowledgement) -> None:
        """The token in its frame."""
        self._y += 3.5
        top = self._y
        self._ink(_QUIET, _SMALL)
        note = self._broken(words.labels["token_what"], _WIDE - 12)
        tall = 40 + _SMALL * _POINT * _LEADING * len(note)
        self._pdf.set_draw_color(*_BLUE)
        self._pdf.set_fill_color(*_PAPER)
        self._pdf.set_line_width(0.5)
        self._pdf.rect(_LEFT, top, _WIDE, tall, "DF", round_corners=True, corner_radius=2.5)
        self._y = top + 3.5
        self._ink(_QUIET, 9)
        self._line(words.labels["token"], _LEFT + 6)
        self._ink(_INK, 19, "B")
        self._pdf.set_char_spacing(1.1)
        self._line(words.token, _LEFT + 6, leading=1.5)
        self._pdf.set_char_spacing(0)
        self._spelt(words)
        self._ink(_INK, _SMALL)
        for line in note:
            self._line(line, _LEFT + 6)
        self._y = top + tall + 2.5

    def _spelt(self, words: Acknowledgement) -> None:
        """The token's words below what they are called, numbered, down one column after the other."""
        self._ink(_QUIET, 9)
        self._line(words.labels["token_words"], _LEFT + 6)
        top, wide = self._y, (_WIDE - 12) / _COLUMNS
        rows = -(-len(words.token_words) // _COLUMNS)
        for at, word in enumerate(words.token_words):
            column, row = divmod(at, rows)
            left, y = _LEFT + 6 + column * wide, top + row * 4.3
            self._ink(_QUIET, 8)
            self._put(f"{at + 1}.", y, left)
            self._ink(_INK, 10.6, "B")
            self._put(word, y - 0.3, left + 5.5)
        self._y = top + rows * 4.3 + 0.8

    def number(self, words: Acknowledgement) -> None:
        """The number by which people may speak of the case."""
        x = _LEFT
        for text, colour, size, style in (
            (words.labels["number"], _QUIET, 9.0, ""),
            (words.number, _INK, 12.0, "B"),
            (words.labels["number_what"], _QUIET, 9.2, ""),
        ):
            self._ink(colour, size, style)
            self._pdf.set_xy(x, self._y)
            self._pdf.cell(text=text, h=6)
            x += self._pdf.get_string_width(text) + 4
        self._y += 6

    def steps(self, words: Acknowledgement) -> None:
        """What to do, in order, with the way to the page beside it."""
        wide = _WIDE - _CODE - 8 if words.web else _WIDE
        self._heading(words.labels["steps"])
        top = self._y
        for place, step in enumerate(words.steps, 1):
            self._item(f"{place}.", step, _SIZE, wide)
        if words.web:
            bottom, self._y = self._y, top
            self._code(words)
            self._y = max(bottom, self._y)

    def listing(self, heading: str, lines: Iterable[str], size: float) -> None:
        """A heading with points below it."""
        self._heading(heading)
        for line in lines:
            self._item("・", line, size, _WIDE)

    def foot(self, words: Acknowledgement) -> None:
        """How to reach the desk, at the bottom of the sheet."""
        self._pdf.set_draw_color(*_RULE)
        self._pdf.set_line_width(0.25)
        self._y = max(self._y + 3, _BOTTOM - 8)
        self._pdf.line(_LEFT, self._y, _LEFT + _WIDE, self._y)
        self._y += 3
        self._ink(_BLUE, 9.4, "B")
        wide = self._pdf.get_string_width(words.labels["contact"]) + 5
        self._put(words.labels["contact"], self._y)
        self.say(" — ".join(filter(None, (words.desk, words.contact))), 9.4, _LEFT + wide, _WIDE - wide)

    def _heading(self, text: str) -> None:
        self._y += 4.8
        self._ink(_BLUE, 11.4, "B")
        self._line(text)
        self._y += 0.8

    def _item(self, mark: str, text: str, size: float, wide: float) -> None:
        self._ink(_BLUE, size, "B")
        self._put(mark, self._y)
        self.say(text, size, _LEFT + 5.5, wide - 5.5)
        self._y += 0.7

    def _code(self, words: Acknowledgement) -> None:
        picture, left = BytesIO(), _LEFT + _WIDE - _CODE
        segno.make(words.web, error="m").save(picture, kind="png", scale=8, border=1)
        picture.seek(0)
        self._pdf.image(picture, left, self._y + 1, _CODE, _CODE)
        self._y += _CODE + 2
        for text, style in ((words.labels["web"], "B"), (words.web, "")):
            self._ink(_QUIET, 7.6, style)
            for line in self._broken(text, _CODE):
                self._line(line, left)

    def _ink(self, colour: tuple[int, int, int], size: float, style: str = "") -> None:
        self._pdf.set_text_color(*colour)
        self._pdf.set_font("ja", "B" if style else "", size)

    def _line(self, text: str, left: float = _LEFT, leading: float = _LEADING) -> None:
        self._put(text, self._y, left, leading=leading)
        self._y += self._pdf.font_size_pt * _POINT * leading

    def _put(self, text: str, y: float, left: float = _LEFT, align: str = "L", leading: float = _LEADING) -> None:
        self._pdf.set_xy(left, y)
        tall = self._pdf.font_size_pt * _POINT * leading
        self._pdf.cell(_LEFT + _WIDE - left, tall, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.TOP)

    def _broken(self, text: str, wide: float) -> list[str]:
        """Break words into lines that fit, by the letters in use now."""
        return broken(text, wide, self._pdf.get_string_width)


def broken(text: str, wide: float, width: Callable[[str], float]) -> list[str]:
    """Break text into lines no wider than `wide`; what must not begin a line takes its neighbour along."""
    lines, line = list[str](), list[str]()
    for piece in _pieces(text, wide, width):
        if line and width("".join((*line, piece)).rstrip()) > wide:
            carried = _carried(line, piece)
            lines.append("".join(line).rstrip())
            line = carried
        line.append(piece)
    return [*lines, "".join(line).rstrip()]


def _pieces(text: str, wide: float, width: Callable[[str], float]) -> list[str]:
    # An address without a space in it is broken within rather than run off the paper.
    found = _WORDS.findall(text)
    return [part for piece in found for part in (_PARTS.findall(piece) if width(piece) > wide else (piece,))]


def _carried(line: list[str], piece: str) -> list[str]:
    carried = list[str]()
    while len(line) > 1 and ((carried or [piece])[0] in _NOT_FIRST or line[-1] in _NOT_LAST):
        carried.insert(0, line.pop())
    return carried
