"""The child that lends mat2: the system's own Python with its libmat2, for kinds of files that no room of ours cleans.

Started by `bot.screening.mat2` alone, with an empty environment, and given one folder in memory. Like the other child
it loads all it needs, is locked in before the first hostile byte, takes one file, answers and is gone. It starts no
programs, so of what mat2 can do only that is used which needs none. Knows nothing of the bot but walls and pipes.
"""

import io
import json
import os
import zipfile

from bot.screening.confinement import confine_to
from bot.screening.lent import MEDIA_TYPES
from bot.screening.mat2_lent import Mat2
from bot.screening.pipes import framed, read_message, write

_FRAME = b"\xff\xfb\x90\x64" + bytes(413)
_TAGGED = b"ID3\x03\0\0\0\0\0\x0fTIT2\0\0\0\x05\0\0\0Hana"
#: ISO 11172-3 at 128 kbit/s; FLAC format, one STREAMINFO block (4096 samples a block, 44.1 kHz).
_SOUNDS = {
    "mp3": _TAGGED + _FRAME * 8,
    "flac": b"fLaC\x80\0\0\x22\x10\0\x10\0" + bytes(6) + b"\x0a\xc4\x42\xf0" + bytes(20),
}


def main(folder: str) -> None:
    """Serve one file."""
    try:
        mat2 = Mat2(folder)
        rehearse(mat2)
    except (ImportError, ValueError, AttributeError):
        write(*framed(b'{"walls":"absent"}'))
        os._exit(0)
    write(*framed(json.dumps({"walls": confine_to(folder)}).encode()))
    head, body = read_message()
    cleaning, traces, cleaned = mat2.clean(json.loads(head)["name"], body)
    answer = {"cleaning": cleaning, "media_type": "", "removed": sorted(traces)}
    write(*framed(json.dumps(answer).encode(), cleaned))
    # As in the other child: whatever hostile bytes left in memory gets no further turn.
    os._exit(0)


def rehearse(mat2: Mat2) -> None:
    """Clean a small file of each kind, so that all that is loaded late is loaded. Raises `ValueError` if that fails."""
    kind = MEDIA_TYPES["docx"]
    types = f'<Types xmlns="t"><Override PartName="/word/document.xml" ContentType="{kind}.main+xml"/></Types>'
    pictures: dict[str, bytes] = {f"word/a.{kind}": mat2.picture(kind) for kind in ("png", "jpeg")}
    packages: dict[str, dict[str, str | bytes]] = {
        "docx": {"[Content_Types].xml": types, "word/document.xml": '<w:a xmlns:w="w"/>', **pictures},
        "odt": {"content.xml": "<a/>", "mimetype": MEDIA_TYPES["odt"]},
        "epub": {"content.opf": "<a/>", "a.xhtml": "<a></a>"},
    }
    files = {**{ending: _packed(parts) for ending, parts in packages.items()}, **_SOUNDS}
    if any(mat2.clean(ending, data)[0] in ("broken", "too_complex") for ending, data in files.items()):
        raise ValueError


def _packed(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
        # Names that are no ASCII are read with further code.
        package.writestr("\u7a93.png/", "")
    return out.getvalue()
