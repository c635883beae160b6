"""The child: locks itself in, takes one file, answers, and is gone. Started by `bot.screening.children` alone.

Imports nothing of the bot but this room, so there is no key in its memory, and its environment is empty. It rehearses
before it is locked in, since afterwards nothing can be loaded.
"""

import io
import os
import zipfile

import msgspec
import pikepdf
from PIL import Image

from bot.screening.cleaning import screen
from bot.screening.confinement import confine
from bot.screening.kinds import Kind
from bot.screening.pipes import read_message, write
from bot.screening.pixels import DECODERS
from bot.screening.wire import Ready, Request, message

#: A drawing with something to take out, and something inside.
_DRAWING = b"""<?xml version="1.0"?><!-- --><svg xmlns="http://www.w3.org/2000/svg"><metadata/>
<image href="data:image/gif;base64,R0lGODdhAQABAIAAAP///////ywAAAAAAQABAAACAkQBADs="/></svg>"""


def main() -> None:
    """Serve one file."""
    rehearse()
    write(*message(Ready(confine())))
    head, body = read_message()
    write(*message(*screen(msgspec.json.decode(head, type=Request), body)))
    # Nothing to tidy up: whatever hostile bytes left in memory gets no further turn.
    os._exit(0)


def rehearse() -> None:
    """Clean a small file of each kind, so that all that the libraries load late is loaded."""
    for kind, decoder in DECODERS.items():
        out = io.BytesIO()
        Image.new("RGB", (8, 8)).save(out, decoder.format)
        screen(Request("", kind), out.getvalue() + b"\0")
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Author"] = ""
        pdf.save(out)
    screen(Request("", Kind.PDF), out.getvalue())
    screen(Request("", Kind.SVG), _DRAWING)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "")
        package.writestr(zipfile.ZipInfo("\u7a93"), "")
    screen(Request("", ""), out.getvalue().replace(b"mimetype", b"\x80imetype"))
    screen(Request("", ""), out.getvalue())


if __name__ == "__main__":
    main()
