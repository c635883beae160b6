"""A Japanese font of this machine, in two weights: one row a place where systems keep one. Reads no font."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class Face(NamedTuple):
    """A font file, and which of the fonts in it."""

    file: Path
    at: int = 0


class Font(NamedTuple):
    """Two weights; the same one twice where a system has but one."""

    regular: Face
    bold: Face


_LINUX = Path("/usr/share/fonts")
_MAC = Path("/System/Library/Fonts")
_WINDOWS = Path("C:/Windows/Fonts")


def _two(folder: Path, regular: str, bold: str = "") -> Font:
    return Font(Face(folder / regular), Face(folder / (bold or regular)))


#: Best first. Collections begin with the Japanese font of their family.
FONTS: tuple[Font, ...] = (
    _two(_LINUX / "opentype/noto", "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"),
    _two(_LINUX / "noto-cjk", "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"),
    _two(_LINUX / "google-noto-sans-cjk-fonts", "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"),
    _two(_MAC, "ヒラギノ角ゴシック W3.ttc", "ヒラギノ角ゴシック W6.ttc"),
    _two(_WINDOWS, "YuGothR.ttc", "YuGothB.ttc"),
    _two(_WINDOWS, "meiryo.ttc", "meiryob.ttc"),
    _two(_LINUX / "opentype/ipaexfont-gothic", "ipaexg.ttf"),
    _two(_LINUX / "opentype/ipafont-gothic", "ipagp.ttf"),
)


def japanese_font(fonts: Iterable[Font] = FONTS) -> Font | None:
    """Find the first font that this machine has, if any."""
    return next((font for font in fonts if font.regular.file.is_file() and font.bold.file.is_file()), None)
