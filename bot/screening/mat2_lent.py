"""libmat2, made fit for the walls and for evidence. Runs in the system's Python and knows nothing of the bot.

What mat2 gives is looked at again: a document whose words are not the same words in the same order is not taken, and
what still tells of its maker is said to be left.
"""

import io
import logging
import mimetypes
import os
import re
import tempfile
import zipfile
from importlib import import_module
from pathlib import Path
from typing import Any

from bot.screening.lent import LEFT, MEDIA_TYPES, SOUNDS
from bot.screening.mat2_traces import traces_in, traces_of_fields
from bot.screening.mat2_words import words_of

#: Bytes that a package may unfold to; the folder lies in memory.
MOST_UNPACKED = 48 << 20
#: JPEG pictures are drawn anew: at a quality that nobody sees, where mat2 would take 75.
_QUALITY = "95"

#: What became of a file, what was taken out, and the clean bytes: none where it is kept as it came.
Found = tuple[str, set[str], bytes]


class Mat2:
    """Cleans files in one folder."""

    def __init__(self, folder: str) -> None:
        """Load libmat2. Raises `ImportError` or `ValueError` where it, or a library that it needs, is not installed."""
        self._parsers: Any = import_module("libmat2.parser_factory")
        self._policy: Any = import_module("libmat2").UnknownMemberPolicy.KEEP
        self._pixbufs: Any = import_module("gi.repository.GdkPixbuf")
        self._folder = folder
        self._kept = _Kept()
        logging.getLogger().addHandler(self._kept)
        for ending, media_type in MEDIA_TYPES.items():
            mimetypes.add_type(media_type, f".{ending}")
        _mend(self._pixbufs.Pixbuf)
        tempfile.tempdir = folder

    def picture(self, kind: str) -> bytes:
        """Make a small picture; `kind` is `png` or `jpeg`."""
        made = self._pixbufs.Pixbuf.new(colorspace=0, has_alpha=False, bits_per_sample=8, width=8, height=8)
        written, data = made.save_to_bufferv(kind, [], [])
        if not written:
            raise ValueError
        return bytes(data)

    def clean(self, ending: str, data: bytes) -> Found:
        """Clean one file. Never raises."""
        self._kept.count = 0
        path = Path(self._folder, f"file.{ending}")
        try:
            path.write_bytes(data)
            return self._sound(path) if ending in SOUNDS else self._package(path, data)
        except (MemoryError, OSError):
            return "too_complex", set(), b""
        except Exception:  # noqa: BLE001 - hostile bytes may raise anything in any parser; all of it means the same
            return "broken", set(), b""

    def _sound(self, path: Path) -> Found:
        parser, _ = self._parsers.get_parser(str(path))
        traces = traces_of_fields(parser.get_meta())
        cleaned = _cleaned(parser)
        return ("cleaned", traces, cleaned) if traces else ("nothing_found", set(), b"")

    def _package(self, path: Path, data: bytes) -> Found:
        before = zipfile.ZipFile(io.BytesIO(data))
        if sum(part.file_size for part in before.infolist()) > MOST_UNPACKED:
            return "too_complex", set(), b""
        words, traces = words_of(before), traces_in(before)
        parser, _ = self._parsers.get_parser(str(path))
        parser.unknown_member_policy = self._policy
        parser.files_to_keep.add(re.compile(LEFT))
        cleaned = _cleaned(parser)
        after = zipfile.ZipFile(io.BytesIO(cleaned))
        if words_of(after) != words:
            return "too_complex", set(), b""
        left = traces_in(after)
        stays = left or self._kept.count or any(re.search(LEFT, name) for name in after.namelist())
        return ("part" if stays else "rewritten"), traces - left, cleaned


class _Kept(logging.Handler):
    """Counts the parts of a package that stay as they are: mat2 says so in its log and nowhere else."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """See `logging.Handler.emit`."""
        self.count += "keeping unknown" in str(record.msg)


def _mend(pixbuf: Any) -> None:  # noqa: ANN401 - libraries of another Python have no types here
    def redraw(parser: Any) -> bool:  # noqa: ANN401 - as above
        picture = pixbuf.new_from_file(parser.filename)
        return bool(picture.savev(parser.output_filename, "jpeg", ["quality"], [_QUALITY]))

    # mat2 sorts what stands in a document by name, which puts all tables behind all paragraphs.
    office: Any = import_module("libmat2.office")
    office._sort_xml_attributes = lambda _path: True  # noqa: SLF001 - there is no other way in
    images: Any = import_module("libmat2.images")
    images.JPGParser.remove_all = redraw
    # Changing the rights of files is beyond the walls, since no fence stops it elsewhere.
    os.chmod = lambda *_args, **_more: None


def _cleaned(parser: Any) -> bytes:  # noqa: ANN401 - as above
    if not parser.remove_all():
        raise OSError
    return Path(parser.output_filename).read_bytes()
